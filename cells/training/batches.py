"""Samples of unequal length side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cells.arrays import Array, Given, Integers, Steps


class Sample(NamedTuple):
    """One sequence: what the network reads, what is true, and at which steps that counts."""

    rows: Given  # (time, feature), with an embedding whole numbers (time,) or (time, k)
    truth: Steps  # (time, output)
    counts: Array  # (time,): 1 or 0


class Batch(NamedTuple):
    """Samples padded to one length, time first."""

    rows: Given  # (time, batch, …)
    truth: Steps  # (time, batch, output)
    counts: Steps  # (time, batch)
    lengths: Integers  # (batch,)


def side_by_side(samples: Sequence[Sample]) -> Batch:
    """The samples as one batch; padding is zeros and counts nowhere."""
    lengths = np.array([len(sample.rows) for sample in samples])
    rows, truth, counts = (
        _padded([sample[part] for sample in samples], int(lengths.max())) for part in range(3)
    )
    return Batch(rows, truth, counts, lengths)


def _padded(arrays: Sequence[Given], steps: int) -> Any:  # rows are of either type
    together = np.zeros((steps, len(arrays), *arrays[0].shape[1:]), arrays[0].dtype)
    for column, array in enumerate(arrays):
        together[: len(array), column] = array
    return together


def by_length(
    samples: Sequence[Sample], size: int, rng: np.random.Generator, pool: int = 50
) -> list[list[Sample]]:
    """One epoch: all samples once, in random batches of neighbours in length, so that little is padding."""
    order = rng.permutation(len(samples))
    batches = []
    for start in range(0, len(order), size * pool):
        near = sorted(order[start : start + size * pool], key=lambda index: len(samples[index].rows))
        batches += [[samples[i] for i in near[begin : begin + size]] for begin in range(0, len(near), size)]
    return [batches[index] for index in rng.permutation(len(batches))]
