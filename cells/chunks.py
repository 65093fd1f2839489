"""A pass over a sequence of any length: in chunks that hand on the state, keeping only what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cells.arrays import Array, Matrix, Steps, Vector
from cells.cell import CELLS
from cells.edits import Editing, unrolled
from cells.trace import State, Trace
from cells.weights import Weights

CHUNK = 2_000  # steps
NONE = Editing()


def chunks(
    cell: str, weights: Weights, inputs: Matrix, initial: State, reverse: bool, editing: Editing
) -> Iterator[tuple[int, int, dict[str, Steps]]]:
    """The symbols of one chunk after the other, in the order in which time runs, as (start, stop, arrays)."""
    kind, steps = CELLS[cell], len(inputs)
    turn = slice(None, None, -1 if reverse else 1)
    state: State = initial
    for begin in range(0, steps, CHUNK):
        end = min(begin + CHUNK, steps)
        start, stop = (steps - end, steps - begin) if reverse else (begin, end)
        times = range(start, stop)[turn]
        own_time = unrolled(cell, weights, inputs[start:stop][turn], state, editing, times)
        state = {symbol: own_time[symbol][-1] for symbol in kind.states}
        yield start, stop, {symbol: array[turn] for symbol, array in own_time.items()}


def traced(
    cell: str,
    weights: Weights,
    inputs: Matrix,
    initial: State,
    reverse: bool,
    keep: tuple[int, int],
    top: bool,
    report: Callable[[int], None],
    editing: Editing = NONE,
) -> tuple[Trace, Steps]:
    """The trace of the steps `keep`, and h for the layer above: at all steps, or for the top layer none.

    `report` hears how many steps each chunk did.
    """
    first, last = keep
    hidden = np.empty((0 if top else len(inputs), len(weights.U[0])), weights.U[0].dtype)
    pieces: list[dict[str, Steps]] = []
    carried = initial
    for start, stop, arrays in chunks(cell, weights, inputs, initial, reverse, editing):
        if not top:
            hidden[start:stop] = arrays["h"]
        inside = slice(max(first - start, 0), max(last - start, 0))
        if start < last and stop > first:
            pieces.append({symbol: array[inside] for symbol, array in arrays.items()})
        edge = last if reverse else first - 1
        if start <= edge < stop:
            carried = {symbol: arrays[symbol][edge - start].copy() for symbol in initial}
        report(stop - start)
    if reverse:
        pieces.reverse()
    return Trace(cell, joined(pieces), inputs[first:last], carried, reverse), hidden


def averaged(
    cell: str, weights: Weights, inputs: Matrix, initial: State, reverse: bool
) -> tuple[dict[str, Vector], Steps]:
    """The mean of each symbol over all steps, and h at all of them."""
    hidden, sums = np.empty((len(inputs), len(weights.U[0])), weights.U[0].dtype), dict[str, Vector]()
    for start, stop, arrays in chunks(cell, weights, inputs, initial, reverse, NONE):
        hidden[start:stop] = arrays["h"]
        for symbol, array in arrays.items():
            sums[symbol] = sums.get(symbol, 0) + array.sum(axis=0, dtype=np.float64)
    return {symbol: total / len(inputs) for symbol, total in sums.items()}, hidden


def joined(pieces: list[dict[str, Array]]) -> dict[str, Array]:
    """The same symbols of neighbouring pieces, one after the other."""
    if len(pieces) == 1:
        return pieces[0]
    return {symbol: np.concatenate([piece[symbol] for piece in pieces]) for symbol in pieces[0]}
