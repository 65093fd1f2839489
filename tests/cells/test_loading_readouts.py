"""What reads h: a readout where it is one of every unit and over outputs, else told and never guessed."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import h5py
import numpy as np
import onnxruntime
import pytest
from onnx import helper, numpy_helper

from cells.loading import hdf5
from cells.loading.files import inspect
from cells.loading.understood import Understood
from tests.cells.hostile import F32

RNG = np.random.default_rng(7)
ARRAYS = {
    name: RNG.normal(size=shape).astype("f4")
    for name, shape in {"W": (1, 12, 3), "R": (1, 12, 4), "M": (4, 2), "narrow": (2, 2)}.items()
} | {
    name: np.array(value)
    for name, value in {
        "one": [1],
        "zero": [0],
        "two": [2],
        "last": [-1],
        "back": [-9],
        "flat": [0, -1],
        "far": [2**63 - 1],
        "turned": [3, 2, 1, 0],
        "end": -1,
        "same": [0, 0, -1],
        "rows": [-1, 4],
    }.items()
}
node = helper.make_node
SQUEEZED = [node("Squeeze", ["Y", "one"], ["h"])]


def model(nodes: list[object], opset: int = 17) -> bytes:
    """A GRU, nodes that make `h` of its Y, and those that make `said` of it."""
    gru = node("GRU", ["X", "W", "R"], ["Y"], hidden_size=4, linear_before_reset=1)
    names = {name for one in [gru, *nodes] for name in one.input}
    tensors = [numpy_helper.from_array(array, name) for name, array in ARRAYS.items() if name in names]
    x, said = (
        helper.make_tensor_value_info("X", F32, [5, 1, 3]),
        helper.make_tensor_value_info("said", F32, None),
    )
    graph = helper.make_graph([gru, *nodes], "g", [x], [said], tensors)
    opsets = [helper.make_opsetid("", opset)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def theirs(data: bytes, rows: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return session.run(None, {"X": rows[:, None]})[0]


def keys(found: Understood) -> set[str]:
    return {note.key for note in found.conventions}


PRODUCT = [node("MatMul", ["chosen", "M"], ["said"])]
CHOSEN = {
    "every step": ([*SQUEEZED, node("Identity", ["h"], ["chosen"]), *PRODUCT], True),
    "the last step": ([*SQUEEZED, node("Gather", ["h", "last"], ["chosen"]), *PRODUCT], True),
    "steps of a slice": ([*SQUEEZED, node("Slice", ["h", "two", "far", "zero"], ["chosen"]), *PRODUCT], True),
    "all units of a slice": (
        [*SQUEEZED, node("Slice", ["h", "zero", "far", "two"], ["chosen"]), *PRODUCT],
        True,
    ),
    "units turned round": (
        [*SQUEEZED, node("Slice", ["h", "last", "back", "last", "last"], ["chosen"]), *PRODUCT],
        False,
    ),
    "units in another order": (
        [*SQUEEZED, node("Gather", ["h", "turned"], ["chosen"], axis=2), *PRODUCT],
        False,
    ),
    "the same, counted from the end": (
        [*SQUEEZED, node("Gather", ["h", "turned"], ["chosen"], axis=-1), *PRODUCT],
        False,
    ),
    "a few units": (
        [
            *SQUEEZED,
            node("Slice", ["h", "zero", "two", "last"], ["chosen"]),
            node("MatMul", ["chosen", "narrow"], ["said"]),
        ],
        False,
    ),
    "units where sizes are computed": (
        [
            node("Shape", ["X"], ["sizes"]),
            node("Slice", ["sizes", "zero", "two"], ["first"]),
            node("Concat", ["first", "last"], ["shape"], axis=0),
            node("Reshape", ["Y", "shape"], ["h"]),
            node("Gather", ["h", "turned"], ["chosen"], axis=2),
            *PRODUCT,
        ],
        False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHOSEN)
def test_a_layer_is_a_readout_where_it_reads_all_units_in_their_order(case: str) -> None:
    nodes, whole = CHOSEN[case]
    data, rows = model(nodes), RNG.normal(size=(5, 3)).astype("f4")
    found = inspect(data, "a.onnx")
    assert (found.network.readout is not None, "note.behind" in keys(found)) == (whole, not whole)
    answers = theirs(data, rows)
    if whole:
        ours = found.network.run(rows).output
        np.testing.assert_allclose(ours[-len(answers) :], answers[:, 0], rtol=0, atol=1e-6)


SOFTMAX = {
    "the last, unsaid": (17, {}, True),
    "the last": (17, {"axis": -1}, True),
    "the last, counted from the front": (17, {"axis": 2}, True),
    "time": (17, {"axis": 0}, False),
    "the batch": (17, {"axis": 1}, False),
    "all from the second on, unsaid": (11, {}, False),
    "the last of an older opset": (11, {"axis": 2}, True),
}


@pytest.mark.parametrize("case", SOFTMAX)
def test_a_softmax_is_one_over_outputs_or_none(case: str) -> None:
    opset, axis, over = SOFTMAX[case]
    squeeze = SQUEEZED if opset > 11 else [node("Squeeze", ["Y"], ["h"], axes=[1])]
    data = model(
        [*squeeze, node("MatMul", ["h", "M"], ["m"]), node("Softmax", ["m"], ["said"], **axis)], opset
    )
    found, rows = inspect(data, "a.onnx"), RNG.normal(size=(5, 3)).astype("f4")
    answers = theirs(data, rows)[:, 0]
    assert (found.network.readout is not None, "note.behind" in keys(found)) == (over, not over)
    if over:
        np.testing.assert_allclose(found.network.run(rows).output, answers, rtol=0, atol=1e-6)


def test_a_layer_that_reads_one_of_two_directions_is_no_readout() -> None:
    """In layout 1 both stand side by side in Y: (batch, time, direction, unit)."""
    both = {name: np.concatenate([ARRAYS[name]] * 2) for name in "WR"}
    gru = node(
        "GRU",
        ["X", "W", "R"],
        ["Y"],
        hidden_size=4,
        linear_before_reset=1,
        direction="bidirectional",
        layout=1,
    )
    nodes = [gru, node("Gather", ["Y", "end"], ["chosen"], axis=2), *PRODUCT]
    arrays = {**both, "end": ARRAYS["end"], "M": ARRAYS["M"]}
    ends = [helper.make_tensor_value_info(name, F32, None) for name in ("X", "said")]
    kept = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], kept)
    found = inspect(helper.make_model(graph).SerializeToString(), "a.onnx")
    assert found.network.readout is None and "note.behind" in keys(found)


def test_a_softmax_of_an_older_opset_over_rows_of_two_axes_is_one_over_outputs() -> None:
    flat = [node("Reshape", ["Y", "rows"], ["h"]), node("MatMul", ["h", "M"], ["m"])]
    data = model([*flat, node("Softmax", ["m"], ["said"])], 11)
    found, rows = inspect(data, "a.onnx"), RNG.normal(size=(5, 3)).astype("f4")
    np.testing.assert_allclose(found.network.run(rows).output, theirs(data, rows), rtol=0, atol=1e-6)


def keras(*behind: tuple[str, dict[str, object]], sequences: bool = True) -> Understood:
    """A sequential .keras of an LSTM, a dense layer and what stands behind."""
    weights, file = io.BytesIO(), io.BytesIO()
    with h5py.File(weights, "w") as tree:
        for name, shape in {
            "lstm/cell/vars/0": (3, 8),
            "lstm/cell/vars/1": (2, 8),
            "dense/vars/0": (2, 4),
        }.items():
            tree[f"layers/{name}"] = np.ones(shape, "f4")
    described = [("LSTM", {"return_sequences": sequences}), ("Dense", {}), *behind]
    layers = [{"class_name": kind, "config": {"name": kind.lower(), **config}} for kind, config in described]
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "config.json", json.dumps({"class_name": "Sequential", "config": {"layers": layers}})
        )
        archive.writestr("model.weights.h5", weights.getvalue())
    return inspect(file.getvalue(), "a.keras")


@pytest.mark.parametrize(
    ("axis", "sequences", "over"),
    [
        ({}, True, True),
        ({"axis": -1}, True, True),
        ({"axis": [-1]}, True, True),
        ({"axis": 2}, True, True),
        ({"axis": 1}, True, False),
        ({"axis": [1, 2]}, True, False),
        ({"axis": 1}, False, True),
    ],
)
def test_a_softmax_of_keras_is_one_over_outputs_or_none(
    axis: dict[str, object], sequences: bool, over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hdf5, "ask", hdf5.answer)
    found = keras(("Softmax", axis), sequences=sequences)
    assert (found.network.readout is not None, "note.behind" in keys(found)) == (over, not over)
