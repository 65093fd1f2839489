"""Where a unit moves most, over a whole set of sequences: the places to look at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from cells.arrays import Given, Steps
from cells.network import Network
from cells.trace import Trace


class Moment(NamedTuple):
    """One step of one sequence, both counted from 0: the value there, and how far the step moved it."""

    sequence: int
    step: int
    value: float
    moved: float


def moments(
    network: Network,
    sequences: Sequence[Given],
    symbol: str,
    layer: int = 1,
    direction: str = "forward",
    count: int = 10,
    report: Callable[[float], None] = lambda _: None,
) -> tuple[tuple[Moment, ...], ...]:
    """Of every unit the steps at which a symbol moves most, the largest move first.

    `layer` counts from 1; each sequence is as `network.run` takes it. A state comes from 0 at its first step,
    a gate has no value before it and doesn't move there. KeyError names a symbol that is not there.
    """
    found: list[list[Moment]] = []
    for place, sequence in enumerate(sequences):
        report(place / len(sequences))
        trace = getattr(network.run(sequence).layers[layer - 1], direction)
        values, moved = trace[symbol].astype("float64"), _moves(trace, symbol)
        steps = np.argsort(-np.abs(moved), axis=0, kind="stable")[:count]
        found = found or [[] for _ in range(values.shape[1])]
        for unit, kept in enumerate(found):
            for step in steps[:, unit].tolist():
                kept.append(Moment(place, step, float(values[step, unit]), float(moved[step, unit])))
            kept.sort(key=lambda one: -abs(one.moved))
            del kept[count:]
    return tuple(map(tuple, found))


def _moves(trace: Trace, symbol: str) -> Steps:
    """How far each step moves each unit: (time, unit)."""
    values = trace[symbol].astype("float64")
    if symbol in trace.initial:
        return values - trace.previous(symbol)
    first = values[-1:] if trace.reverse else values[:1]
    before = (values[1:], first) if trace.reverse else (first, values[:-1])
    moved: Steps = values - np.concatenate(before)
    return moved
