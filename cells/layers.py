"""What a network is stacked of: layers and a readout, their states and what they compute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Matrix, Steps, Vector, owned
from cells.functions import sigmoid, softmax
from cells.trace import State, Trace
from cells.weights import Weights

READOUTS: Mapping[str, Callable[[Array], Array]] = {
    "linear": lambda a: a,
    "sigmoid": sigmoid,
    "softmax": softmax,
}


class Layer(NamedTuple):
    """One layer; `backward` reads the same input from its end, None in a layer of one direction."""

    forward: Weights
    backward: Weights | None = None

    def astype(self, dtype: np.dtype) -> Layer:
        """The same weights as read-only copies of one type."""
        return Layer(
            _owned_weights(self.forward, dtype), self.backward and _owned_weights(self.backward, dtype)
        )


def directions_of(layers: Sequence[Layer]) -> Iterator[tuple[int, str, Weights]]:
    """Every direction that there is, as (depth, "forward" or "backward", weights), from the bottom up."""
    for depth, layer in enumerate(layers):
        for direction, weights in zip(Layer._fields, layer, strict=True):
            if weights is not None:
                yield depth, direction, weights


class Readout(NamedTuple):
    """What is made of the top layer's h: W (unit, output), b (output,), kind linear, sigmoid or softmax."""

    W: Matrix
    b: Vector
    kind: str = "linear"

    def __call__(self, h: Steps) -> Steps:
        """The output at every step: (time, output)."""
        return READOUTS[self.kind](h @ self.W + self.b)


class LayerState(NamedTuple):
    """A layer's states before its first step, {"h": …, "c": …} for each direction."""

    forward: State
    backward: State | None = None


class LayerRun(NamedTuple):
    """What a layer computed, one trace for each direction; both in input order."""

    forward: Trace
    backward: Trace | None = None


def _owned_weights(weights: Weights, dtype: np.dtype) -> Weights:
    return Weights(*(type(blocks)(*(owned(array, dtype) for array in blocks)) for blocks in weights))
