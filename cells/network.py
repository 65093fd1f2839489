"""A network of recurrent layers: stacked, bidirectional, with an embedding before and a readout after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Array, Matrix, Steps, Vector, read_only
from cells.cell import named
from cells.checks import DTYPES, check_initial, check_inputs, check_keep, check_weights
from cells.chunks import traced
from cells.functions import sigmoid, softmax
from cells.trace import State, Trace
from cells.weights import INITIALISATIONS, Weights

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


def sides(layers: Sequence[Layer]) -> Iterator[tuple[int, str, Weights]]:
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


@dataclass(frozen=True, eq=False)
class Run:
    """One pass of a network over a sequence: a LayerRun for each layer, and the readout's output, if any."""

    layers: tuple[LayerRun, ...]
    output: Steps | None = None

    @property
    def final(self) -> tuple[LayerState, ...]:
        """The states after the last step: `network.run(rest, initial=run.final)` goes on from here."""
        return tuple(
            LayerState(layer.forward.final, layer.backward.final if layer.backward else None)
            for layer in self.layers
        )


@dataclass(frozen=True, eq=False)
class Network:
    """Layers of one cell; with an embedding (vocabulary, feature) the inputs are whole numbers."""

    cell: str
    layers: tuple[Layer, ...]
    embedding: Matrix | None = None
    readout: Readout | None = None

    def __post_init__(self) -> None:
        check_weights(self.cell, self.layers, self.embedding, self.readout)
        if self.readout is not None and self.readout.kind not in READOUTS:
            raise ValueError(
                f"there is no readout {self.readout.kind!r}; choose one of {', '.join(READOUTS)}"
            )
        dtype = self.layers[0].forward.U[0].dtype
        object.__setattr__(self, "layers", tuple(layer.astype(dtype) for layer in self.layers))
        if self.embedding is not None:
            object.__setattr__(self, "embedding", _owned(self.embedding, dtype))
        if self.readout is not None:
            W, b, kind = self.readout
            object.__setattr__(self, "readout", Readout(_owned(W, dtype), _owned(b, dtype), kind))

    @classmethod
    def random(
        cls,
        cell: str,
        features: int,
        units: int,
        layers: int = 1,
        bidirectional: bool = False,
        seed: int = 0,
        dtype: str = "float64",
        initialisation: str = "uniform",
        **settings: float,
    ) -> Network:
        """An untrained network; `settings` go to the initialisation: `value` or `T_max`."""
        kind = named(cell)
        if initialisation not in INITIALISATIONS:
            known = ", ".join(INITIALISATIONS)
            raise ValueError(f"there is no initialisation {initialisation!r}; choose one of {known}")
        for name, number in (("features", features), ("units", units), ("layers", layers)):
            if number < 1:
                raise ValueError(f"{name} is {number}; it must be 1 or more")
        draw, rng = INITIALISATIONS[initialisation], np.random.default_rng(seed)
        drawn, width = [], features
        for _ in range(layers):
            forward = draw(kind, width, units, rng, **settings)
            drawn.append(Layer(forward, draw(kind, width, units, rng, **settings) if bidirectional else None))
            width = 2 * units if bidirectional else units
        return cls(cell, tuple(drawn)).astype(dtype)

    def astype(self, dtype: str) -> Network:
        """The same network with its numbers in float64 or float32."""
        if dtype not in DTYPES:
            raise ValueError(f"dtype is {dtype!r}; choose one of {', '.join(DTYPES)}")
        return replace(self, layers=tuple(layer.astype(np.dtype(dtype)) for layer in self.layers))

    @property
    def dtype(self) -> str:
        """The type of every number that the network computes."""
        return self.layers[0].forward.U[0].dtype.name

    @property
    def features(self) -> int:
        """How many numbers the first layer reads at a step."""
        return len(self.layers[0].forward.W[0])

    @property
    def parameters(self) -> int:
        """How many numbers training could change; gates have one bias, not the two of PyTorch's files."""
        arrays = [array for _, _, weights in sides(self.layers) for blocks in weights for array in blocks]
        extra = [self.embedding] if self.embedding is not None else []
        readout = [self.readout.W, self.readout.b] if self.readout is not None else []
        return sum(array.size for array in (*arrays, *extra, *readout))

    def run(
        self,
        inputs: ArrayLike,
        initial: Sequence[LayerState] | None = None,
        keep: tuple[int, int] | None = None,
        report: Callable[[float], None] | None = None,
    ) -> Run:
        """All that the network computes on inputs (time, feature), with an embedding whole numbers.

        Whole numbers (time,) are rows of the embedding; (time, k) are k rows a step, added up.
        `initial` holds a LayerState for each layer, zeros if left out. Of a very long input, `keep` =
        (start, stop) holds on to these steps alone. `report` is told which fraction of the work is done.
        """
        rows = check_inputs(inputs, self.features, self.dtype, self.embedding)
        states = check_initial(
            self.cell, self.layers, self._zeros() if initial is None else initial, self.dtype
        )
        kept = check_keep(keep, len(rows))
        passes = sum(weights is not None for layer in self.layers for weights in layer)
        tell = _progress(report, passes * len(rows))
        runs = []
        for depth, (layer, state) in enumerate(zip(self.layers, states, strict=True)):
            top = depth == len(self.layers) - 1
            trace, hidden = traced(self.cell, layer.forward, rows, state.forward, False, kept, top, tell)
            if layer.backward is None or state.backward is None:
                runs.append(LayerRun(trace))
                rows = hidden
            else:
                back, behind = traced(self.cell, layer.backward, rows, state.backward, True, kept, top, tell)
                runs.append(LayerRun(trace, back))
                rows = np.concatenate((hidden, behind), axis=-1)
        return Run(tuple(runs), None if self.readout is None else read_only(self.readout(_shown(runs[-1]))))

    def _zeros(self) -> tuple[LayerState, ...]:
        def zeros(weights: Weights) -> State:
            return {state: np.zeros(len(weights.U[0]), self.dtype) for state in named(self.cell).states}

        return tuple(
            LayerState(zeros(layer.forward), layer.backward and zeros(layer.backward))
            for layer in self.layers
        )


def _shown(run: LayerRun) -> Steps:
    """What a layer hands to the next or the readout: h of both directions, side by side."""
    h = [trace["h"] for trace in run if trace is not None]
    return np.concatenate(h, axis=-1)


def _progress(report: Callable[[float], None] | None, work: int) -> Callable[[int], None]:
    """Counts steps and tells which fraction of the work they are."""
    done = 0

    def tell(steps: int) -> None:
        nonlocal done
        done += steps
        if report is not None:
            report(done / work)

    return tell


def _owned_weights(weights: Weights, dtype: np.dtype) -> Weights:
    return Weights(*(type(blocks)(*(_owned(array, dtype) for array in blocks)) for blocks in weights))


def _owned(array: Array, dtype: np.dtype) -> Array:
    """A read-only copy that nobody else holds."""
    return read_only(np.array(array, dtype))
