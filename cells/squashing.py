"""What squashes the sums of a cell: each function with its slope, and as the passes over time apply it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np

from cells.arrays import Array
from cells.functions import hard_sigmoid_5, hard_sigmoid_6, relu, sigmoid, tanh

# As arrays without axes: NumPy is twice as fast with them as with Python floats.
HALF, ZERO, ONE = (
    {np.dtype(name): np.full((), number, name) for name in ("float32", "float64")} for number in (0.5, 0, 1)
)

Write: TypeAlias = Callable[[Array, Array], object]  # (sums, out)


class Slope(Protocol):
    """A function's derivative, from its value."""

    def __call__(self, g: Array, out: Array | None = None) -> Array:
        """∂value/∂sum where the value is g, in a new array or a given one."""


class Squash(NamedTuple):
    """One function, its slope, and between what its value lies; None is no bound.

    `write` takes the sums of a pass, spends them, and puts their value into an array.
    """

    value: Callable[[Array], Array]
    slope: Slope
    write: Write
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


def logistic(
    a: Array,
    out: Array,
    exp: np.ufunc = np.exp,
    add: np.ufunc = np.add,
    divide: np.ufunc = np.divide,
    subtract: np.ufunc = np.subtract,
) -> None:
    """sigmoid as 1 - 1 / (1 + exp(a)); what it calls are arguments because local names are quicker.

    exp takes half the time of tanh. Of great sums it is infinite and the sigmoid 1; of small ones the sigmoid
    is 0, where 1 / (1 + exp(-a)) would leave a trace.
    """
    one = ONE[out.dtype]
    exp(a, a)
    add(a, one, a)
    divide(one, a, a)
    subtract(one, a, out)


def cut(slope: float) -> Write:
    """The straight line through 1/2, cut off at 0 and at 1."""

    def line(a: Array, out: Array) -> None:
        np.multiply(a, np.asarray(slope, a.dtype), a)
        np.add(a, HALF[out.dtype], out)
        np.maximum(out, ZERO[out.dtype], out=out)
        np.minimum(out, ONE[out.dtype], out=out)

    return line


def cut_off(a: Array, out: Array) -> None:
    """relu of sums."""
    np.maximum(a, ZERO[out.dtype], out=out)


def of_sigmoid(g: Array, out: Array | None = None) -> Array:
    """g (1 - g)."""
    return np.multiply(g, np.subtract(1, g, out), out)


def of_tanh(g: Array, out: Array | None = None) -> Array:
    """1 - g²."""
    return np.subtract(1, np.multiply(g, g, out), out)


def rising(slope: float, top: float) -> Slope:
    """The slope of a line that is cut off at 0 and at its top."""

    def of_line(g: Array, out: Array | None = None) -> Array:
        return np.multiply((g > 0) & (g < top), np.asarray(slope, g.dtype), out)

    return of_line


SIGMOID = Squash(sigmoid, of_sigmoid, logistic, 0, 1)
HARD_SIGMOID_5 = Squash(hard_sigmoid_5, rising(1 / 5, 1), cut(1 / 5), 0, 1)
HARD_SIGMOID_6 = Squash(hard_sigmoid_6, rising(1 / 6, 1), cut(1 / 6), 0, 1)
TANH = Squash(tanh, of_tanh, np.tanh, -1, 1)
RELU = Squash(relu, rising(1, np.inf), cut_off, 0, None)

SQUASHES: Mapping[str, Squash] = {
    squash.name: squash for squash in (SIGMOID, HARD_SIGMOID_5, HARD_SIGMOID_6, TANH, RELU)
}
USUAL = Functions(SIGMOID, TANH)
