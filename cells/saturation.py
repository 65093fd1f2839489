"""How often a gate is saturated (Karpathy, Johnson & Fei-Fei 2015)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cells.arrays import Vector
from cells.symbols import SYMBOLS
from cells.trace import Trace

LEFT, RIGHT = 0.1, 0.9  # theirs
GATES = tuple(name for name, symbol in SYMBOLS.items() if (symbol.low, symbol.high) == (0, 1))


class Saturation(NamedTuple):
    """The share of steps at which each unit's gate is nearly closed and nearly open: (unit,)."""

    left: Vector
    right: Vector


def saturation(trace: Trace) -> Mapping[str, Saturation]:
    """Of every gate of the cell, by its symbol: the share of steps below 0.1 and above 0.9."""
    return {
        gate: Saturation((trace[gate] < LEFT).mean(axis=0), (trace[gate] > RIGHT).mean(axis=0))
        for gate in trace.symbols
        if gate in GATES
    }


def saturated_share(trace: Trace) -> float | None:
    """The share of all gates at all steps that are below 0.1 or above 0.9; None where the cell has none."""
    shares = [float((one.left + one.right).mean()) for one in saturation(trace).values()]
    return sum(shares) / len(shares) if shares else None
