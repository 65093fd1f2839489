"""ONNX as it was written since opset 7: attributes became inputs, and all is read as it computes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from cells.loading import onnx_nodes
from cells.loading.errors import LoadError
from cells.loading.files import inspect
from tests.cells.hostile import F32

RNG = np.random.default_rng(3)
W, R = RNG.normal(size=(2, 16, 3)).astype("f4"), RNG.normal(size=(2, 16, 4)).astype("f4")
M = RNG.normal(size=(8, 2)).astype("f4")
node = helper.make_node


def model(nodes: Sequence[object], opset: int, sparse: Sequence[object] = (), **arrays: np.ndarray) -> bytes:
    ends = [
        helper.make_tensor_value_info("X", F32, [5, 1, 3]),
        helper.make_tensor_value_info("said", F32, None),
    ]
    tensors = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], tensors, sparse_initializer=sparse)
    opsets = [helper.make_opsetid("", opset)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def check(data: bytes) -> None:
    """What ONNX Runtime computes is computed here."""
    rows = RNG.normal(size=(5, 3)).astype("f4")
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    theirs = session.run(None, {"X": rows[:, None]})[0]
    run = inspect(data, "a.onnx").network.run(rows)
    sides = [trace["h"] for trace in run.layers[-1] if trace is not None]
    ours = np.concatenate(sides, axis=-1) if run.output is None else run.output
    np.testing.assert_allclose(ours, theirs.reshape(ours.shape), rtol=0, atol=1e-6)


LSTM = node("LSTM", ["X", "W", "R"], ["Y"], hidden_size=4, direction="bidirectional")
ENDS = [node("MatMul", ["rows", "M"], ["said"])]
# As PyTorch exports: gates cut out of one weight, brought into order, and given an axis of directions.
ORDER = ((0, 4), (12, 16), (4, 8), (8, 12))


def in_pieces(opset: int) -> bytes:
    """W made of the pieces of another, R as it is, and Y with both directions side by side."""
    nodes, arrays = [], {"R": R, "M": M, "one": np.array([0])}
    for side in range(2):
        pieces = [W[side][start:stop] for start, stop in ((0, 4), (8, 12), (12, 16), (4, 8))]
        arrays[f"w{side}"] = np.concatenate(pieces)
        for start, stop in ORDER:
            name = f"w{side}{start}"
            if opset < 10:
                nodes.append(node("Slice", [f"w{side}"], [name], axes=[0], starts=[start], ends=[stop]))
            else:
                arrays |= {f"at{start}": np.array([start]), f"at{stop}": np.array([stop])}
                nodes.append(node("Slice", [f"w{side}", f"at{start}", f"at{stop}", "one"], [name]))
        nodes.append(node("Concat", [f"w{side}{start}" for start, _ in ORDER], [f"W{side}"], axis=0))
        said, given = ({"axes": [0]}, []) if opset < 13 else ({}, ["one"])
        nodes.append(node("Unsqueeze", [f"W{side}", *given], [f"V{side}"], **said))
    nodes += [node("Concat", ["V0", "V1"], ["W"], axis=0), LSTM]
    nodes.append(node("Transpose", ["Y"], ["T"], perm=[0, 2, 1, 3]))
    arrays["flat"] = np.array([0, 0, -1])
    return model([*nodes, node("Reshape", ["T", "flat"], ["rows"]), *ENDS], opset, **arrays)


@pytest.mark.parametrize("opset", [7, 9, 10, 11, 13, 17])
def test_weights_in_pieces_are_put_together_in_every_opset(opset: int) -> None:
    check(in_pieces(opset))
    found = inspect(in_pieces(opset), "a.onnx")
    assert found.network.readout is not None and found.unused == ()


def split(opset: int) -> tuple[list[object], dict[str, np.ndarray]]:
    both = np.concatenate([W[:1], R[:1], R[:1, :, :1]], axis=2)
    said, given = ({"split": [3, 4, 1]}, {}) if opset < 13 else ({}, {"sizes": np.array([3, 4, 1])})
    return [node("Split", ["both", *given], ["W", "R", "rest"], axis=2, **said)], {"both": both, **given}


def half(opset: int) -> tuple[list[object], dict[str, np.ndarray]]:
    return [
        node(
            "Cast",
            [
                "small",
            ],
            ["W"],
            to=F32,
        )
    ], {"small": W[:1].astype("f2"), "R": R[:1]}


def floats(opset: int) -> tuple[list[object], dict[str, np.ndarray]]:
    listed = node("Constant", [], ["row"], value_floats=W[0].ravel().tolist())
    sizes = node("Constant", [], ["shape"], value_ints=[1, 16, 3])
    return [listed, sizes, node("Reshape", ["row", "shape"], ["W"])], {"R": R[:1]}


def constant(opset: int) -> tuple[list[object], dict[str, np.ndarray]]:
    kept = node("Constant", [], ["W"], value=numpy_helper.from_array(W[:1]))
    return [kept], {"R": R[:1]}


def unbiased(opset: int) -> tuple[list[object], dict[str, np.ndarray]]:
    made = node("ConstantOfShape", ["sizes"], ["B"], value=helper.make_tensor("v", F32, [1], [0.5]))
    return [made], {"W": W[:1], "R": R[:1], "sizes": np.array([1, 32])}


MADE = {
    "split by an attribute": (split, 11),
    "split by an input": (split, 13),
    "half precision": (half, 13),
    "a list of floats": (floats, 13),
    "a tensor": (constant, 9),
    "one number everywhere": (unbiased, 13),
}


@pytest.mark.parametrize("case", MADE)
def test_constants_are_read_however_they_are_written(case: str) -> None:
    make, opset = MADE[case]
    nodes, arrays = make(opset)
    biased = ["B"] if "B" in {name for one in nodes for name in one.output} else []
    lstm = node("LSTM", ["X", "W", "R", *biased], ["said"], hidden_size=4)
    check(model([*nodes, lstm], opset, **arrays))


def kept_apart(places: np.ndarray, shape: tuple[int, ...] = (1, 16, 3)) -> object:
    """A sparse W with numbers at a few places."""
    values = numpy_helper.from_array(np.arange(1, 1 + len(places), dtype="f4"), "W")
    return helper.make_sparse_tensor(values, numpy_helper.from_array(places, "places"), shape)


LONG = np.array([0, 7, 46])


@pytest.mark.parametrize("places", [LONG, np.stack(np.unravel_index(LONG, (1, 16, 3)), 1)])
@pytest.mark.parametrize("constant", [False, True])
def test_sparse_weights_are_zeros_with_numbers_in_their_places(places: np.ndarray, constant: bool) -> None:
    kept = kept_apart(places)
    lstm = node("LSTM", ["X", "W", "R"], ["said"], hidden_size=4)
    made = [node("Constant", [], ["W"], sparse_value=kept)] if constant else []
    data = model([*made, lstm], 13, [] if constant else [kept], R=R[:1])
    found = inspect(data, "a.onnx").network.layers[0].forward.W
    whole = np.concatenate([getattr(found, gate).T for gate in "iofc"]).ravel()
    assert whole.nonzero()[0].tolist() == LONG.tolist() and whole[LONG].tolist() == [1, 2, 3]


@pytest.mark.parametrize("places", [np.array([-1]), np.array([48]), np.array([[0, 0, 3]])])
def test_sparse_weights_out_of_place_are_damage(places: np.ndarray) -> None:
    data = model([node("LSTM", ["X", "W", "R"], ["said"])], 13, [kept_apart(places)], R=R[:1])
    with pytest.raises(LoadError, match="damaged"):
        inspect(data, "a.onnx")


def test_a_sparse_array_larger_than_is_read_is_refused_before_it_is_made() -> None:
    data = model(
        [node("LSTM", ["X", "W", "R"], ["said"])], 13, [kept_apart(LONG, (1, 10**6, 10**6))], R=R[:1]
    )
    with pytest.raises(LoadError, match="numbers are read"):
        inspect(data, "a.onnx")


def test_fields_of_a_constant_are_those_of_onnx() -> None:
    fields = helper.make_attribute("a", 1.0).DESCRIPTOR.fields_by_name
    for name, number in {"f": 2, "floats": 7, "i": 3, "ints": 8, "t": 5, "sparse_tensor": 22}.items():
        assert fields[name].number == number
    assert dict(onnx_nodes.FLOATS) == {"value_float": 2, "value_floats": 7}
    assert TensorProto.DataType.Value("FLOAT16") == 10
