"""Where a memory comes from: its share of every step that wrote into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cells.arrays import Steps
from cells.trace import Trace

Parts = tuple[Steps, Steps, str]  # what each step keeps of the memory, what it writes, the memory's symbol


def _lstm(trace: Trace) -> Parts:
    return trace["f"], trace["i"] * trace["c_tilde"], "c"


def _gru(trace: Trace) -> Parts:
    return 1 - trace["u"], trace["u"] * trace["c_tilde"], "h"


PARTS: Mapping[str, Callable[[Trace], Parts]] = {
    "LSTM": _lstm,
    "LSTM (as printed)": _lstm,
    "GRU": _gru,
    "GRU (reset after)": _gru,
}


def provenance(trace: Trace, t: int) -> Steps:
    """What is left, after step t, of the initial state (row 0) and of what step s wrote (row s + 1).

    The rows, (t + 2, unit), sum to c at step t, for a GRU to h. A reverse trace began at its last step: there
    row s - t is step s, row 0 step t itself, and the last row the initial state: (time - t + 1, unit).
    """
    if trace.cell not in PARTS:
        raise ValueError(f"{trace.cell} has no memory that adds up; provenance is for {', '.join(PARTS)}")
    if not 0 <= t < len(trace):
        raise IndexError(f"step {t} is not in this trace; choose 0..{len(trace) - 1}")
    kept, written, memory = PARTS[trace.cell](trace)
    past = slice(len(trace) - 1, None if t == 0 else t - 1, -1) if trace.reverse else slice(0, t + 1)
    rows = np.concatenate((trace.initial[memory][None], written[past]))
    # What survives of a step is the product of all that later steps keep; of the last one, everything.
    rows[:-1] *= np.cumprod(kept[past][::-1], axis=0)[::-1]
    return rows[::-1] if trace.reverse else rows
