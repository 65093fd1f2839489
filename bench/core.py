"""How fast the traced pass is: against a loop over the step, and against onnxruntime's fused kernel.

Both of ours keep every gate and state of every step. onnxruntime returns h of every step and the last c: no
gate, no c of a step in between; it computes in float32. One thread each, medians of rounds that take turns.

    python bench/core.py
"""

from __future__ import annotations

import os

# ruff: noqa: E402 - the number of threads must be set before NumPy starts
for library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from cells import CELLS, Network
from cells.arrays import Array, Steps

STEPS, FEATURES, ROUNDS = 1_000, 32, 15
GATES = {"LSTM": "iofc", "GRU": "urc"}  # onnx orders; its GRU keeps with z where ours replaces with u


def loop(network: Network, inputs: Steps) -> dict[str, Steps]:
    """The plain way: one step after the other, every result kept."""
    cell, weights = CELLS[network.cell], network.layers[0].forward
    states = [np.zeros(len(weights.U[0]), network.dtype) for _ in cell.states]
    results = []
    for x in inputs:
        step = cell.step(*weights, x, *states)
        states = [getattr(step, state) for state in cell.states]
        results.append(step)
    return {name: np.array(rows) for name, rows in zip(cell.symbols, zip(*results, strict=True), strict=True)}


def onnx_session(network: Network) -> Callable[[Steps], Array]:
    """The same layer as a graph of one ONNX node: inputs (time, feature) → h (time, unit), float32."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    weights, order = network.layers[0].forward, GATES[network.cell]
    units = len(weights.U[0])

    def stacked(blocks: tuple[Array, ...], axis: int) -> Array:
        signed = [-getattr(blocks, gate) if gate == "u" else getattr(blocks, gate) for gate in order]
        return np.concatenate([block.T for block in signed], axis=axis)[None].astype(np.float32)

    b = stacked(weights.b, 0)
    tensors = {
        "W": stacked(weights.W, 0),
        "R": stacked(weights.U, 0),
        "B": np.concatenate((b, 0 * b), axis=1),
    }
    node = helper.make_node(network.cell, ["X", "W", "R", "B"], ["Y"], hidden_size=units)
    graph = helper.make_graph(
        [node],
        network.cell,
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, 1, FEATURES])],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, [None, 1, 1, units])],
        [numpy_helper.from_array(tensor, name) for name, tensor in tensors.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )

    def run(inputs: Steps) -> Array:
        h: Array = session.run(None, {"X": inputs[:, None]})[0][:, 0, 0]
        return h

    return run


def medians(*ways: Callable[[], object]) -> list[float]:
    """Median milliseconds of each way; the rounds take turns, so that a busy moment hits all alike."""
    times: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way()
    for _ in range(ROUNDS):
        for way, taken in zip(ways, times, strict=True):
            start = perf_counter()
            way()
            taken.append(1000 * (perf_counter() - start))
    return [median(taken) for taken in times]


def main() -> None:
    """Prints one line for each cell, size and type."""
    print(f"{STEPS:,} steps, {FEATURES} features, one thread, median ms of {ROUNDS} rounds")
    print(
        "traced and loop keep every gate of every step; onnxruntime (float32) keeps h alone: no gates, no c"
    )
    print(f"{'cell':5}{'units':>6}  {'type':8}{'traced':>8}{'loop':>8}{'onnx':>8}   loop/traced  traced/onnx")
    for cell in GATES:
        for units in (16, 64, 128):
            for dtype in ("float64", "float32"):
                network = Network.random(cell, FEATURES, units, dtype=dtype)
                inputs = np.random.default_rng(1).normal(size=(STEPS, FEATURES)).astype(dtype)
                single = inputs.astype(np.float32)
                session = onnx_session(network)
                h = network.run(inputs).layers[0].forward["h"]
                assert np.allclose(loop(network, inputs)["h"], h, atol=1e-5)
                assert np.allclose(session(single), h, atol=1e-4), "onnxruntime disagrees"
                ways = (
                    lambda: network.run(inputs),  # noqa: B023 - called within this round
                    lambda: loop(network, inputs),  # noqa: B023
                    lambda: session(single),  # noqa: B023
                )
                traced, looped, onnx = medians(*ways)
                print(
                    f"{cell:5}{units:6}  {dtype:8}{traced:8.2f}{looped:8.2f}{onnx:8.2f}"
                    f"{looped / traced:12.1f}x{traced / onnx:12.1f}x"
                )


if __name__ == "__main__":
    main()
