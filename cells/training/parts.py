"""One update, and the same with its parts told: batch, loss, gradient, new weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Given, Vector
from cells.parameters import Theta
from cells.training.batches import Batch
from cells.training.materials import Material

HIDDEN = "·"  # a token that training hides


class Update(NamedTuple):
    """One update: its number, the batch's loss, the gradient's length before clipping, the learning rate."""

    update: int
    loss: float
    length: float
    rate: float


class Weight(NamedTuple):
    """One number of an array, its row and column from 0, and what an update does to it.

    `gradient` is as backpropagation gives it, before it is clipped.
    """

    array: str
    place: tuple[int, ...]
    before: float
    gradient: float
    change: float
    after: float


class Parts(NamedTuple):
    """An update with its parts: the batch's sequences as tokens, the lengths of gradient and change by array.

    The gradient is multiplied by `clipped` before it moves anything; `weight` is the one where it is largest.
    """

    update: int
    loss: float
    length: float
    rate: float
    sequences: tuple[tuple[str, ...], ...]
    clipped: float
    gradients: Mapping[str, float]
    changes: Mapping[str, float]
    weight: Weight


def told(
    update: Update, material: Material, batch: Batch, clip: float, theta: Theta, before: Vector, found: Vector
) -> Parts:
    """The parts of an update that moved theta from `before` by the gradient that was found."""
    change = theta.vector - before
    return Parts(
        *update,
        sequences(batch, material),
        min(1.0, clip / update.length) if update.length else 1.0,
        lengths(theta, found),
        lengths(theta, change),
        _largest(theta, before, found, change),
    )


def lengths(theta: Theta, vector: Vector) -> dict[str, float]:
    """The length of each array's part of a vector."""
    return {name: float(np.linalg.norm(array)) for name, array in theta.views(vector).items()}


def _largest(theta: Theta, before: Vector, found: Vector, change: Vector) -> Weight:
    at, began = int(np.abs(found).argmax()), 0
    for name, shape in theta.shapes.items():
        size = int(np.prod(shape))
        if at < began + size:
            place = tuple(int(index) for index in np.unravel_index(at - began, shape))
            numbers = (float(vector[at]) for vector in (before, found, change, theta.vector))
            return Weight(name, place, *numbers)
        began += size
    raise AssertionError("theta is as long as its arrays")


def sequences(batch: Batch, material: Material) -> tuple[tuple[str, ...], ...]:
    """The batch's sequences as a reader would type them, padding left out."""
    return tuple(
        tuple(_token(row, material) for row in batch.rows[:length, column])
        for column, length in enumerate(batch.lengths)
    )


def _token(row: Given, material: Material) -> str:
    if material.reads == "marked numbers":
        return f"{row[0]:.2f}{'*' * bool(row[1])}"
    if row.ndim == 0 or row.dtype.kind in "iu":  # places: of a word and its parts, the word's
        return material.vocabulary[int(row.flat[0])]
    return material.vocabulary[int(row.argmax())] if row.any() else HIDDEN
