"""Keras files as training leaves them: slots of optimizers, misleading names, quantised tables."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import h5py
import numpy as np
import pytest

from cells.loading import hdf5, keras_arrays
from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.tensors import MOST_NUMBERS
from tests.cells.test_loading import understood


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hdf5, "ask", hdf5.answer)


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
@pytest.mark.parametrize(
    ("name", "layers", "directions"),
    [("backward both", 1, 2), ("backward one", 1, 1), ("forward backward", 2, 1)],
)
def test_directions_are_two_groups_side_by_side_and_no_names(
    name: str, layers: int, directions: int, suffix: str
) -> None:
    found = understood("keras_models", name + suffix)
    assert (len(found.network.layers), found.directions, found.unused) == (layers, directions, ())


@pytest.mark.parametrize(
    ("paths", "sides"),
    [
        (["lstm/cell/vars/0"], 1),
        (["backward_pass/backward_pass/lstm_cell/kernel:0"], 1),
        (["a/forward_layer/cell/vars/0", "a/backward_layer/cell/vars/0"], 2),
        (["a/backward_a/forward_lstm/cell/0", "a/backward_a/backward_back/cell/0"], 2),
        ([], 0),
    ],
)
def test_directions_of_paths(paths: list[str], sides: int) -> None:
    assert [[*side] for side in keras_arrays.directions(dict.fromkeys(paths))] == (
        [[path] for path in paths] if sides != 1 else [paths] * sides
    )


def keras(table: dict[str, np.ndarray], slots: int = 0, dense: dict[str, np.ndarray] | None = None) -> bytes:
    """A .keras of an embedding, an LSTM and a dense layer."""
    weights, file = io.BytesIO(), io.BytesIO()
    with h5py.File(weights, "w") as tree:
        for name, shape in {"0": (3, 8), "1": (2, 8), "2": (8,)}.items():
            tree[f"layers/lstm/cell/vars/{name}"] = np.ones(shape, "f4")
        for name, array in table.items():
            tree[f"layers/embedding/vars/{name}"] = array
        usual = {"0": np.ones((2, 4), "f4"), "1": np.ones(4, "f4")}
        for name, array in (dense or usual).items():
            tree[f"layers/dense/vars/{name}"] = array
        if slots:
            tree.create_dataset("optimizer/vars/1", (slots,), "f4", chunks=True, compression="gzip")
    kinds = {"Embedding": {}, "LSTM": {"return_sequences": True}, "Dense": {}}
    layers = [{"class_name": kind, "config": {"name": kind.lower(), **more}} for kind, more in kinds.items()]
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "config.json", json.dumps({"class_name": "Sequential", "config": {"layers": layers}})
        )
        archive.writestr("model.weights.h5", weights.getvalue())
    return file.getvalue()


TABLE = {"0": np.ones((6, 3), "f4")}


def test_slots_of_an_optimizer_do_not_count_as_weights() -> None:
    found = inspect(keras(TABLE, slots=MOST_NUMBERS + 1), "a.keras")
    assert found.network.readout is not None and found.unused == ()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "layer embedding has no weights in the file"),
        ({"0": np.ones((6, 3), "i1"), "1": np.ones(6, "f4")}, "save the model before quantising"),
        ({"0": np.ones((6, 3), "i1")}, "holds int8"),
    ],
)
def test_a_table_that_is_none_is_said_to_be_none(table: dict[str, np.ndarray], said: str) -> None:
    with pytest.raises(LoadError, match=said):
        inspect(keras(table), "a.keras")


@pytest.mark.parametrize("more", [["2"], ["2", "3"]])
def test_a_dense_layer_with_scales_is_no_readout(more: list[str]) -> None:
    scales = dict.fromkeys(more, np.ones((), "f4"))
    found = inspect(
        keras(TABLE, dense={"0": np.ones((2, 4), "f4"), "1": np.ones(4, "f4"), **scales}), "a.keras"
    )
    assert found.network.readout is None
    assert "note.behind" in {note.key for note in found.conventions}
