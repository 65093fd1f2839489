"""What a network is trained, chosen and tested on: batches without end, and two sets held out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cells.tasks import Task
from cells.tokens import READERS
from cells.training.batches import Batch, Sample, by_length, side_by_side

HELD_OUT = 256  # sequences of a generated task that choose the best step


@dataclass(frozen=True)
class Data:
    """Batches for training, without end, and those that choose the best weights."""

    batches: Callable[[np.random.Generator], Iterator[Batch]]
    validation: Sequence[Batch]


def generated(task: Task, size: int, seed: int) -> Data:
    """Sequences drawn as they are needed; the held-out ones come from a seed of their own."""

    def endless(rng: np.random.Generator) -> Iterator[Batch]:
        while True:
            yield side_by_side([drawn(task, rng) for _ in range(size)])

    held_out = np.random.default_rng((seed, 1))
    return Data(endless, [side_by_side([drawn(task, held_out) for _ in range(HELD_OUT)])])


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

    def endless(rng: np.random.Generator) -> Iterator[Batch]:
        while True:
            for batch in by_length(training, size, rng):
                yield side_by_side([changed(sample, rng) for sample in batch])

    in_order = sorted(validation, key=lambda sample: len(sample.rows))
    return Data(
        endless, [side_by_side(in_order[start : start + 256]) for start in range(0, len(in_order), 256)]
    )
