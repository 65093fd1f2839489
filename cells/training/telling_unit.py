"""The most telling unit of a trained network: its state goes closest with something one can name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from cells.arrays import Matrix
from cells.bptt import forward
from cells.cell import named
from cells.network import Network
from cells.tasks import Task
from cells.tokens import READERS
from cells.tracks import TRACKS, correlations
from cells.training.batches import Sample, side_by_side


class Telling(NamedTuple):
    """A unit of the forward direction (from 1), what it goes with, and Pearson's r of the two."""

    unit: int
    what: str
    r: float


class About(NamedTuple):
    """Sequences whose truth is what they are about, a column for each name."""

    samples: Sequence[Sample]
    names: tuple[str, ...]


# What a sequence of a task is about: the running value that a network of the task must hold.
ABOUT: Mapping[str, str] = {"count": "a − b", "brackets": "depth"}


def of_task(network: Network, task: Task) -> Telling:
    """Over sequences of a generated task: its running value, or else its answers."""
    return of_samples(network, *about(task))


def of_unit(network: Network, task: Task, unit: int, what: str) -> float:
    """Pearson's r of one unit, counted from 1, with one thing that a task's sequences are about."""
    samples, names = about(task)
    return round(float(_correlated(network, samples)[names.index(what), unit - 1]), 3)


@cache
def about(task: Task, sequences: int = 128) -> About:
    """Sequences of a task with what they are about."""
    rng = np.random.default_rng(54321)
    held = ABOUT.get(task.key.rstrip("0123456789"))
    samples = []
    for _ in range(sequences):
        tokens = task.draw(rng, int(rng.integers(task.sizes[0], task.sizes[1] + 1)))
        truth = task.truth(tokens)
        columns = truth.values if held is None else TRACKS[held](tokens)[:, None]
        rows = READERS[task.reads].rows(tokens, task.tokens).astype("float32")
        samples.append(Sample(rows, columns.astype("float32"), truth.known.astype("float32")))
    return About(samples, task.answers if held is None else (held,))


def of_samples(network: Network, samples: Sequence[Sample], names: Sequence[str]) -> Telling:
    """Over samples, at the steps that count: which unit goes closest with a column of the truth."""
    r = _correlated(network, samples)
    # Rounded, so that of two answers that mirror each other, even and odd, the first is named.
    what, unit = np.unravel_index(np.abs(r).round(6).argmax(), r.shape)
    return Telling(int(unit) + 1, names[int(what)], round(float(r[what, unit]), 3))


def _correlated(network: Network, samples: Sequence[Sample]) -> Matrix:
    """r of every column of the truth with every unit; 0 where either stands still."""
    units, columns = (np.concatenate(parts) for parts in zip(*_held(network, samples), strict=True))
    found: Matrix = np.nan_to_num(np.array([correlations(units, column) for column in columns.T]))
    return found


def _held(network: Network, samples: Sequence[Sample], size: int = 128) -> Iterator[tuple[Matrix, Matrix]]:
    """The state that the forward direction holds, and the truth, at the steps that count."""
    symbols = named(network.cell).symbols
    state = symbols.index("c" if "c" in symbols else "h")
    for start in range(0, len(samples), size):
        batch = side_by_side(samples[start : start + size])
        ahead, _ = forward(network, batch.rows, batch.lengths).layers[0]
        counted = batch.counts > 0
        yield ahead.computed[state][counted], batch.truth[counted]
