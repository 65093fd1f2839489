"""What squashes the sums of a cell: each function with its slope, and as the passes over time apply it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Array
from cells.functions import relu, sigmoid, tanh


class Squash(NamedTuple):
    """One function: `slope` is its derivative, from its value; `write` puts the value of sums into an array.

    `low` and `high` bound its values; None is no bound.
    """

    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    write: Callable[[Array, Array], object]
    low: float
    high: float | None

    @property
    def name(self) -> str:
        """As a step calls it."""
        return self.value.__name__


class Functions(NamedTuple):
    """What a cell's gates are squashed by, and what its candidate and its state are."""

    gate: Squash
    candidate: Squash


def relu_slope(g: Array) -> Array:
    """1 where relu lets its sum through, else 0."""
    slope: Array = (g > 0).astype(g.dtype)
    return slope


def relu_write(a: Array, out: Array) -> None:
    """relu of sums, without new room."""
    np.maximum(a, 0, out=out)


def sigmoid_write(a: Array, out: Array) -> None:
    """sigmoid of sums."""
    out[...] = sigmoid(a)


SIGMOID = Squash(sigmoid, lambda g: g * (1 - g), sigmoid_write, 0, 1)
TANH = Squash(tanh, lambda g: 1 - g * g, np.tanh, -1, 1)
RELU = Squash(relu, relu_slope, relu_write, 0, None)

SQUASHES: Mapping[str, Squash] = {squash.name: squash for squash in (SIGMOID, TANH, RELU)}
USUAL = Functions(SIGMOID, TANH)
