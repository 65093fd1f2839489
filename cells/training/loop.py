"""Training from end to end: the best weights so far are never lost."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple

from cells.network import Network
from cells.training.training import Training


class Progress(NamedTuple):
    """Where training is: step of steps, training and best held-out loss, seconds so far and to go."""

    step: int
    steps: int
    loss: float
    best: float
    seconds: float
    left: float


class Trained(NamedTuple):
    """The best weights, the held-out loss that chose them, checkpoints as (step, network), seconds."""

    network: Network
    loss: float
    checkpoints: tuple[tuple[int, Network], ...]
    seconds: float
    finished: bool


def train(training: Training, report: Callable[[Progress], None] = lambda _: None) -> Trained:
    """Train to the end; Ctrl-C ends it early with the best so far."""
    schedule, begun = training.recipe.schedule, perf_counter()
    kept = [(0, training.network())]
    try:
        while not training.finished:
            step = training.advance().update
            if step in schedule.kept:
                kept.append((step, training.network()))
            if step % max(1, schedule.every // 10) == 0 or training.finished:
                seconds = perf_counter() - begun
                left = seconds / step * (schedule.steps - step)
                report(Progress(step, schedule.steps, training.loss, training.best_loss, seconds, left))
    except KeyboardInterrupt:
        pass
    checkpoints = tuple(kept) if schedule.checkpoints else ()
    return Trained(
        training.best(), training.best_loss, checkpoints, perf_counter() - begun, training.finished
    )
