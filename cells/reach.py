"""How far the beginning reaches: the memory after every step, moved by the memory before the first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Vector
from cells.gradient_flow import CHUNK
from cells.provenance import PARTS
from cells.spectral import spectral_norms
from cells.step_jacobians import diagonal, links, rows_of
from cells.trace import Trace
from cells.weights import Weights


class Reach(NamedTuple):
    """Spectral norms after 1, 2, 3, … steps of the trace's own time: (step,), float64.

    `memory` is ‖∂c_T/∂c_0‖₂, without c ‖∂h_T/∂h_0‖₂. `alone` is the largest entry of what gets there without
    leaving the memory, the products of what the gate keeps; `around` is the norm of the rest, which goes
    through h and the recurrent weights.
    """

    memory: Vector
    alone: Vector
    around: Vector

    @property
    def share(self) -> Vector:
        """What stays in the memory, alone / (alone + around), 0..1: (step,); NaN for 0 / 0 and ∞ / ∞."""
        with np.errstate(invalid="ignore"):
            share: Vector = self.alone / (self.alone + self.around)
        return share


def reach(trace: Trace, weights: Weights) -> Reach:
    """The reach of a trace's initial memory, chained forwards once."""
    steps, unit = len(trace), len(weights.U[0])
    exact = Weights(*(type(blocks)(*(array.astype("float64") for array in blocks)) for blocks in weights))
    own_time = np.arange(steps)[::-1] if trace.reverse else np.arange(steps)
    kept = PARTS[trace.cell](trace).kept if trace.cell in PARTS else np.zeros_like(trace["h"])
    alone, rows = np.cumprod(kept[own_time].astype("float64"), axis=0), rows_of(trace)
    memory = slice(unit, None) if "c" in trace.initial else slice(None)
    jacobian: Array = np.eye(unit * len(trace.initial))[:, memory]
    norms, room = np.zeros((2, steps)), np.empty((CHUNK, *jacobian.shape))
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, steps, CHUNK):
            chunk = own_time[start : start + CHUNK]
            link = links(trace.cell, {name: array[chunk] for name, array in rows.items()}, exact, slice(None))
            for place in range(len(chunk)):
                room[place] = jacobian = link.onwards(jacobian, place)
            of_memory = room[: len(chunk), memory]
            passed = slice(start, start + len(chunk))
            norms[0, passed] = spectral_norms(of_memory)
            norms[1, passed] = spectral_norms(of_memory - diagonal(alone[passed]))
    return Reach(norms[0], alone.max(axis=1), norms[1])
