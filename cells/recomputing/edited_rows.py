"""The rows of a step with its edits: each stands beneath the row whose value it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from cells.cell import named
from cells.edit_text import written as in_a_line
from cells.edits import Edit
from cells.equations import written
from cells.exporting import Pass
from cells.recomputing.parts import place

CHANGES = {"add": "+", "scale": "*"}  # what was computed, and the value
LETTERS = 40  # of an edit that its comment repeats
WIDTH = 100  # letters of a line of numbers


class Arrays(NamedTuple):
    """How a framework says a copy of an array, a list of numbers as one, and an array of the trace as one."""

    copy: str
    listed: str
    read: str


NUMPY = Arrays("{}.copy()", "np.array({}, x.dtype)", "{}")
PYTORCH = Arrays("{}.clone()", "torch.tensor({}, dtype=x.dtype)", "torch.as_tensor({}, dtype=x.dtype)")


def rows(passes: Sequence[Pass], arrays: Arrays) -> str:
    """The cell's equations, and beneath each what its edits do, where `path` and `t` say that they do."""
    cell = named(passes[0].network.cell)
    lines: list[str] = []
    for symbol, row in zip(cell.symbols, written(cell.name), strict=True):
        lines.append(row)
        edits = [
            (one, number, edit)
            for one in passes
            for number, edit in enumerate(one.edits, start=1)
            if edit.symbol == symbol
        ]
        if any(edit.how in CHANGES for *_, edit in edits):
            lines.append(f"computed = {arrays.copy.format(symbol)}")
        for one, number, edit in edits:
            lines += _replaced(edit, number, place(one), arrays)
    return "\n".join(f"    {line}" for line in lines)


def _replaced(edit: Edit, number: int, start: str, arrays: Arrays) -> Iterator[str]:
    """The condition under which an edit is in force, and the statement that puts its value there."""
    told = in_a_line([edit])
    told = told if len(told) <= LETTERS else told[: LETTERS - 1] + "…"
    yield f"if {_condition(edit, start)}:  # edit {number}: {told}"
    statement = f"{edit.symbol}{_units(edit)} = {_value(edit, start, arrays)}"
    first, *more = wrap(statement, WIDTH, break_long_words=False, break_on_hyphens=False)
    yield f"    {first}"
    yield from (f"        {line}" for line in more)


def _path(edit: Edit) -> str:
    return f"layers.{edit.layer - 1}.{edit.direction}"


def _condition(edit: Edit, start: str) -> str:
    """Which direction of which layer, and which steps, counted from 1 as in the trace."""
    first, last = edit.steps or (0, None)
    here = f'path == "{start}{_path(edit)}"'
    if last is None:
        return f"{here} and t >= {first + 1}" if first else here
    return f"{here} and {f't == {first + 1}' if first == last else f'{first + 1} <= t <= {last + 1}'}"


def _units(edit: Edit) -> str:
    """The units as an index, counted from 0."""
    if edit.units is None:
        return "[:]"
    return f"[{edit.units[0]}]" if len(edit.units) == 1 else f"[{list(edit.units)}]"


def _value(edit: Edit, start: str, arrays: Arrays) -> str:
    """What the units become: a number, numbers, means of the trace, or what was computed and changed."""
    units = _units(edit)
    if edit.how == "mean":
        return arrays.read.format(f'trace["{start}means.{_path(edit)}.{edit.symbol}"]') + units
    value = _listed(edit.value, arrays) if isinstance(edit.value, tuple) else repr(float(edit.value))
    return f"computed{units} {CHANGES[edit.how]} {value}" if edit.how in CHANGES else value


def _listed(values: tuple[float, ...], arrays: Arrays) -> str:
    numbers = [float(value) for value in values]
    return repr(numbers[0]) if len(numbers) == 1 else arrays.listed.format(numbers)
