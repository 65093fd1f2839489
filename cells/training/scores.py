"""How well a network does its task, on sequences that neither trained nor chose it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from cells.bptt import forward
from cells.network import Network
from cells.tasks import TASKS, Task, count_draw
from cells.tracks import correlations, running
from cells.training.batches import Batch, Sample, side_by_side
from cells.training.data import sample

SEQUENCES = 512
FARTHEST = 200  # the largest n at which counting is still tried
Scores = Mapping[str, float]


def fresh(task: Task, low: int, high: int, seed: int = 12345) -> list[Sample]:
    """Sequences from a seed that no training uses, their sizes between low and high."""
    rng = np.random.default_rng((seed, low, high))
    sizes = rng.integers(low, high + 1, SEQUENCES)
    return [sample(task, task.draw(rng, int(size))) for size in sizes]


def answered(
    network: Network, samples: Sequence[Sample], size: int = 128
) -> Iterator[tuple[Batch, np.ndarray]]:
    """Batches with the readout's sums for them."""
    for start in range(0, len(samples), size):
        batch = side_by_side(samples[start : start + size])
        yield batch, forward(network, batch.rows, batch.lengths).output


def share_of_steps(network: Network, samples: Sequence[Sample]) -> float:
    """The share of counted steps whose most likely answer is the true one."""
    right = total = 0.0
    for batch, sums in answered(network, samples):
        right += float(((sums.argmax(-1) == batch.truth.argmax(-1)) * batch.counts).sum())
        total += float(batch.counts.sum())
    return right / total


def share_of_sequences(network: Network, samples: Sequence[Sample]) -> float:
    """The share of sequences in which every counted step is right, for sigmoids every answer of it."""
    right = 0.0
    sigmoid = network.readout is not None and network.readout.kind == "sigmoid"
    for batch, sums in answered(network, samples):
        if sigmoid:
            good = ((sums > 0) == (batch.truth > 0.5)).all(-1)
        else:
            good = sums.argmax(-1) == batch.truth.argmax(-1)
        right += float((good | (batch.counts == 0)).all(axis=0).sum())
    return right / len(samples)


def counting(network: Network) -> Scores:
    """The largest n up to which every aⁿbⁿ is right at each step, and how well one unit holds the count."""
    task = TASKS["count50"]
    longest = 0
    for n in range(1, FARTHEST + 1):
        if share_of_sequences(network, [sample(task, "a" * n + "b" * n)]) < 1:
            break
        longest = n
    tokens = count_draw(np.random.default_rng(0), 30)
    trace = network.run(sample(task, tokens).rows).layers[0].forward
    state = trace["c"] if "c" in trace.symbols else trace["h"]
    r = np.nan_to_num(correlations(state, running(tokens, "a", "b")))
    return {"longest": longest, "correlation": float(np.abs(r).max())}


def _brackets(network: Network) -> Scores:
    task = TASKS["brackets"]
    return {
        "sequences": share_of_sequences(network, fresh(task, 1, 12)),
        "sequences_longer": share_of_sequences(network, fresh(task, 13, 24)),
    }


def _adding(network: Network) -> Scores:
    task = TASKS["adding"]
    wrong = [
        (sums[-1, :, 0] - batch.truth[-1, :, 0]) ** 2
        for batch, sums in answered(network, fresh(task, 40, 40))
    ]
    return {"squared_error": float(np.concatenate(wrong).mean())}


def _first(network: Network) -> Scores:
    return {"accuracy": share_of_steps(network, fresh(TASKS["first"], 60, 60))}


def _parity(network: Network) -> Scores:
    return {"accuracy_500": share_of_steps(network, fresh(TASKS["parity"], 500, 500)[:64])}


def _copy(network: Network) -> Scores:
    return {"sequences": share_of_sequences(network, fresh(TASKS["copy"], 1, 6))}


GENERATED: Mapping[str, Callable[[Network], Scores]] = {
    "count10": counting,
    "count50": counting,
    "brackets": _brackets,
    "first": _first,
    "parity": _parity,
    "adding": _adding,
    "copy": _copy,
}
