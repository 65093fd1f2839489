"""Edits: a gate, a candidate or a state of a network held at another value, and all that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

import numpy as np

from cells.arrays import Array, Steps, Vector
from cells.cell import named
from cells.equations import equations
from cells.expression import evaluate
from cells.layers import Layer
from cells.trace import State
from cells.weights import Weights

MOST = 64  # edits of a run
Means: TypeAlias = Mapping[str, Vector]  # {"f": (unit,), …}: over all steps of the unedited run

# What a row becomes: (as it was computed, its mean over the text, the edit's value), over the edit's units.
HOW: Mapping[str, Callable[[Array, Array, Array], Array]] = {
    "set": lambda _computed, _mean, value: value,
    "add": lambda computed, _mean, value: computed + value,
    "scale": lambda computed, _mean, value: computed * value,
    "mean": lambda _computed, mean, _value: mean,
}


@dataclass(frozen=True)
class Edit:
    """After the row of `symbol` is computed at a step, its value is replaced, before the next row reads it.

    `units` are columns of the trace, `steps` the first and the last edited row, counted from 0 in input
    order; units None are all, a last step None is the input's end, steps None are all. `layer` counts from 1.
    "set" puts `value` there, "add" and "scale" change what was computed by it, "mean" puts there what the
    unit has on average over this input in the unedited network. `value` is one number, or one for each of
    the units: the state of another run, say. Of edits that meet, the last is in force.
    Only values are edited: backpropagation, Jacobians, provenance and all else that is computed from a trace
    take each of its numbers for what its row computed.
    """

    symbol: str
    units: tuple[int, ...] | None = None
    steps: tuple[int, int | None] | None = None
    how: str = "set"
    value: float | tuple[float, ...] = 0.0
    layer: int = 1
    direction: str = "forward"

    def covers(self, t: int) -> bool:
        """Whether the edit is in force at a step."""
        first, last = self.steps or (0, None)
        return first <= t and (last is None or t <= last)

    def of(self, computed: Array, mean: Array) -> Array:
        """What its units become: of what was computed (*batch, unit), and of the mean."""
        return HOW[self.how](computed, mean, np.asarray(self.value, computed.dtype))


def check_edits(edits: Sequence[Edit], cell: str, layers: Sequence[Layer], steps: int) -> tuple[Edit, ...]:
    """The edits, if a network of these layers has on so many steps all that they name; else ValueError."""
    if len(edits) > MOST:
        raise ValueError(f"{len(edits)} edits are too many; give at most {MOST}")
    for edit in edits:
        _check(edit, cell, layers, steps)
    return tuple(edits)


def check_lasting(edits: Sequence[Edit], cell: str, layers: Sequence[Layer]) -> tuple[Edit, ...]:
    """The edits, if they are the same for every sequence: at all steps, of values that no text decides."""
    for edit in edits:
        if edit.steps not in (None, (0, None)):
            raise ValueError(
                f"an edit of steps {edit.steps}: sequences of a batch differ in length; edit all steps"
            )
        if edit.how == "mean":
            raise ValueError("an edit's mean is another for each sequence of a batch; set means as its value")
    return check_edits(edits, cell, layers, 1)


def _check(edit: Edit, cell: str, layers: Sequence[Layer], steps: int) -> None:
    symbols = named(cell).symbols
    if edit.symbol not in symbols:
        raise ValueError(f"{cell} has no {edit.symbol!r} to edit; choose one of {', '.join(symbols)}")
    if edit.how not in HOW:
        raise ValueError(f"an edit can't {edit.how!r}; choose one of {', '.join(HOW)}")
    values = edit.value if isinstance(edit.value, tuple) else (edit.value,)
    if wrong_values := [value for value in values if not isfinite(value)]:
        raise ValueError(f"an edit of {edit.symbol} holds {wrong_values[0]}; replace it with a number")
    units = check_place("an edit", edit.layer, edit.direction, edit.units, layers)
    wide = units if edit.units is None else len(edit.units)
    if isinstance(edit.value, tuple) and len(edit.value) != wide:
        raise ValueError(
            f"an edit of {wide} units holds {len(edit.value)} values; give one for each, or one for all"
        )
    first, last = edit.steps or (0, None)
    if not 0 <= first <= (steps - 1 if last is None else last) < steps:
        raise ValueError(
            f"an edit of steps {first}..{last}: they must be first <= last within 0..{steps - 1}"
        )


def check_place(
    what: str, layer: int, direction: str, units: tuple[int, ...] | None, layers: Sequence[Layer]
) -> int:
    """How many units a direction of a layer has; ValueError where it, or one of `units`, is not there."""
    if not 1 <= layer <= len(layers):
        raise ValueError(f"{what} of layer {layer}: layers count from 1, and this network has {len(layers)}")
    weights = layers[layer - 1]._asdict().get(direction)
    if weights is None:
        raise ValueError(f"{what} of direction {direction!r}: this network has no such direction")
    last = len(weights.U[0]) - 1
    if wrong := [unit for unit in units or () if not 0 <= unit <= last]:
        raise ValueError(f"{what} of unit {wrong[0]}: units are 0..{last} here")
    return last + 1


class Editing(NamedTuple):
    """The edits of one direction of a layer, and the means that "mean" puts there."""

    edits: tuple[Edit, ...] = ()
    means: Means = MappingProxyType({})

    def edited(self, times: Sequence[int]) -> list[int]:
        """The places among these steps at which an edit is in force."""
        if not self.edits:
            return []
        return [place for place, t in enumerate(times) if any(edit.covers(t) for edit in self.edits)]

    def step(self, cell: str, weights: Weights, x: Array, state: State, t: int) -> dict[str, Array]:
        """All symbols at step t, from the rows themselves, each replaced before the next reads it."""
        values: dict[str, Array] = {"x": x, **{f"{name}_prev": row for name, row in state.items()}}
        computed = {}
        for row in equations(cell):
            symbol = row.symbol
            came_out = evaluate(row.expression, values, weights).astype(weights.U[0].dtype)
            values[symbol] = computed[symbol] = self._replaced(symbol, came_out, t)
        return computed

    def _replaced(self, symbol: str, computed: Array, t: int) -> Array:
        result = computed.copy()
        for edit in self.edits:
            if edit.symbol == symbol and edit.covers(t):
                units = slice(None) if edit.units is None else list(edit.units)
                mean = self.means[symbol] if edit.how == "mean" else computed
                result[..., units] = edit.of(computed[..., units], mean[..., units])
        return result


def unrolled(
    cell: str, weights: Weights, inputs: Steps, state: State, editing: Editing, times: Sequence[int]
) -> dict[str, Steps]:
    """All steps of inputs (time, *batch, feature) in the order in which they are read; `times` are their rows
    in the whole input. Fused where no edit falls: up to the first edit bit for bit what the unedited pass
    computes.
    """
    kind = named(cell)

    def fused(start: int, stop: int, state: State) -> dict[str, Steps]:
        arrays = kind.unroll(*weights, inputs[start:stop], *(state[name] for name in kind.states))
        return dict(zip(kind.symbols, arrays, strict=True))

    whole = fused(0, len(inputs), state)
    edited = editing.edited(times)
    if not edited:
        return whole
    result, done = {symbol: array.copy() for symbol, array in whole.items()}, edited[0]

    def carried() -> State:
        return {name: result[name][done - 1] for name in kind.states} if done else state

    for place in (*edited, len(inputs)):
        if place > done:
            for symbol, array in fused(done, place, carried()).items():
                result[symbol][done:place] = array
            done = place
        if place < len(inputs):
            for symbol, row in editing.step(cell, weights, inputs[place], carried(), times[place]).items():
                result[symbol][place] = row
            done = place + 1
    return result
