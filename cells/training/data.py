"""What a network is trained, chosen and tested on: batches without end, and two sets held out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from cells.tasks import Task
from cells.tokens import READERS
from cells.training.batches import Batch, Sample, by_length, side_by_side

HELD_OUT = 256  # sequences of a generated task that choose the best step
Stream = Mapping[str, Any]  # where a bit generator is: what NumPy gives and takes as its `state`


class Place(NamedTuple):
    """Where batches are: the stream now and when the epoch began, and how many of the epoch are taken."""

    now: Stream
    began: Stream
    taken: int


class Batches(Iterator[Batch]):
    """Batches without end, epoch after epoch, out of one stream of random numbers.

    `epoch(rng)` lays out what is drawn from, `drawn(one, rng)` makes a batch of one of these.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        epoch: Callable[[np.random.Generator], Sequence[Any]],
        drawn: Callable[[Any, np.random.Generator], Batch],
    ) -> None:
        self._rng, self._epoch, self._drawn = rng, epoch, drawn
        self._begin()

    def __next__(self) -> Batch:
        if self._taken == len(self._order):
            self._begin()
        self._taken += 1
        return self._drawn(self._order[self._taken - 1], self._rng)

    def _begin(self) -> None:
        self._began = self._rng.bit_generator.state
        self._order, self._taken = self._epoch(self._rng), 0

    @property
    def place(self) -> Place:
        """Where to go on from."""
        return Place(self._rng.bit_generator.state, self._began, self._taken)

    def go_to(self, place: Place) -> None:
        """Go on from a place of batches like these."""
        self._rng.bit_generator.state = place.began
        self._begin()
        self._rng.bit_generator.state, self._taken = place.now, place.taken


@dataclass(frozen=True)
class Data:
    """Batches for training, without end, and those that choose the best weights.

    `samples` is how many sequences a collection has to train on; None where they are drawn as needed.
    """

    batches: Callable[[np.random.Generator], Batches]
    validation: Sequence[Batch]
    samples: int | None = None


def endless(drawn: Callable[[np.random.Generator], Batch]) -> Callable[[np.random.Generator], Batches]:
    """Batches that are drawn as they are needed: each is an epoch of its own."""
    return partial(Batches, epoch=lambda _: (None,), drawn=lambda _, rng: drawn(rng))


def generated(task: Task, size: int, seed: int) -> Data:
    """Sequences drawn as they are needed; the held-out ones come from a seed of their own."""
    held_out = np.random.default_rng((seed, 1))
    return Data(
        endless(lambda rng: side_by_side([drawn(task, rng) for _ in range(size)])),
        [side_by_side([drawn(task, held_out) for _ in range(HELD_OUT)])],
    )


def drawn(task: Task, rng: np.random.Generator) -> Sample:
    """One sequence of the task."""
    low, high = task.sizes
    return sample(task, task.draw(rng, int(rng.integers(low, high + 1))))


def sample(task: Task, tokens: Sequence[str]) -> Sample:
    """A sequence with its truth, and where it counts: wherever it is known, or at the last step alone."""
    truth = task.truth(tokens)
    counts = truth.known.astype("float32")
    if task.asked == "last":
        counts[:-1] = 0
    rows = READERS[task.reads].rows(tokens, task.tokens)
    return Sample(rows.astype("float32"), truth.values.astype("float32"), counts)


def collected(
    training: Sequence[Sample],
    validation: Sequence[Sample],
    size: int,
    changed: Callable[[Sample, np.random.Generator], Sample] = lambda sample, _: sample,
) -> Data:
    """Samples of a collection, epoch after epoch; `changed` may alter each anew before it is read."""

    def batch(several: Sequence[Sample], rng: np.random.Generator) -> Batch:
        return side_by_side([changed(sample, rng) for sample in several])

    in_order = sorted(validation, key=lambda sample: len(sample.rows))
    return Data(
        partial(Batches, epoch=partial(by_length, training, size), drawn=batch),
        [side_by_side(in_order[start : start + 256]) for start in range(0, len(in_order), 256)],
        len(training),
    )
