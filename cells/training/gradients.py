"""The loss of batches, and its gradient by backpropagation through time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cells.arrays import Array, Vector
from cells.bptt import WHOLE, backward, forward
from cells.network import Network
from cells.parameters import Parts, Theta
from cells.training.batches import Batch
from cells.training.losses import LOSSES


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
