"""A look at training: what a run has come to after so many updates, measured in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cells.bptt import forward
from cells.cell import named
from cells.network import Network
from cells.saturation import GATES, LEFT, RIGHT
from cells.shipped import Recorded
from cells.training.batches import Batch
from cells.training.gradients import held_out
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
        return Look(
            update,
            loss,
            held_out(network, validation),
            material.glance(network),
            length,
            saturated(network, validation[0]),
            *of_samples(network, *material.watched()),
            network,
        )


def saturated(network: Network, batch: Batch) -> float | None:
    """The share of all gate values, over both directions and all steps that are no padding."""
    there = np.arange(len(batch.rows))[:, None] < batch.lengths
    shares = []
    for way in forward(network, batch.rows, batch.lengths).layers[0]:
        if way is not None:
            gates = zip(named(network.cell).symbols, way.computed, strict=True)
            values = [gate[there] for symbol, gate in gates if symbol in GATES]
            shares += [float(((value < LEFT) | (value > RIGHT)).mean()) for value in values]
    return float(np.mean(shares)) if shares else None
