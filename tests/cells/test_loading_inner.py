"""Keras models within models: their layers are read where they stand, with all that is said of them."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import h5py
import numpy as np
import pytest

from cells.loading import hdf5
from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.keras_layers import DEEPEST, MOST_LAYERS, layers
from tests.cells.test_loading import recorded, understood


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hdf5, "ask", hdf5.answer)


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
@pytest.mark.parametrize(
    ("name", "parts", "said"),
    [
        ("norm within", ("inner/a", "inner/b"), {"note.behind"}),
        ("settings within", ("encoder/g", "both"), {"note.keeps", "note.reset_before"}),
        ("stack within", (), set()),
        ("stack within within", (), set()),
        ("called twice", (), {"note.behind"}),
        ("two inputs", (), set()),
        ("each word", ("each/letters", "upper"), set()),
    ],
)
def test_layers_within_are_told_apart_and_never_guessed(
    name: str, parts: tuple[str, ...], said: set[str], suffix: str
) -> None:
    found = understood("keras_models", name + suffix)
    asked = {question.name: question for question in found.questions}
    assert set(asked) == ({"part"} if parts else set())
    assert not parts or asked["part"].choices == parts
    assert {note.key for note in found.conventions} == {"note.order", *said}


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_what_stands_between_and_what_is_called_twice_has_no_readout(suffix: str) -> None:
    for name in ("norm within", "called twice"):
        assert understood("keras_models", name + suffix).network.readout is None
    data = recorded("keras_models")[f"norm within{suffix}"][0]
    upper = inspect(data, f"a{suffix}", part="inner/b")
    assert upper.network.readout is not None
    assert [note for note in map(str, upper.conventions) if "LayerNormalization" in note]


def model(
    layers: list[object], kind: str = "Sequential", name: str = "m", **more: object
) -> dict[str, object]:
    return {"class_name": kind, "config": {"name": name, "layers": layers, **more}}


LSTM = {"class_name": "LSTM", "config": {"name": "lstm", "return_sequences": True}}


def nested(depth: int) -> dict[str, object]:
    inside: dict[str, object] = LSTM
    for _ in range(depth):
        inside = model([inside])
    return inside


def test_models_within_models_are_followed_so_deep_and_so_many() -> None:
    assert layers(json.dumps(nested(DEEPEST)), False)[0].recurrent
    with pytest.raises(LoadError, match="too deep"):
        layers(json.dumps(nested(DEEPEST + 2)), False)
    many = model([model([LSTM] * 40, name=str(number)) for number in range(MOST_LAYERS // 40)])
    with pytest.raises(LoadError, match="more than 1,000 layers"):
        layers(json.dumps(many), False)


def test_a_model_that_is_given_other_than_it_reads_is_not_guessed_at() -> None:
    def reads(*names: str) -> list[object]:
        return [{"args": [{"keras_history": [name, 0, 0]} for name in names], "kwargs": {}}]

    inner = model(
        [
            {"class_name": "InputLayer", "config": {"name": "x"}, "inbound_nodes": []},
            {**LSTM, "inbound_nodes": reads("x")},
        ],
        "Functional",
        input_layers=["x", 0, 0],
        output_layers=["lstm", 0, 0],
    )
    given = [{"class_name": "InputLayer", "config": {"name": name}, "inbound_nodes": []} for name in "ab"]
    for names, fits in ((("a",), True), (("a", "b"), False)):
        whole = json.dumps(model([*given, {**inner, "inbound_nodes": reads(*names)}], "Functional"))
        if fits:
            assert [layer.inputs for layer in layers(whole, False) if layer.recurrent] == [("m/x",)]
        else:
            with pytest.raises(LoadError, match="reads 1 inputs and is given 2 values"):
                layers(whole, False)


def keras(*layers: dict[str, object], **shapes: tuple[int, ...]) -> bytes:
    weights, file = io.BytesIO(), io.BytesIO()
    with h5py.File(weights, "w") as tree:
        for name, shape in shapes.items():
            tree[f"layers/{name}"] = np.ones(shape, "f4")
    with ZipFile(file, "w") as archive:
        archive.writestr("config.json", json.dumps(model(list(layers))))
        archive.writestr("model.weights.h5", weights.getvalue())
    return file.getvalue()


def test_what_a_layer_of_ones_own_holds_is_read_with_its_settings() -> None:
    gru = {"class_name": "GRU", "config": {"name": "gru", "reset_after": False, "use_bias": False}}
    own = {"class_name": "Reader", "config": {"name": "reader", "inner": gru}}
    place = "reader/gru/cell/vars/"
    data = keras(own, **{f"{place}0": (3, 6), f"{place}1": (2, 6)})
    found = inspect(data, "a.keras")
    assert (found.network.cell, found.questions) == ("GRU", ())
    assert "note.weights_alone" not in {note.key for note in found.conventions}


def call(name: str, *which: int, mask: str = "") -> list[object]:
    """One call of a layer, with states and a mask, as Keras 3 writes it."""
    given = [{"class_name": "T", "config": {"keras_history": [name, 0, one]}} for one in which]
    hidden = {"class_name": "T", "config": {"keras_history": [mask, 0, 0]}}
    kwargs = ({"initial_state": given[1:]} if given[1:] else {}) | ({"mask": hidden} if mask else {})
    return [{"args": given[:1], "kwargs": kwargs}]


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (call("lstm", 0), set()),
        (call("lstm", 0, 1, 2), {"note.handed_states"}),
        (call("lstm", 0, mask="not_equal"), {"note.mask"}),
        (call("lstm", 0) + call("x", 0), set()),
    ],
)
def test_a_call_says_what_is_read_what_is_a_state_and_what_is_a_mask(
    node: list[object], said: set[str]
) -> None:
    shapes = {"lstm/cell/vars/0": (3, 8), "lstm/cell/vars/1": (2, 8)}
    shapes |= {"lstm_1/cell/vars/0": (2, 12), "lstm_1/cell/vars/1": (3, 12)}
    upper = {"class_name": "LSTM", "config": {"name": "upper", "return_sequences": True}}
    data = keras(
        {"class_name": "InputLayer", "config": {"name": "x"}, "inbound_nodes": []},
        {**LSTM, "inbound_nodes": call("x", 0)},
        {**upper, "inbound_nodes": node},
        {"class_name": "Dense", "config": {"name": "last"}, "inbound_nodes": call("upper", 0)},
        **shapes,
    )
    parts = [question for question in inspect(data, "a.keras").questions if question.name == "part"]
    part = parts[0].choices[-1] if parts else None
    found = inspect(data, "a.keras", **({"part": part} if part else {}))
    assert {note.key for note in found.conventions} & {"note.handed_states", "note.mask"} == said


@pytest.mark.parametrize(("which", "answers"), [(0, True), (1, True), (2, False)])
def test_what_reads_the_memory_cell_of_an_lstm_is_no_readout_of_h(which: int, answers: bool) -> None:
    """With return_state an LSTM hands on every h, the last h and the last c."""
    data = keras(
        {"class_name": "InputLayer", "config": {"name": "x"}, "inbound_nodes": []},
        {**LSTM, "inbound_nodes": call("x", 0)},
        {"class_name": "Dense", "config": {"name": "dense"}, "inbound_nodes": call("lstm", which)},
        **{"lstm/cell/vars/0": (3, 8), "lstm/cell/vars/1": (2, 8), "dense/vars/0": (2, 4)},
    )
    assert (inspect(data, "a.keras").network.readout is not None) == answers


def test_inputs_that_have_names_are_fed_by_name() -> None:
    with ZipFile(io.BytesIO(recorded("keras_models")["two inputs.keras"][0])) as archive:
        found = {layer.name: layer.inputs for layer in layers(archive.read("config.json").decode(), False)}
    assert found["two/b"] == ("given",) and found["two/a"] == ("aside",)
