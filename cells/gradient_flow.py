"""How a small change of a state, or of a token, is felt at a later step: derivatives, exact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Array, Matrix, Steps, Vector
from cells.bptt import backward, forward
from cells.checks import check_inputs
from cells.functions import sigmoid, softmax
from cells.layers import Readout
from cells.network import Network
from cells.parameters import Parts
from cells.provenance import PARTS
from cells.spectral import spectral_norms
from cells.step_jacobians import diagonal, links, rows_of
from cells.trace import Trace
from cells.weights import Weights

CHUNK = 16  # steps whose Jacobians are looked at together: few enough to stay in the processor's cache


def state_jacobian(trace: Trace, weights: Weights, s: int, t: int) -> Matrix:
    """∂state_t/∂state_s: row j, column k says how unit j at step t moves with unit k at step s.

    The state is h, for an LSTM (h, c) stacked: (2 · unit, 2 · unit). s = -1 is the initial state; a reverse
    trace began after its last row, so there it is s = len(trace). Zero where t comes before s in the trace's
    own time.
    """
    steps, begin = len(trace), len(trace) if trace.reverse else -1
    for step in (s, t):
        if step != begin and not 0 <= step < steps:
            known = f"0..{steps - 1}, or {begin} for its initial state"
            raise IndexError(f"step {step} is not in this trace; choose {known}")
    size = len(trace.initial) * len(weights.U[0])
    if (t > s) if trace.reverse else (t < s):
        return np.zeros((size, size), weights.U[0].dtype)
    rows = rows_of(trace)
    jacobian: Matrix = np.eye(size, dtype=weights.U[0].dtype)
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(t, s) if trace.reverse else range(t, s, -1):
            link = links(trace.cell, rows, weights, slice(step, step + 1))
            jacobian = link.after(jacobian, 0)
    return jacobian


class Flow(NamedTuple):
    """How much the state at step t moves with the state at every step before: spectral norms, float64.

    Row 0 is the initial state, row s + 1 step s, in traces of either direction; 0 where s comes after t.
    `state` is ‖∂state_t/∂state_s‖₂, `h` and `c` are those of ∂h_t/∂h_s and ∂c_t/∂c_s alone: (row,). `alone`
    is what reaches the memory of each unit (c, of a GRU h) without leaving it, the product of what its gate
    keeps: (row, unit). `around` is the norm of the rest of the memory's Jacobian, which goes through h and
    the recurrent weights: (row,).
    """

    state: Vector
    h: Vector
    c: Vector | None
    alone: Steps
    around: Vector

    @property
    def share(self) -> Vector:
        """The part that stays in the memory, ‖alone‖ / (‖alone‖ + ‖around‖), 0..1: (row,); NaN for 0 / 0."""
        alone = self.alone.max(axis=1)
        with np.errstate(invalid="ignore"):
            share: Vector = alone / (alone + self.around)
        return share


def flow(trace: Trace, weights: Weights, t: int) -> Flow:
    """The flow to step t from all before, chained backwards once."""
    steps, unit = len(trace), len(weights.U[0])
    if not 0 <= t < steps:
        raise IndexError(f"step {t} is not in this trace; choose 0..{steps - 1}")
    exact = Weights(*(type(blocks)(*(array.astype("float64") for array in blocks)) for blocks in weights))
    alone, rows = _alone(trace, t), rows_of(trace)
    memory = slice(unit, None) if "c" in trace.initial else slice(None)
    norms = np.zeros((4, len(alone)))
    norms[[0, 2, 3], t + 1] = 1
    jacobian: Matrix = np.eye(unit * len(trace.initial))
    room = np.empty((CHUNK, *jacobian.shape))
    own_time = np.arange(t, steps) if trace.reverse else np.arange(t, -1, -1)
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, len(own_time), CHUNK):
            chunk = own_time[start : start + CHUNK]
            link = links(trace.cell, {name: array[chunk] for name, array in rows.items()}, exact, slice(None))
            jacobians = room[: len(chunk)]
            for place in range(len(chunk)):
                jacobians[place] = jacobian = link.after(jacobian, place)
            # What a step was given is the state of the step before: for the first step the initial state.
            given = (chunk + 2) % (steps + 1) if trace.reverse else chunk
            of_memory = jacobians[:, memory, memory]
            blocks = [of_memory, of_memory - diagonal(alone[given])]
            if "c" in trace.initial:
                blocks.append(jacobians[:, :unit, :unit])
                norms[3, given] = spectral_norms(jacobians)
            norms[: len(blocks), given] = spectral_norms(np.concatenate(blocks)).reshape(len(blocks), -1)
    of_memory, around, h, state = norms
    if "c" in trace.initial:
        return Flow(state, h, of_memory, alone, around)
    return Flow(of_memory, of_memory, None, alone, around)


def _alone(trace: Trace, t: int) -> Steps:
    """The products of what the gate keeps from each step to step t; without such a gate 0 before t."""
    kept = PARTS[trace.cell](trace).kept if trace.cell in PARTS else np.zeros_like(trace["h"])
    past = kept[t:].astype("float64") if trace.reverse else kept[t::-1].astype("float64")
    products = np.cumprod(np.concatenate((np.ones_like(past[:1]), past)), axis=0)
    if not trace.reverse:
        return products[::-1]
    alone = np.zeros((len(trace) + 1, kept.shape[1]))
    alone[t + 1 :], alone[0] = products[:-1], products[-1]
    return alone


class OutputGradient(NamedTuple):
    """How one output moves with what was read: `inputs` is ∂output/∂x, (time, feature).

    For each token `norm` is the length of its row and `total` its sum, with sign: (time,).
    """

    inputs: Matrix
    norm: Vector
    total: Vector


def output_gradient(
    network: Network, inputs: ArrayLike, step: int, answer: int, odds: bool = False
) -> OutputGradient:
    """∂output[step, answer]/∂x of every token, by backpropagation through time.

    The output is the network's as it shows it, so a softmax that is sure moves little; with `odds` it is the
    log-odds of a probability p, log(p / (1 - p)), which do not saturate. Without a readout it is the top
    layer's h, both directions side by side. With an embedding, x is the token's row of it.
    """
    rows = check_inputs(inputs, network.features, network.dtype, network.embedding)
    if not 0 <= step < len(rows):
        raise IndexError(f"step {step} is not in this sequence; choose 0..{len(rows) - 1}")
    with np.errstate(over="ignore", invalid="ignore"):
        parts = Parts(network.cell, network.layers, None, network.readout)  # the rows are looked up already
        passes = forward(parts, rows[:, None], np.array([len(rows)]))
        sums = passes.output[step, 0]
        if not 0 <= answer < len(sums):
            raise IndexError(f"there is no answer {answer}; choose 0..{len(sums) - 1}")
        d_output = np.zeros_like(passes.output)
        d_output[step, 0] = (_slope_of_odds if odds else _slope)(network.readout, sums, answer)
        found: Matrix = backward(parts, passes, d_output)["inputs"][:, 0]
        return OutputGradient(found, np.linalg.norm(found, axis=1), found.sum(axis=1))


def _slope(readout: Readout | None, sums: Vector, answer: int) -> Array:
    """∂output[answer]/∂sums."""
    chosen: Vector = np.eye(len(sums), dtype=sums.dtype)[answer]
    if readout is None or readout.kind == "linear":
        return chosen
    shares: Vector = softmax(sums) if readout.kind == "softmax" else sigmoid(sums)
    others: Vector = shares if readout.kind == "softmax" else chosen * shares
    slope: Vector = shares[answer] * (chosen - others)
    return slope


def _slope_of_odds(readout: Readout | None, sums: Vector, answer: int) -> Array:
    """∂log(p / (1 - p))/∂sums of an answer of probability p; of what is no probability, as it stands.

    Under softmax 1 - p is what all others have: written so, nothing is lost where p is nearly 1.
    """
    chosen: Vector = np.eye(len(sums), dtype=sums.dtype)[answer]
    if readout is None or readout.kind != "softmax" or len(sums) == 1:
        return chosen
    slope: Vector = chosen.copy()
    others = np.arange(len(sums)) != answer
    slope[others] = -softmax(sums[others])
    return slope
