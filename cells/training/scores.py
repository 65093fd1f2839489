"""How well a network does its task, on sequences that neither trained nor chose it; edited or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

import numpy as np

from cells.bptt import forward
from cells.edits import Edit
from cells.network import Network
from cells.tasks import TASKS, Task
from cells.tracks import correlations
from cells.training.batches import Batch, Sample, side_by_side
from cells.training.data import sample

SEQUENCES = 512
FARTHEST = 200  # the largest n at which counting is still tried
Scores = Mapping[str, float]
Measure = Callable[[Network, Sequence[Sample], Sequence[Edit]], float]


@dataclass(frozen=True)
class Score:
    """One number of a card: what is measured, on which sequences, and whether more of it is better.

    Edits hold at every step of every sequence.
    """

    measure: Measure
    samples: Sequence[Sample]
    more: bool = True

    def __call__(self, network: Network, edits: Sequence[Edit] = ()) -> float:
        """The number of a network."""
        return self.measure(network, self.samples, edits)

    def of_first(self, count: int) -> Score:
        """The same on the first sequences alone."""
        return replace(self, samples=self.samples[:count])


def fresh(task: Task, low: int, high: int, seed: int = 12345) -> list[Sample]:
    """Sequences from a seed that no training uses, their sizes between low and high."""
    rng = np.random.default_rng((seed, low, high))
    sizes = rng.integers(low, high + 1, SEQUENCES)
    return [sample(task, task.draw(rng, int(size))) for size in sizes]


def answered(
    network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = (), size: int = 128
) -> Iterator[tuple[Batch, np.ndarray]]:
    """Batches with the readout's sums for them."""
    for start in range(0, len(samples), size):
        batch = side_by_side(samples[start : start + size])
        yield batch, forward(network, batch.rows, batch.lengths, edits=edits).output


def share_of_steps(network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = ()) -> float:
    """The share of counted steps whose most likely answer is the true one."""
    right = total = 0.0
    for batch, sums in answered(network, samples, edits):
        right += float(((sums.argmax(-1) == batch.truth.argmax(-1)) * batch.counts).sum())
        total += float(batch.counts.sum())
    return right / total


def right(
    network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = (), size: int = 128
) -> Iterator[bool]:
    """Of each sequence, whether every counted step is right, for sigmoids every answer of it."""
    sigmoid = network.readout is not None and network.readout.kind == "sigmoid"
    for batch, sums in answered(network, samples, edits, size):
        if sigmoid:
            good = ((sums > 0) == (batch.truth > 0.5)).all(-1)
        else:
            good = sums.argmax(-1) == batch.truth.argmax(-1)
        yield from (good | (batch.counts == 0)).all(axis=0).tolist()


def share_of_sequences(network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = ()) -> float:
    """The share of sequences that are right."""
    return sum(right(network, samples, edits)) / len(samples)


def squared_error(network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = ()) -> float:
    """The mean squared distance from the truth at the last step; all sequences are of one length."""
    wrong = [
        (sums[-1, :, 0] - batch.truth[-1, :, 0]) ** 2 for batch, sums in answered(network, samples, edits)
    ]
    return float(np.concatenate(wrong).mean())


def unbroken(network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = ()) -> float:
    """How many sequences are right before the first that is not."""
    return sum(takewhile(bool, right(network, samples, edits, 16)))


def _counts(network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = ()) -> float:
    """|r| of the unit that goes closest with a − b, over one sequence of rows (a, b)."""
    rows = samples[0].rows
    trace = network.run(rows, edits=edits).layers[0].forward
    state = trace["c"] if "c" in trace.symbols else trace["h"]
    r = np.nan_to_num(correlations(state, np.cumsum(rows[:, 0] - rows[:, 1], dtype="float64")))
    return float(np.abs(r).max())


@cache
def _counting(_: Task = TASKS["count50"]) -> Mapping[str, Score]:
    """Counting is tried as far as it goes, however far training went."""
    task = TASKS["count50"]
    each = [sample(task, "a" * n + "b" * n) for n in range(1, FARTHEST + 1)]
    return {"longest": Score(unbroken, each), "correlation": Score(_counts, each[29:30])}


@cache
def _brackets(task: Task) -> Mapping[str, Score]:
    low, high = task.sizes
    return {
        "sequences": Score(share_of_sequences, fresh(task, low, high)),
        "sequences_longer": Score(share_of_sequences, fresh(task, high + 1, 2 * high)),
    }


@cache
def _adding(task: Task) -> Mapping[str, Score]:
    return {"squared_error": Score(squared_error, fresh(task, *task.sizes), more=False)}


@cache
def _first(task: Task) -> Mapping[str, Score]:
    return {"accuracy": Score(share_of_steps, fresh(task, *task.sizes))}


@cache
def _parity(task: Task) -> Mapping[str, Score]:
    return {"accuracy_500": Score(share_of_steps, fresh(task, 500, 500)[:64])}


@cache
def _copy(task: Task) -> Mapping[str, Score]:
    return {"sequences": Score(share_of_sequences, fresh(task, *task.sizes))}


GENERATED: Mapping[str, Callable[[Task], Mapping[str, Score]]] = {
    "count10": _counting,
    "count50": _counting,
    "brackets": _brackets,
    "first": _first,
    "parity": _parity,
    "adding": _adding,
    "copy": _copy,
}


def measured(scores: Mapping[str, Score], network: Network, edits: Sequence[Edit] = ()) -> Scores:
    """What each score is of a network."""
    return {name: score(network, edits) for name, score in scores.items()}


def counting(network: Network, edits: Sequence[Edit] = ()) -> Scores:
    """The largest n up to which every aⁿbⁿ is right at each step, and how well one unit holds the count."""
    return measured(_counting(), network, edits)
