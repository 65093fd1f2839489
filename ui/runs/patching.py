"""A second text, a state of one of its steps put into the first text's run, and whose answers follow then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from cells import Edit, Network
from cells.arrays import Given, Steps, Vector
from cells.edits import MOST
from cells.network import Run
from cells.patch import patch
from cells.trace import Trace
from ui.selection.records import Position

DIFFER = 0.05  # answers nearer to each other than this are not told apart
NEARER = 4  # times as near as to the other text, answers follow a text


class Reading(NamedTuple):
    """A text as it is read: its tokens, its rows, and the edits that are in force on it."""

    tokens: Sequence[str]
    rows: Given
    edits: tuple[Edit, ...] = ()


class Place(NamedTuple):
    """What is put where: which states, of which step (from 0) of the second text, into which of the first."""

    symbols: tuple[str, ...]
    step: int
    into: int
    units: tuple[int, ...] | None = None


class Distances(NamedTuple):
    """Of so many steps that both texts go on alike, those at which their answers differ; means over these.

    A distance is the largest difference of any answer, or where there is no readout, of any unit of h.
    """

    alike: int
    differ: int
    texts: float
    to_first: float
    to_second: float

    @property
    def follows(self) -> str:
        """Which text the patched answers follow: "second", "first", "neither", or "same" where both agree."""
        if not self.differ:
            return "same"
        if self.to_second * NEARER <= self.to_first:
            return "second"
        return "first" if self.to_first * NEARER <= self.to_second else "neither"


@dataclass(frozen=True, eq=False)
class Patching:
    """Three runs of one network: two texts, and the first with states of the second."""

    network: Network
    first: Reading
    second: Reading
    place: Place
    at: Position

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The patch alone."""
        symbols, step, into, units = self.place
        return patch(
            self.source, step, into, *symbols, units=units, layer=self.at.layer, direction=self.at.direction
        )

    @property
    def fault(self) -> str:
        """Why it can't be run: "not_finite", "too_many", or nothing."""
        trace = self.trace(self.source)
        if not all(np.isfinite(trace[symbol][self.place.step]).all() for symbol in self.place.symbols):
            return "not_finite"
        return "too_many" if len(self.first.edits) + len(self.place.symbols) > MOST else ""

    @cached_property
    def plain(self) -> Run:
        """The first text, as it was."""
        return self._run(self.first)

    @cached_property
    def source(self) -> Run:
        """The second text."""
        return self._run(self.second)

    @cached_property
    def patched(self) -> Run:
        """The first text with the patch, which comes last of all edits."""
        return self._run(self.first._replace(edits=(*self.first.edits, *self.edits)))

    def trace(self, run: Run) -> Trace:
        """The layer and direction that are patched and shown."""
        found: Trace = run.layers[self.at.layer - 1]._asdict()[self.at.direction]
        return found

    @property
    def alike(self) -> int:
        """For how many steps after the patch, as this direction reads, the next tokens are the same."""
        way, steps = -1 if self.at.direction == "backward" else 1, 0
        one, other = self.place.into + way, self.place.step + way
        first, second = self.first.tokens, self.second.tokens
        while 0 <= one < len(first) and 0 <= other < len(second) and first[one] == second[other]:
            steps, one, other = steps + 1, one + way, other + way
        return steps

    @property
    def distances(self) -> Distances:
        """How far the patched answers are from those of either text, after the patch.

        Where the texts do not go on alike it is the patched step itself.
        """
        way, alike = -1 if self.at.direction == "backward" else 1, self.alike
        after = np.arange(1, alike + 1) if alike else np.zeros(1, int)
        here, there = self.place.into + way * after, self.place.step + way * after
        plain, patched = self.said(self.plain)[here], self.said(self.patched)[here]
        source = self.said(self.source)[there]
        apart = _largest(plain, source)
        telling = apart > DIFFER
        means = [
            float(one[telling].mean()) if telling.any() else 0.0
            for one in (apart, _largest(patched, plain), _largest(patched, source))
        ]
        return Distances(alike, int(telling.sum()), *means)

    def said(self, run: Run) -> Steps:
        """What a run answers at each step; without a readout it is h of the layer shown."""
        return run.output if run.output is not None else self.trace(run)["h"]

    def _run(self, reading: Reading) -> Run:
        with np.errstate(over="ignore", invalid="ignore"):  # a file's weights may be as large as numbers get
            return self.network.run(reading.rows, edits=reading.edits)


def _largest(one: Steps, other: Steps) -> Vector:
    with np.errstate(invalid="ignore"):
        found: Vector = np.abs(one - other).max(axis=1)
    return found
