"""Quoted numbers beside ours, and what counts as the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Figure(NamedTuple):
    """One quoted number and ours; `low` and `high` bound what counts as the same."""

    where: str
    quoted: float
    found: float
    spread: float
    low: float
    high: float

    @property
    def reproduced(self) -> bool:
        """Whether the quoted number lies within the bounds."""
        return self.low <= self.quoted <= self.high


class Table(NamedTuple):
    """What was measured, how, what counts as reproduced, and every number."""

    title: str
    setup: str
    tolerance: str
    figures: tuple[Figure, ...]


def lines(table: Table) -> Iterator[str]:
    """A table as text."""
    yield table.title
    yield f"  {table.setup}"
    yield f"  reproduced = within {table.tolerance}"
    for figure in table.figures:
        verdict = "reproduced" if figure.reproduced else "not for these seeds"
        spread = f"± {figure.spread:<8.3g}" if figure.spread else " " * 10
        numbers = f"quoted {figure.quoted:<8.3g} found {figure.found:<8.3g} {spread}"
        yield f"  {figure.where:33} {numbers} {verdict}"
