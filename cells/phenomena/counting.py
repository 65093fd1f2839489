"""Counting: what an LSTM is said to learn (Weiss et al. 2018), and not to learn (El-Naggar et al. 2022)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cells import shipped
from cells.handbuilt import counter
from cells.phenomena.findings import Finding
from cells.tasks import TASKS
from cells.tokens import one_hot
from cells.training.scores import counting

TASKS_OF_COUNTING = ("count10", "count50")
CELLS_THAT_COUNT = ("lstm", "gru", "rnn")
FURTHER, WELL_BEYOND = 2, 10  # times the n of training
AS_ONE = 0.95  # |r| from which a unit is said to hold the count
LONG = 1000
SHARP = 40


def counts() -> Iterator[Finding]:
    """How far each cell counts, and how closely one unit goes with the count at n = 30."""
    for task in TASKS_OF_COUNTING:
        far = FURTHER * TASKS[task].sizes[1]
        for cell in CELLS_THAT_COUNT:
            name = f"{task}-{cell}"
            found = counting(shipped.network(name, "float32"))
            if cell == "lstm":
                yield Finding("longest", name, found["longest"], low=far)
                yield Finding("correlation", name, found["correlation"], low=AS_ONE)
            else:
                yield Finding("longest", name, found["longest"], high=far - 1)
                yield Finding("correlation", name, found["correlation"], high=AS_ONE)


def ends() -> Iterator[Finding]:
    """Where the LSTMs cease to count, and how far the count drifts in 1,000 a's; exact gates beside them."""
    for task in TASKS_OF_COUNTING:
        name, known = f"{task}-lstm", TASKS[task].sizes[1]
        longest = counting(shipped.network(name, "float32"))["longest"]
        yield Finding("longest", name, longest, high=WELL_BEYOND * known - 1)
        card = shipped.card(name)
        c = shipped.network(name).run(card.read("a" * LONG)).layers[0].forward["c"][:, card.unit - 1]
        yield Finding("drift", name, _drift(c, known))
    built = counter(SHARP)
    c = built.network.run(one_hot("a" * LONG, built.alphabet)).layers[0].forward["c"][:, 0]
    yield Finding("drift", "counter", _drift(c, 1), high=0)


def _drift(c: np.ndarray, known: int) -> float:
    """How far c is at last from what the rate of the first `known` a's makes of all, as a share of that."""
    expected = len(c) * c[known - 1] / known
    return float(abs(c[-1] / expected - 1))
