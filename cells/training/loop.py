"""Training: batches, gradients, steps; the best weights so far are never lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi
from time import perf_counter
from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Vector
from cells.bptt import WHOLE, backward, forward
from cells.network import Network
from cells.parameters import Parts, Theta, network_of_parts, parts_of
from cells.training.adam import Adam
from cells.training.batches import Batch
from cells.training.data import Data
from cells.training.losses import LOSSES


@dataclass(frozen=True)
class Schedule:
    """How long and how fast: Adam steps, the first learning rate, the gradient's greatest length.

    The rate falls along half a cosine to a twentieth of the first. `looks` times the held-out loss is taken;
    `checkpoints` weights on the way are kept. `dropout` is the share of the top h that each batch goes
    without (Srivastava et al. 2014), `decay` what each step takes off the weights, times the learning rate.
    With `average` it is a running mean of the weights that is looked at and kept (Polyak & Juditsky 1992):
    the share of the old mean that stays at each step.
    """

    steps: int
    rate: float
    clip: float = 1.0
    looks: int = 40
    checkpoints: int = 0
    dropout: float = 0.0
    decay: float = 0.0
    average: float = 0.0

    def at(self, step: int) -> float:
        """The learning rate of a step."""
        return self.rate * (0.05 + 0.95 * 0.5 * (1 + cos(pi * step / self.steps)))


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


def train(
    start: Network,
    data: Data,
    schedule: Schedule,
    rng: np.random.Generator,
    report: Callable[[Progress], None] = lambda _: None,
) -> Trained:
    """Train from a network's weights; Ctrl-C ends it early with the best so far."""
    theta = Theta(start)
    adam = Adam(theta.vector, schedule.clip)
    mean = Theta(start) if schedule.average else theta
    best, best_loss = theta.vector.copy(), held_out(theta.parts, data.validation)
    kept: list[tuple[int, Vector]] = [(0, best)]
    every = max(1, schedule.steps // schedule.looks)
    keep_at = _spread(schedule)
    begun, smooth, finished = perf_counter(), float("nan"), False
    try:
        for step, batch in zip(range(1, schedule.steps + 1), data.batches(rng), strict=False):
            loss, gradient = loss_and_gradient(theta, batch, dropped(theta, batch, schedule.dropout, rng))
            rate = schedule.at(step)
            theta.vector *= 1 - rate * schedule.decay  # apart from Adam: Loshchilov & Hutter (2019)
            adam.step(gradient, rate)
            if schedule.average:
                mean.vector += (1 - schedule.average) * (theta.vector - mean.vector)
            smooth = loss if np.isnan(smooth) else 0.98 * smooth + 0.02 * loss
            if step % every == 0 or step == schedule.steps:
                now = held_out(mean.parts, data.validation)
                if now < best_loss:
                    best, best_loss = mean.vector.copy(), now
            if step in keep_at:
                kept.append((step, mean.vector.copy()))
            if step % max(1, every // 10) == 0 or step == schedule.steps:
                seconds = perf_counter() - begun
                left = seconds / step * (schedule.steps - step)
                report(Progress(step, schedule.steps, smooth, best_loss, seconds, left))
        finished = True
    except KeyboardInterrupt:
        pass
    seconds = perf_counter() - begun
    network = _network(theta, best)
    checkpoints = [(step, _network(theta, vector)) for step, vector in kept] if schedule.checkpoints else []
    return Trained(network, best_loss, tuple(checkpoints), seconds, finished)


def dropped(theta: Theta, batch: Batch, share: float, rng: np.random.Generator) -> Array:
    """What the top h is multiplied by: 0 for a random share of each sequence's units, more for the rest."""
    assert theta.parts.readout is not None
    if not share:
        return WHOLE
    kept = rng.random((len(batch.lengths), len(theta.parts.readout.W))) >= share
    return (kept / (1 - share)).astype("float32")


def loss_and_gradient(theta: Theta, batch: Batch, kept: Array = WHOLE) -> tuple[float, Vector]:
    """The loss of a batch, and its gradient as a vector like theta's."""
    parts = theta.parts
    assert parts.readout is not None
    passes = forward(parts, batch.rows, batch.lengths, kept)
    loss, slope = LOSSES[parts.readout.kind](passes.output, batch.truth, batch.counts)
    found = backward(parts, passes, slope)
    return loss, np.concatenate([found[name].ravel() for name in theta.shapes])


def held_out(parts: Network | Parts, batches: Sequence[Batch]) -> float:
    """The loss over batches, each step that counts weighing the same."""
    assert parts.readout is not None
    total = weight = 0.0
    for batch in batches:
        output = forward(parts, batch.rows, batch.lengths).output
        counts = float(batch.counts.sum())
        total += LOSSES[parts.readout.kind](output, batch.truth, batch.counts)[0] * counts
        weight += counts
    return total / weight


def _spread(schedule: Schedule) -> set[int]:
    """The steps after which weights are kept: dense early, when the most changes."""
    if not schedule.checkpoints:
        return set()
    shares = np.linspace(0, 1, schedule.checkpoints) ** 2
    return {max(1, round(float(share) * schedule.steps)) for share in shares[1:]}


def _network(theta: Theta, vector: Vector) -> Network:
    kind = theta.parts.readout.kind if theta.parts.readout is not None else "linear"
    return network_of_parts(parts_of(theta.parts.cell, theta.views(vector), kind), "float32")
