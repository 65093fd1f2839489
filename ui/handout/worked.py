"""A step worked through on paper: each equation with its numbers, some of them left out to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cells.equations import Row, equations, number
from cells.expression import Name
from cells.notation import slots
from cells.trace import Trace
from cells.weights import Weights


class Figure(NamedTuple):
    """A number as it is written, and whether it is `blank`: one that whoever works through fills in."""

    written: str
    blank: bool = False


@dataclass(frozen=True)
class WorkedRow:
    """One equation at one step: its formula, the same in `pieces`, how it `equals`, the result."""

    symbol: str
    mathml: str
    pieces: tuple[str | Figure, ...]
    equals: str
    result: Figure


def worked(
    trace: Trace,
    weights: Sequence[tuple[int, Weights]],
    steps: Sequence[int],
    unit: int,
    blank: Sequence[str] = (),
    notation: str = "standard",
) -> list[list[WorkedRow]]:
    """All rows of one unit at each of the steps, counted from 0.

    Of a `blank` symbol no number of these steps is written, wherever a row reads it. `weights` are those in
    force from a step on.
    """
    return [
        [
            _row(row, trace, _in_force(weights, step), step, unit, {(one, t) for one in blank for t in steps})
            for row in equations(trace.cell, notation)
        ]
        for step in steps
    ]


def _in_force(weights: Sequence[tuple[int, Weights]], step: int) -> Weights:
    return [some for first, some in weights if first <= step][-1]


def _row(
    row: Row, trace: Trace, weights: Weights, t: int, unit: int, blanks: set[tuple[str, int]]
) -> WorkedRow:
    pieces: list[str | Figure] = []
    for slot in slots(row.expression):
        if isinstance(slot, str):
            pieces.append(slot)
            continue
        written = number(float(row.values(trace, weights, slot)[t, unit]))
        inside = bool(pieces) and str(pieces[-1]).endswith(" ")  # behind an operator a sign has its brackets
        blank = isinstance(slot, Name) and _when(slot.symbol, trace, t) in blanks
        pieces.append(Figure(f"({written})" if inside and written.startswith("−") else written, blank))
    computed = number(float(row.values(trace, weights)[t, unit]))
    result = number(float(trace[row.symbol][t, unit]))
    return WorkedRow(
        row.symbol,
        row.mathml,
        tuple(pieces),
        "=" if computed == result else "≠",  # what is held is not computed
        Figure(result, (row.symbol, t) in blanks),
    )


def _when(symbol: str, trace: Trace, t: int) -> tuple[str, int]:
    """Which symbol of which step a name stands for: c_prev is c of the step that was computed before."""
    state = symbol.removesuffix("_prev")
    return state, t if state == symbol else t + (1 if trace.reverse else -1)
