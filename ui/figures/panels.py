"""What a heatmap shows of whom: the symbols of a trace as panels, their titles, units and ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cells.cell import named
from cells.trace import Trace
from ui.figures.theme import limits

COLUMNS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 4, 9: 5}  # heatmaps: in how many columns


@dataclass(frozen=True)
class Panel:
    """One heatmap: what it shows of whom. `name` is what the stepper knows it by.

    `values` are (time, row) with the rows named from top to bottom; `row` says what a row is.
    """

    name: str
    symbol: str
    title: str
    values: np.ndarray
    rows: Sequence[str]
    row: str
    ranged: np.ndarray | None = None  # what the colours' range is of, where that is another run
    bounded: bool = True  # whether its cell keeps a state of this symbol within -1..1

    @property
    def limits(self) -> tuple[float, float]:
        """The range of its colours."""
        return limits(self.symbol, self.values if self.ranged is None else self.ranged, self.bounded)


def panels_of(
    trace: Trace,
    symbols: Sequence[str],
    units: Sequence[str],
    features: Sequence[str],
    order: np.ndarray,
    titles: Mapping[str, str],
    original: Trace | None = None,
) -> list[Panel]:
    """The symbols of a trace, x among them, each as a panel."""
    return [
        Panel("x", "x", titles["x"], trace["x"], features, titles["feature"])
        if symbol == "x"
        else of_symbol(trace, symbol, symbol, titles[symbol], units, order, titles, original)
        for symbol in symbols
    ]


def of_symbol(
    trace: Trace,
    symbol: str,
    name: str,
    title: str,
    units: Sequence[str],
    order: np.ndarray,
    titles: Mapping[str, str],
    original: Trace | None = None,
) -> Panel:
    """A symbol of a trace, its units in an order; its colours keep the range of the `original`, if given."""
    rows, ranged = [units[unit] for unit in order], None if original is None else original[symbol]
    bounded = named(trace.cell).bounds(symbol)[1] is not None
    return Panel(name, symbol, title, trace[symbol][:, order], rows, titles["unit"], ranged, bounded)


def range_said(limits: tuple[float, float]) -> str:
    """The range of a heatmap's colours, as it stands beside its title."""
    return "0…1" if limits[0] == 0 else f"±{limits[1]:g}"
