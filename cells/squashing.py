"""What squashes the sums of a cell: each function with its slope, and as the passes over time apply it.

sigmoid(a) = (1 + tanh(a / 2)) / 2, so with the gates' weights halved one tanh serves gates and candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Array
from cells.functions import hard_sigmoid_5, hard_sigmoid_6, relu, sigmoid, tanh

# As arrays without axes: NumPy is twice as fast with them as with Python floats.
HALF, ZERO, ONE = (
    {np.dtype(name): np.full((), number, name) for name in ("float32", "float64")} for number in (0.5, 0, 1)
)


class Squash(NamedTuple):
    """One function: `slope` is its derivative, from its value; `low` and `high` bound that, None is no bound.

    A pass multiplies the weights by `scale`, and `write` puts the value of such sums into an array.
    """

    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    scale: float
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

    def scales(self, gates: int) -> tuple[float, ...]:
        """What the weights of each block are multiplied by, the gates' first."""
        return (*(self.gate.scale,) * gates, self.candidate.scale)

    def together(self, sums: Array, gates: Array, candidate: Array) -> Callable[[], None]:
        """What squashes the sums of one step where they stand: `gates` and `candidate` are parts of them."""
        if self != USUAL:

            def each() -> None:
                self.gate.write(gates, gates)
                self.candidate.write(candidate, candidate)

            return each

        one_half, add, multiply, squash = HALF[sums.dtype], np.add, np.multiply, np.tanh

        def both() -> None:
            squash(sums, sums)
            multiply(gates, one_half, gates)
            add(gates, one_half, gates)

        return both


def half_tanh(
    a: Array, out: Array, squash: np.ufunc = np.tanh, multiply: np.ufunc = np.multiply, add: np.ufunc = np.add
) -> None:
    """sigmoid of halved sums; what it calls are arguments because local names are quicker."""
    one_half = HALF[out.dtype]
    squash(a, out)
    multiply(out, one_half, out)
    add(out, one_half, out)


def cut(a: Array, out: Array) -> None:
    """The straight line a + 1/2, cut off at 0 and at 1."""
    np.add(a, HALF[out.dtype], out)
    np.maximum(out, ZERO[out.dtype], out=out)
    np.minimum(out, ONE[out.dtype], out=out)


def cut_off(a: Array, out: Array) -> None:
    """relu of sums."""
    np.maximum(a, ZERO[out.dtype], out=out)


def rising(g: Array, slope: float, top: float) -> Array:
    """The slope of a line that is cut off at 0 and at its top, from its value."""
    return np.where((g > 0) & (g < top), np.asarray(slope, g.dtype), np.asarray(0, g.dtype))


SIGMOID = Squash(sigmoid, lambda g: g * (1 - g), 1 / 2, half_tanh, 0, 1)
HARD_SIGMOID_5 = Squash(hard_sigmoid_5, lambda g: rising(g, 1 / 5, 1), 1 / 5, cut, 0, 1)
HARD_SIGMOID_6 = Squash(hard_sigmoid_6, lambda g: rising(g, 1 / 6, 1), 1 / 6, cut, 0, 1)
TANH = Squash(tanh, lambda g: 1 - g * g, 1, np.tanh, -1, 1)
RELU = Squash(relu, lambda g: rising(g, 1, np.inf), 1, cut_off, 0, None)

SQUASHES: Mapping[str, Squash] = {
    squash.name: squash for squash in (SIGMOID, HARD_SIGMOID_5, HARD_SIGMOID_6, TANH, RELU)
}
USUAL = Functions(SIGMOID, TANH)
