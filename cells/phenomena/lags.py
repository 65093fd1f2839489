"""Long lags: the first of 61 letters, and what the forget bias begins with.

Hochreiter & Schmidhuber (1997), Jozefowicz et al. (2015), Tallec & Ollivier (2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from cells import shipped
from cells.ablation import everywhere
from cells.drawn_networks import LENGTHS, SEEDS, Start
from cells.edits import Edit
from cells.phenomena.findings import Finding
from cells.reach import reach
from cells.tasks import TASKS
from cells.training.scores import answered, fresh, share_of_steps

TRAINED, FAR = 60, 1000  # letters after the first
SOLVED = 0.9  # share of right answers
SEQUENCES = 256
NEAR = 0.04  # a sum within this counts as right: theirs
BIASED = {"first-lstm-0": 0, "first-lstm-1": 1, "first-lstm-3": 3}


@cache
def _share(name: str, lag: int, edits: tuple[Edit, ...] = ()) -> float:
    samples = fresh(TASKS["first"], lag, lag)[:SEQUENCES]
    return share_of_steps(shipped.network(name, "float32"), samples, edits)


def _solved(name: str) -> Finding:
    return Finding("lag60", name, _share(name, TRAINED), low=SOLVED)


def _unsolved(name: str) -> Finding:
    return Finding("lag60", name, _share(name, TRAINED), high=SOLVED)


def bridges() -> Iterator[Finding]:
    """An LSTM answers after a thousand letters, with f at 1 too; an RNN doesn't; marked numbers are added."""
    name = "first-lstm-chrono"
    yield _solved(name)
    yield Finding("lag1000", name, _share(name, FAR), low=SOLVED)
    held = tuple(everywhere(shipped.network(name), "f", 1))  # theirs had no forget gate
    yield Finding("lag60", f"{name} f=1", _share(name, TRAINED, held), low=SOLVED)
    yield Finding("lag1000", f"{name} f=1", _share(name, FAR, held))
    yield _unsolved("first-rnn")
    yield Finding("lag60", "first-lstm-0", _share("first-lstm-0", TRAINED))
    yield Finding("added", "adding-lstm", _added(), low=0.99)


def _added() -> float:
    """The share of sequences whose two marked numbers are added within `NEAR`."""
    samples, right = fresh(TASKS["adding"], 40, 40), []
    for batch, sums in answered(shipped.network("adding-lstm", "float32"), samples):
        right += [*(np.abs(sums[-1, :, 0] - batch.truth[-1, :, 0]) < NEAR)]
    return float(np.mean(right))


def bias() -> Iterator[Finding]:
    """Whether a forget bias of 1 is enough for the lag, and how gradients begin with it."""
    yield _unsolved("first-lstm-0")
    yield _solved("first-lstm-1")
    yield Finding("lag60", "first-lstm-3", _share("first-lstm-3", TRAINED))
    yield Finding("lag60", "first-gru", _share("first-gru", TRAINED))
    for name, value in BIASED.items():
        yield Finding("beginning", name, _beginning(value))


def _beginning(value: float, seeds: int = SEEDS) -> float:
    """‖∂c_T/∂c_0‖₂ after 50 steps before training, geometric mean over seeds."""
    start = Start("LSTM", bias=value)
    drawn = (start.on_noise(LENGTHS[-1], seed) for seed in range(seeds))
    norms = [reach(net.run(x).layers[0].forward, net.layers[0].forward).memory[-1] for net, x in drawn]
    return float(np.exp(np.mean(np.log(norms))))


def chrono() -> Iterator[Finding]:
    """The lag after chrono and usual biases; how soon in training, and how far beyond the lag."""
    yield _solved("first-lstm-chrono")
    for name in ("first-lstm-1", "first-gru"):
        yield _unsolved(name)
    yield Finding("lag60", "first-lstm-3", _share("first-lstm-3", TRAINED))
    for name in ("first-lstm-chrono", "first-lstm-3"):
        yield Finding("updates", name, _updates(shipped.card(name).recorded))
    for name in ("first-lstm-chrono", "first-lstm-3"):
        yield Finding("lag1000", name, _share(name, FAR))


def _updates(recorded: Sequence[shipped.Recorded]) -> float:
    """The first recorded update after which the lag is solved."""
    return next(one.update for one in recorded if one.scores["accuracy"] >= SOLVED)
