"""The node tests that the onnx package brings along, live: each is computed or refused by name."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from cells.arrays import Array
from cells.loading import onnx_graph, onnx_tensors
from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.network import Run

onnx = pytest.importorskip("onnx", reason="its own node tests are run")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from onnx.backend.test.case import node as node_tests
    from onnx.backend.test.case.node import gru, lstm, rnn  # noqa: F401 - importing makes their tests

REFUSED = {
    "test_lstm_with_peepholes": "peepholes",
    "test_lstm_reverse": "direction reverse",
    "test_gru_reverse": "direction reverse",
    "test_simple_rnn_reverse": "direction reverse",
}
TOLERANCE = 1e-6


def cases() -> list[object]:
    every_case = node_tests._NodeTestCases
    return [case for case in every_case if case.model.graph.node[0].op_type in ("LSTM", "GRU", "RNN")]


def constant(case: object) -> tuple[bytes, Array]:
    """The case's model with all inputs but the first made constant, and the first one."""
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    (inputs, _), *_ = case.data_sets
    names = [value.name for value in model.graph.input]
    for name, array in list(zip(names, inputs, strict=True))[1:]:
        if name != "seq_lens" and not name.startswith("seq"):
            model.graph.initializer.append(onnx.numpy_helper.from_array(np.asarray(array), name))
    return model.SerializeToString(), np.asarray(inputs[0])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_node_test_is_computed_or_refused_by_name(case):
    data, inputs = constant(case)
    if case.name in REFUSED:
        with pytest.raises(LoadError, match=REFUSED[case.name]):
            inspect(data, "case.onnx")
        return
    understood = inspect(data, "case.onnx")
    node = case.model.graph.node[0]
    batch_first = any(attribute.name == "layout" and attribute.i for attribute in node.attribute)
    (_, outputs), *_ = case.data_sets
    expected = dict(zip((name for name in node.output if name), outputs, strict=True))
    for row in range(inputs.shape[not batch_first]):
        run = understood.network.run(inputs[row] if batch_first else inputs[:, row])
        for name, array in expected.items():
            theirs = array[row] if batch_first else np.take(array, row, axis=-2)
            ours = end(run, name) if name.endswith(("_h", "_c")) else every(run)
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=TOLERANCE)


def end(run: Run, name: str) -> Array:
    """The last h or c of each direction: (direction, unit)."""
    return np.stack([trace.final[name[-1]] for trace in run.layers[0] if trace is not None])


def every(run: Run) -> Array:
    """h of each direction: (time, direction, unit)."""
    return np.stack([trace["h"] for trace in run.layers[0] if trace is not None], axis=1)


def test_every_kind_of_node_test_is_there():
    names = {case.name for case in cases()}
    assert names >= {*REFUSED, "test_lstm_defaults", "test_gru_batchwise", "test_rnn_seq_length"}


