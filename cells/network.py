"""A network of recurrent layers: stacked, bidirectional, with an embedding before and a readout after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Matrix, Steps, owned, read_only
from cells.cell import named
from cells.checks import DTYPES, check_initial, check_inputs, check_keep, check_weights
from cells.chunks import NONE, averaged, traced
from cells.edits import Edit, Editing, Means, check_edits
from cells.layers import READOUTS, Layer, LayerRun, LayerState, Readout, directions_of
from cells.trace import State, Trace
from cells.weights import INITIALISATIONS, Weights

# What reads a direction of a layer: (depth, "forward" or "backward", weights, rows, initial state) → its h
OneDirection: TypeAlias = Callable[[int, str, Weights, Matrix, State], Steps]


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
            object.__setattr__(self, "embedding", owned(self.embedding, dtype))
        if self.readout is not None:
            W, b, kind = self.readout
            object.__setattr__(self, "readout", Readout(owned(W, dtype), owned(b, dtype), kind))

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
        arrays = [
            array for _, _, weights in directions_of(self.layers) for blocks in weights for array in blocks
        ]
        extra = [self.embedding] if self.embedding is not None else []
        readout = [self.readout.W, self.readout.b] if self.readout is not None else []
        return sum(array.size for array in (*arrays, *extra, *readout))

    def run(
        self,
        inputs: ArrayLike,
        initial: Sequence[LayerState] | None = None,
        keep: tuple[int, int] | None = None,
        report: Callable[[float], None] | None = None,
        edits: Sequence[Edit] = (),
    ) -> Run:
        """All that the network computes on inputs (time, feature), with an embedding whole numbers.

        Whole numbers (time,) are rows of the embedding; (time, k) are k rows a step, added up.
        `initial` holds a LayerState for each layer, zeros if left out. Of a very long input, `keep` =
        (start, stop) holds on to these steps alone. `report` is told which fraction of the work is done.
        `edits` hold gates and states at other values; what reads them reads those.
        """
        rows = check_inputs(inputs, self.features, self.dtype, self.embedding)
        states = check_initial(
            self.cell, self.layers, self._zeros() if initial is None else initial, self.dtype
        )
        kept = check_keep(keep, len(rows))
        editing = self._editing(check_edits(edits, self.cell, self.layers, len(rows)), rows, states)
        passes = sum(weights is not None for layer in self.layers for weights in layer)
        tell = _progress(report, passes * len(rows))
        found: dict[tuple[int, str], Trace] = {}

        def trace(depth: int, way: str, weights: Weights, read: Matrix, state: State) -> Steps:
            top, own = depth == len(self.layers) - 1, editing.get((depth, way), NONE)
            found[depth, way], hidden = traced(
                self.cell, weights, read, state, way == "backward", kept, top, tell, own
            )
            return hidden

        self._through(rows, states, trace)
        runs = tuple(
            LayerRun(found[depth, "forward"], found.get((depth, "backward")))
            for depth in range(len(self.layers))
        )
        return Run(runs, None if self.readout is None else read_only(self.readout(shown(runs[-1]))))

    def _through(self, rows: Matrix, states: Sequence[LayerState], one: OneDirection) -> None:
        """Layer by layer from the bottom, each reading what `one` gives for both directions of that below."""
        for depth, (layer, state) in enumerate(zip(self.layers, states, strict=True)):
            hidden = [
                one(depth, way, weights, rows, initial)
                for way, weights, initial in zip(Layer._fields, layer, state, strict=True)
                if weights is not None and initial is not None
            ]
            rows = np.concatenate(hidden, axis=-1)

    def means(self, inputs: ArrayLike) -> dict[tuple[int, str], Means]:
        """Each symbol's mean over all steps, as "mean" puts it there; by depth, from 0, and direction."""
        rows = check_inputs(inputs, self.features, self.dtype, self.embedding)
        return self._means(rows, self._zeros())

    def _means(self, rows: Matrix, states: Sequence[LayerState]) -> dict[tuple[int, str], Means]:
        found: dict[tuple[int, str], Means] = {}

        def mean(depth: int, way: str, weights: Weights, read: Matrix, state: State) -> Steps:
            found[depth, way], hidden = averaged(self.cell, weights, read, state, way == "backward")
            return hidden

        self._through(rows, states, mean)
        return found

    def _editing(
        self, edits: Sequence[Edit], rows: Matrix, states: Sequence[LayerState]
    ) -> dict[tuple[int, str], Editing]:
        """The edits of each direction that has any; where one wants means, with those of an unedited pass."""
        means = self._means(rows, states) if any(edit.how == "mean" for edit in edits) else {}
        found: dict[tuple[int, str], Editing] = {}
        for edit in edits:
            place = edit.layer - 1, edit.direction
            before = found.get(place, Editing((), means.get(place, {})))
            found[place] = before._replace(edits=(*before.edits, edit))
        return found

    def _zeros(self) -> tuple[LayerState, ...]:
        def zeros(weights: Weights) -> State:
            return {state: np.zeros(len(weights.U[0]), self.dtype) for state in named(self.cell).states}

        return tuple(
            LayerState(zeros(layer.forward), layer.backward and zeros(layer.backward))
            for layer in self.layers
        )


def shown(run: LayerRun) -> Steps:
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
