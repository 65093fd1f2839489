"""An endless stream, with the forget gate and with f held at 1 (Gers, Schmidhuber & Cummins 2000)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cells import shipped
from cells.ablation import everywhere
from cells.arrays import Vector
from cells.edits import Edit
from cells.phenomena.findings import Finding
from cells.tasks import TASKS, Task

NETWORKS = ("brackets-lstm", "parity-lstm")
STEPS, PART = 2000, 100  # of the stream, and of its ends that are compared
SEED = 777
BOUNDED, GROWN = 5, 10  # times as large at the end as at the beginning
RIGHT, WRONG = 0.99, 0.9


def forgets() -> Iterator[Finding]:
    """How far the memory grows from the first hundred steps to the last, and what is right in these."""
    for name in NETWORKS:
        grown, right = _over(name, ())
        yield Finding("grown", name, grown, high=BOUNDED)
        yield Finding("right", name, right, low=RIGHT)
        grown, right = _over(name, everywhere(shipped.network(name), "f", 1))
        yield Finding("grown", f"{name} f=1", grown, low=GROWN)
        yield Finding("right", f"{name} f=1", right, high=WRONG)


def _over(name: str, edits: Sequence[Edit]) -> tuple[float, float]:
    """By what factor c grows, root mean square over units, and the share of the last steps that are right."""
    card, task = shipped.card(name), TASKS[shipped.card(name).task]
    tokens = stream(task)
    run, truth = shipped.network(name).run(card.read(tokens), edits=edits), task.truth(tokens)
    assert truth.known.all(), "sequences one behind the other are a sequence of the task"
    c = run.layers[0].forward["c"]
    size: Vector = np.sqrt((c**2).mean(axis=1))
    assert run.output is not None, "what answers has a readout"
    sigmoid = task.kind == "sigmoid"
    said = run.output > 0.5 if sigmoid else run.output.argmax(axis=1)
    true = truth.values > 0.5 if sigmoid else truth.values.argmax(axis=1)
    right = (said == true).reshape(STEPS, -1).all(axis=1)
    return float(size[-PART:].mean() / size[:PART].mean()), float(right[-PART:].mean())


def stream(task: Task) -> list[str]:
    """Sequences of a task one behind the other, as many steps as asked for."""
    rng, tokens = np.random.default_rng(SEED), list[str]()
    while len(tokens) < STEPS:
        tokens += task.draw(rng, int(rng.integers(task.sizes[0], task.sizes[1] + 1)))
    return tokens[:STEPS]
