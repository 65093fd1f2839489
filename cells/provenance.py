"""Where a memory comes from: its share of every step that wrote into it.

Row 0 belongs to the initial state and row s + 1 to step s, in traces of either direction. A reverse trace
began at its last step: the rows of steps that it has not read yet are 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Matrix, Steps
from cells.cell import CELLS
from cells.trace import Trace


class Parts(NamedTuple):
    """What each step keeps of the memory and what it writes, (time, unit); the memory's symbol."""

    kept: Steps
    written: Steps
    memory: str


def _lstm(trace: Trace) -> Parts:
    return Parts(trace["f"], trace["i"] * trace["c_tilde"], "c")


def _gru(trace: Trace) -> Parts:
    return Parts(1 - trace["u"], trace["u"] * trace["c_tilde"], "h")


FAMILIES: Mapping[str, Callable[[Trace], Parts]] = {
    "LSTM": _lstm,
    "LSTM (as printed)": _lstm,
    "GRU": _gru,
    "GRU (reset after)": _gru,
}
PARTS: Mapping[str, Callable[[Trace], Parts]] = {
    cell.name: FAMILIES[cell.family] for cell in CELLS.values() if cell.family in FAMILIES
}


def memory_parts(trace: Trace) -> Parts:
    """memory_t = kept_t * memory_{t-1} + written_t; a ValueError names the cells that have a memory."""
    if trace.cell not in PARTS:
        raise ValueError(f"{trace.cell} has no memory that adds up; provenance is for {', '.join(FAMILIES)}")
    return PARTS[trace.cell](trace)


def provenance(trace: Trace, t: int) -> Steps:
    """What is left, after step t, of the initial state (row 0) and of what step s wrote (row s + 1).

    The rows sum to c at step t, for a GRU to h: (t + 2, unit), of a reverse trace (time + 1, unit).
    """
    kept, written, memory = memory_parts(trace)
    if not 0 <= t < len(trace):
        raise IndexError(f"step {t} is not in this trace; choose 0..{len(trace) - 1}")
    past = slice(len(trace) - 1, None if t == 0 else t - 1, -1) if trace.reverse else slice(0, t + 1)
    own_time = np.concatenate((trace.initial[memory][None], written[past]))
    # What survives of a step is the product of all that later steps keep; of the last one, everything.
    own_time[:-1] *= np.cumprod(kept[past][::-1], axis=0)[::-1]
    if not trace.reverse:
        return own_time
    rows = np.zeros((len(trace) + 1, *own_time.shape[1:]), own_time.dtype)
    rows[0], rows[t + 1 :] = own_time[0], own_time[:0:-1]
    return rows


def provenance_map(trace: Trace, unit: int) -> Matrix:
    """The provenance of one unit after every step: (time, time + 1); row t sums to its memory at step t."""
    return _over_time(trace, unit)


def provenance_maps(trace: Trace) -> Array:
    """The maps of all units at once: (time, time + 1, unit)."""
    return _over_time(trace, slice(None))


def erased(trace: Trace, unit: int) -> Matrix:
    """What step t's forget gate took of what step s had written: row t, column s + 1: (time, time + 1).

    Column 0 is the initial state's. A column and what is left of it after the last step add up to what was
    written; a row and the step's memory add up to the memory before plus what the step wrote.
    """
    kept, _, memory = memory_parts(trace)
    before = np.zeros((len(trace), len(trace) + 1), kept.dtype)
    if trace.reverse:
        before[:-1] = provenance_map(trace, unit)[1:]
    else:
        before[1:] = provenance_map(trace, unit)[:-1]
    before[len(trace) - 1 if trace.reverse else 0, 0] = trace.initial[memory][unit]
    return (1 - kept[:, unit, None]) * before


def _over_time(trace: Trace, units: int | slice) -> Array:
    """After each step the rows of the step before, times what it kept, and a row of its own."""
    kept, written, memory = memory_parts(trace)
    kept, written, initial = kept[:, units], written[:, units], trace.initial[memory][units]
    steps = len(trace)
    rows = np.zeros((steps, steps + 1, *initial.shape), initial.dtype)
    before = initial[None]
    for t in range(steps - 1, -1, -1) if trace.reverse else range(steps):
        # In input order: the initial state, then the steps that were read up to now, without those to come.
        read = slice(t + 2, None) if trace.reverse else slice(1, t + 1)
        np.multiply(before[:1], kept[t], rows[t, :1])
        np.multiply(before[read], kept[t], rows[t, read])
        rows[t, t + 1] = written[t]
        before = rows[t]
    return rows
