"""Units over a whole set of sequences: which never move, and which gates are always closed or open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cells.arrays import Given, Vector
from cells.layers import directions_of
from cells.network import Network
from cells.saturation import GATES, LEFT, RIGHT
from cells.trace import Trace

STILL = 0.01  # h of a dead unit spans no more, whatever is read
NEARLY_ALWAYS = 0.95  # share of all steps at which a gate that says nothing is closed, or open


@dataclass(frozen=True, eq=False)
class UnitSurvey:
    """One direction of a layer over all steps of all sequences; every vector is (unit,).

    `least` and `most` are of h; `closed` and `opened` hold for each gate the share of steps below 0.1 and
    above 0.9 (Karpathy, Johnson & Fei-Fei 2015). Layers count from 1.
    """

    layer: int
    direction: str
    steps: int
    least: Vector
    most: Vector
    closed: Mapping[str, Vector]
    opened: Mapping[str, Vector]

    @property
    def dead(self) -> np.ndarray:
        """Units, counted from 0, whose h hardly moves."""
        return np.flatnonzero(self.most - self.least <= STILL)

    def stuck(self, gate: str, opened: bool) -> np.ndarray:
        """Units, counted from 0, whose gate is nearly always open, or closed."""
        return np.flatnonzero((self.opened if opened else self.closed)[gate] >= NEARLY_ALWAYS)


def survey(
    network: Network, sequences: Sequence[Given], report: Callable[[float], None] = lambda _: None
) -> tuple[UnitSurvey, ...]:
    """Every direction of every layer over all sequences, each as `network.run` takes it.

    `report` is told which share is done; ValueError where there is no sequence, or one that can't be read.
    """
    if not sequences:
        raise ValueError("a survey needs at least one sequence")
    found: dict[tuple[int, str], _Sums] = {}
    for place, sequence in enumerate(sequences):
        report(place / len(sequences))
        run = network.run(sequence)
        for depth, direction, _ in directions_of(network.layers):
            trace = getattr(run.layers[depth], direction)
            found.setdefault((depth, direction), _Sums(trace)).add(trace)
    return tuple(sums.survey(depth + 1, direction) for (depth, direction), sums in found.items())


class _Sums:
    """What is counted while sequences go by."""

    def __init__(self, trace: Trace) -> None:
        units = trace["h"].shape[1]
        self.steps, gates = 0, [symbol for symbol in trace.symbols if symbol in GATES]
        self.least, self.most = np.full(units, np.inf), np.full(units, -np.inf)
        self.closed, self.opened = ({gate: np.zeros(units) for gate in gates} for _ in range(2))

    def add(self, trace: Trace) -> None:
        self.steps += len(trace)
        self.least = np.minimum(self.least, trace["h"].min(axis=0))
        self.most = np.maximum(self.most, trace["h"].max(axis=0))
        for gate in self.closed:
            self.closed[gate] += (trace[gate] < LEFT).sum(axis=0)
            self.opened[gate] += (trace[gate] > RIGHT).sum(axis=0)

    def survey(self, layer: int, direction: str) -> UnitSurvey:
        closed, opened = (
            {gate: counts / self.steps for gate, counts in sums.items()}
            for sums in (self.closed, self.opened)
        )
        return UnitSurvey(layer, direction, self.steps, self.least, self.most, closed, opened)


def as_csv(surveys: Sequence[UnitSurvey]) -> str:
    """A row for each unit: layer and unit from 1, the span of h, the shares of each gate."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    gates = [*surveys[0].closed]
    shares = [f"{gate}_{side}" for gate in gates for side in ("below_0.1", "above_0.9")]
    rows.writerow(["layer", "direction", "unit", "h_least", "h_most", *shares])
    for one in surveys:
        for unit in range(len(one.least)):
            said = [part[gate][unit] for gate in gates for part in (one.closed, one.opened)]
            numbers = [float(value) for value in (one.least[unit], one.most[unit], *said)]
            rows.writerow([one.layer, one.direction, unit + 1, *numbers])
    return file.getvalue()
