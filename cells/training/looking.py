"""A look at training: what a run has come to after so many updates, measured in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cells.arrays import Steps
from cells.bptt import Pass, forward
from cells.cell import named
from cells.network import Network
from cells.saturation import GATES, LEFT, RIGHT
from cells.shipped import Recorded
from cells.training.batches import Batch
from cells.training.losses import LOSSES
from cells.training.materials import Material
from cells.training.recipes import Recipe
from cells.training.schedule import spread
from cells.training.telling_unit import of_samples

LOOKS = 64


class Look(NamedTuple):
    """A run after `update` updates, with the network that it is then.

    `loss` is the running mean over batches and NaN before the first, `held_out` that of sequences held out;
    `length` the mean length of the gradients since the look before, unclipped. `scores` are those of the
    card, on fewer sequences; `saturated` is the share of gate values below 0.1 or above 0.9 on the
    sequences held out, None where no gate is; `unit`, from 1, goes closest with `tells`: Pearson's r.
    """

    update: int
    loss: float
    held_out: float
    scores: Mapping[str, float]
    length: float
    saturated: float | None
    unit: int
    tells: str
    r: float
    network: Network

    @property
    def recorded(self) -> Recorded:
        """What a card keeps of it."""
        return Recorded(self.update, self.scores, self.r)


def look_at(recipe: Recipe) -> tuple[int, ...]:
    """The updates after which a run is looked at: 0, dense early, the last."""
    return spread(recipe.schedule.steps, LOOKS)


def looked(
    update: int,
    network: Network,
    loss: float,
    length: float,
    material: Material,
    validation: Sequence[Batch],
) -> Look:
    """A look at a network on its way."""
    with np.errstate(over="ignore", invalid="ignore"):
        held_out, saturated = unseen(network, validation)
        scores, told = material.glance(network), of_samples(network, *material.watched())
    return Look(update, loss, held_out, scores, length, saturated, *told, network)


def unseen(network: Network, batches: Sequence[Batch]) -> tuple[float, float | None]:
    """Over sequences held out: the loss, and the share of all gate values that are saturated."""
    assert network.readout is not None
    losses, weights, saturated, values = [], [], 0, 0
    for batch in batches:
        passes = forward(network, batch.rows, batch.lengths)
        losses.append(LOSSES[network.readout.kind](passes.output, batch.truth, batch.counts)[0])
        weights.append(float(batch.counts.sum()))
        there = np.arange(len(batch.rows))[:, None] < batch.lengths
        for gate in _gates(network, passes.layers[0]):
            saturated += int((((gate < LEFT) | (gate > RIGHT)) & there[..., None]).sum())
            values += gate.shape[-1] * int(batch.lengths.sum())
    return float(np.average(losses, weights=weights)), saturated / values if values else None


def _gates(network: Network, layer: tuple[Pass, Pass | None]) -> Iterator[Steps]:
    """Every gate of both directions, each in its own time, where padding comes last."""
    for way in layer:
        if way is not None:
            computed = zip(named(network.cell).symbols, way.computed, strict=True)
            yield from (array for symbol, array in computed if symbol in GATES)