def model_of(nodes: list[object], arrays: dict[str, Array]) -> bytes:
    """A model that reads X and says `said`."""
    value = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in ("X", "said")]
    kept = [onnx.numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = onnx.helper.make_graph(nodes, "around", value[:1], value[1:], kept)
    return onnx.helper.make_model(graph).SerializeToString()


def weights(directions: int = 1) -> dict[str, Array]:
    """W and R of a GRU of 3 features and 4 units."""
    rng = np.random.default_rng(0)
    return {
        name: rng.normal(size=(directions, 12, width)).astype("f4") for name, width in (("W", 3), ("R", 4))
    }


def read_by_a_layer(layout: int, turn: tuple[int, ...] | None) -> bytes:
    """A GRU of two directions, its Y turned or not, its last axes made one, and a layer that reads it."""
    node = onnx.helper.make_node
    gru = {"layout": layout, "direction": "bidirectional", "linear_before_reset": 1}
    nodes = [
        node("GRU", ["X", "W", "R"], ["Y"], **gru),
        *([node("Transpose", ["Y"], ["T"], perm=turn)] if turn else []),
        node("Reshape", ["T" if turn else "Y", "flat"], ["rows"]),
        node("MatMul", ["rows", "M"], ["said"]),
    ]
    return model_of(nodes, {**weights(2), "flat": np.array([0, 0, -1]), "M": np.ones((8, 2), "f4")})


@pytest.mark.parametrize(
    ("layout", "turn", "beside"),
    [
        (0, (0, 2, 1, 3), True),
        (0, None, False),
        (1, None, True),
        (1, (0, 2, 1, 3), False),
        (0, (0, 1, 3, 2), False),
    ],
)
def test_a_layer_is_taken_where_both_directions_of_a_step_lie_side_by_side(layout, turn, beside):
    """Y is (time, direction, batch, unit) in layout 0, (batch, time, direction, unit) in layout 1."""
    readout = inspect(read_by_a_layer(layout, turn), "read.onnx").network.readout
    assert (readout is not None) == beside


def around_a_gru(nodes: list[object], reads: str, **arrays: Array) -> bytes:
    """A GRU over `reads` among other nodes."""
    gru = onnx.helper.make_node("GRU", [reads, "W", "R"], ["Y"], linear_before_reset=1)
    return model_of([gru, *nodes], {**weights(), **arrays})


TABLE, MATRIX = np.arange(15, dtype="f4").reshape(5, 3), np.arange(8, dtype="f4").reshape(4, 2)
TURN = {"swapped": (1, 0, 2), "features first": (2, 1, 0), "units first": (0, 2, 1), "round": (1, 2, 0)}


@pytest.mark.parametrize("turn", TURN)
def test_table_and_layer_are_found_behind_a_swap_of_time_and_batch_and_behind_no_other_turn(turn):
    node = onnx.helper.make_node
    nodes = [
        node("Gather", ["table", "X"], ["rows"]),
        node("Transpose", ["rows"], ["turned"], perm=TURN[turn]),
        node("Squeeze", ["Y", "directions"], ["h"]),
        node("Transpose", ["h"], ["back"], perm=TURN[turn]),
        node("MatMul", ["back", "matrix"], ["said"]),
    ]
    data = around_a_gru(nodes, "turned", table=TABLE, matrix=MATRIX, directions=np.array([1]))
    network = inspect(data, "turned.onnx").network
    if turn == "swapped":
        np.testing.assert_array_equal(network.embedding, TABLE)
        np.testing.assert_array_equal(network.readout.W, MATRIX)
    else:
        assert network.embedding is None and network.readout is None


@pytest.mark.parametrize("axis", [None, 0, 1])
def test_an_embedding_is_rows_of_a_table_never_its_columns(axis):
    chosen = {} if axis is None else {"axis": axis}
    nodes = [
        onnx.helper.make_node("Gather", ["table", "X"], ["rows"], **chosen),
        onnx.helper.make_node("Identity", ["Y"], ["said"]),
    ]
    table = inspect(around_a_gru(nodes, "rows", table=TABLE), "table.onnx").network.embedding
    assert (table is None) == (axis == 1)


@pytest.mark.parametrize(
    ("scales", "matrix"),
    [
        ({}, MATRIX),
        ({"alpha": 1.0, "beta": 1.0, "transA": 0, "transB": 0}, MATRIX),
        ({"transB": 1}, MATRIX.T),
        ({"transA": 1}, None),
        ({"alpha": 2.0}, None),
        ({"beta": 0.5}, None),
    ],
)
def test_a_gemm_is_a_layer_where_it_scales_and_turns_nothing_that_it_reads(scales, matrix):
    node = onnx.helper.make_node
    nodes = [
        node("Reshape", ["Y", "flat"], ["h"]),
        node("Gemm", ["h", "matrix", "bias"], ["said"], **scales),
    ]
    bias = np.array([0.5, -1], "f4")
    kept = {"flat": np.array([-1, 4]), "matrix": MATRIX if matrix is None else np.ascontiguousarray(matrix)}
    readout = inspect(around_a_gru(nodes, "X", bias=bias, **kept), "gemm.onnx").network.readout
    if matrix is None:
        assert readout is None
    else:
        np.testing.assert_array_equal(readout.W, MATRIX)
        np.testing.assert_array_equal(readout.b, bias)


def test_numbers_of_fields_and_element_types_are_those_of_onnx():
    def field(message: str, name: str) -> int:
        return getattr(onnx, message).DESCRIPTOR.fields_by_name[name].number

    assert field("ModelProto", "graph") == onnx_graph.GRAPH
    assert field("GraphProto", "node") == onnx_graph.NODE
    assert field("GraphProto", "initializer") == onnx_graph.INITIALIZER
    assert field("GraphProto", "output") == onnx_graph.OUTPUT
    assert field("GraphProto", "sparse_initializer") == onnx_graph.SPARSE
    assert field("ModelProto", "opset_import") == onnx_graph.OPSETS
    named = {number: name.lower() for name, number in onnx.TensorProto.DataType.items()}
    whole = {
        kind for kind, name in named.items() if name in ("int4", "int8", "int16", "uint4", "uint8", "uint16")
    }
    assert whole <= set(onnx_tensors.QUANTISED)
    for number, name in onnx_tensors.QUANTISED.items():
        assert named[number].startswith(name)
    for number, name in onnx_tensors.TYPES.items():
        assert named[number] == {"float32": "float", "float64": "double"}.get(name, name)
    for number, name in onnx_tensors.WHOLE.items():
        assert onnx.helper.tensor_dtype_to_np_dtype(number) == np.dtype(name)


STARTS = {
    "zeros of a shape": ([("ConstantOfShape", ["shape"], ["h0"])], "computed here"),
    "zeros spread out": ([("Expand", ["zeros", "shape"], ["h0"])], "computed here"),
    "ones spread out": ([("Expand", ["ones", "shape"], ["h0"])], "refused"),
    "zeros of before opset 9": ([("ConstantFill", ["shape"], ["h0"])], "computed here"),
    "ones of before opset 9": ([("ConstantFill", ["shape"], ["h0"], 1.0)], "refused"),
    "an input": ([], "noted"),
}


@pytest.mark.parametrize("start", STARTS)
def test_first_states_are_zero_or_told_or_refused(start):
    made, verdict = STARTS[start]
    name = "h0" if made else "X0"
    node = onnx.helper.make_node
    nodes = [
        *(
            node(op, given, found, **({"value": value[0]} if value else {}))
            for op, given, found, *value in made
        ),
        node("GRU", ["X", "W", "R", "", "", name], ["said"], linear_before_reset=1),
    ]
    kept = {"shape": np.array([1, 1, 4]), "zeros": np.zeros(1, "f4"), "ones": np.ones(1, "f4")}
    data = model_of(nodes, {**weights(), **kept})
    if verdict == "refused":
        with pytest.raises(LoadError, match="states"):
            inspect(data, "start.onnx")
        return
    told = [note.key for note in inspect(data, "start.onnx").conventions]
    assert ("note.first_states" in told) == (verdict == "noted")


@pytest.mark.parametrize("given", [True, False])
def test_lengths_that_a_graph_is_given_are_told(given):
    node = onnx.helper.make_node(
        "GRU", ["X", "W", "R", "", "L" if given else ""], ["said"], linear_before_reset=1
    )
    told = [note.key for note in inspect(model_of([node], weights()), "lengths.onnx").conventions]
    assert ("note.lengths" in told) == given


@pytest.mark.parametrize("kind", [onnx.TensorProto.INT32, onnx.TensorProto.INT64])
def test_whole_numbers_are_read_wherever_a_tensor_keeps_them(kind):
    """As raw bytes, or packed into the field of their type."""
    numbers = [3, -1, 300]
    kept = onnx.helper.make_tensor("n", kind, [3], numbers)
    raw = onnx.numpy_helper.from_array(np.array(numbers, onnx.helper.tensor_dtype_to_np_dtype(kind)), "n")
    for tensor in (kept, raw):
        found = onnx_tensors.tensor("n", onnx_tensors.message(memoryview(tensor.SerializeToString())))
        assert found.tolist() == numbers
