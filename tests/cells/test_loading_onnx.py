"""The node tests that the onnx package brings along, live: each is computed or refused by name."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from cells.arrays import Array
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


def read_by_a_layer(layout: int, directions: int, turn: tuple[int, ...] | None) -> bytes:
    """A GRU, its Y turned or not, its last two axes laid into one, and a linear layer that reads it."""
    rng = np.random.default_rng(0)
    arrays = {
        "W": rng.normal(size=(directions, 12, 3)).astype("f4"),
        "R": rng.normal(size=(directions, 12, 4)).astype("f4"),
        "flat": np.array([0, 0, -1]),
        "M": rng.normal(size=(4 * directions, 2)).astype("f4"),
    }
    direction = "bidirectional" if directions == 2 else "forward"
    node = onnx.helper.make_node
    nodes = [
        node("GRU", ["X", "W", "R"], ["Y"], layout=layout, direction=direction, linear_before_reset=1),
        *([node("Transpose", ["Y"], ["T"], perm=turn)] if turn else []),
        node("Reshape", ["T" if turn else "Y", "flat"], ["rows"]),
        node("MatMul", ["rows", "M"], ["said"]),
    ]
    value = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in ("X", "said")]
    kept = [onnx.numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = onnx.helper.make_graph(nodes, "read", value[:1], value[1:], kept)
    return onnx.helper.make_model(graph).SerializeToString()


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
    readout = inspect(read_by_a_layer(layout, 2, turn), "read.onnx").network.readout
    assert (readout is not None) == beside
