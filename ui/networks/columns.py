"""The columns of a table in which more stands than a network reads: dates, names, answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ui.networks.tokenize import DECIMAL_COMMA, LARGEST, InputFault

LOOKED_AT = 100  # rows that say whether a column holds numbers


@dataclass(frozen=True, eq=False)
class Table:
    """The columns that hold numbers (time, column), the names of those that hold none.

    `wrong` has what the reader is told if she takes a column in which some cell is no number.
    """

    columns: tuple[str, ...]
    values: np.ndarray
    left: tuple[str, ...] = ()
    wrong: Mapping[int, InputFault] = field(default_factory=dict)


def of_array(values: np.ndarray) -> Table:
    """An array as a table, its columns called 1, 2, 3, …"""
    bad = ~(np.abs(values) <= LARGEST)
    wrong: dict[int, InputFault] = {}
    for at in np.flatnonzero(bad.any(axis=0)).tolist():
        row = int(bad[:, at].argmax())
        wrong[at] = fault_of(float(values[row, at]), row + 1, at + 1, str(values[row, at]))
    return Table(tuple(str(at + 1) for at in range(values.shape[1])), values, wrong=wrong)


def tabulated(cells: Sequence[Sequence[str]], named: bool) -> Table:
    """Cells as columns; a column holds numbers if more than half of its first cells are some."""
    names, body, width = cells[0], cells[named:], len(cells[0])
    for place, row in enumerate(body, start=1 + named):
        if len(row) != width:
            raise InputFault("row_uneven", row=place, found=len(row), width=width)
    called = [names[at] if named else str(at + 1) for at in range(width)]
    seen = body[:LOOKED_AT]
    numeric = [at for at in range(width) if 2 * sum(is_number(row[at]) for row in seen) > len(seen)]
    values = np.full((len(body), len(numeric)), np.nan)
    wrong: dict[int, InputFault] = {}
    for column, at in enumerate(numeric):
        for place, row in enumerate(body):
            if (fault := _fault(row[at], place + 1 + named, at + 1)) is None:
                values[place, column] = number(row[at])
            else:
                wrong.setdefault(column, fault)
    left = tuple(called[at] for at in range(width) if at not in numeric)
    return Table(tuple(called[at] for at in numeric), values, left, wrong)


def _fault(cell: str, row: int, column: int) -> InputFault | None:
    if not is_number(cell):
        return InputFault("row_not_a_number", row=row, column=column, token=cell)
    value = number(cell)
    return None if abs(value) <= LARGEST else fault_of(value, row, column, cell)


def fault_of(value: float, row: int, column: int, cell: str) -> InputFault:
    """What is said of a number that no network reads."""
    key = "row_too_large" if math.isfinite(value) else "row_not_finite"
    return InputFault(key, row=row, column=column, token=cell)


def is_number(cell: str) -> bool:
    """Whether a cell reads as a number."""
    try:
        number(cell)
    except ValueError:
        return False
    return True


def number(cell: str) -> float:
    """A cell as a number, its comma a decimal one, its minus a typographer's or not; else ValueError."""
    comma = DECIMAL_COMMA.fullmatch(cell)
    return float((f"{comma[1]}.{comma[2]}" if comma else cell).replace("−", "-"))
