"""What must be true of numbers that come from outside; every ValueError says what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Integers, Matrix, Vector
from cells.cell import named
from cells.layers import Layer, LayerState, Readout
from cells.trace import State
from cells.weights import Weights

DTYPES = ("float64", "float32")


def check_weights(
    cell: str, layers: Sequence[Layer], embedding: Matrix | None, readout: Readout | None
) -> None:
    """Every block is there and has the shape that its place asks for."""
    if not layers:
        raise ValueError("a network needs at least one layer")
    dtype = layers[0].forward.U[0].dtype.name
    if dtype not in DTYPES:
        raise ValueError(f"weights are {dtype}; change them to {' or '.join(DTYPES)} first")
    features = len(layers[0].forward.W[0]) if embedding is None else embedding.shape[1]
    for depth, layer in enumerate(layers):
        for direction, weights in zip(layer._fields, layer, strict=True):
            if weights is not None:
                _check_direction(cell, weights, features, f"layer {depth + 1} {direction}")
        if (layer.backward is None) != (layers[0].backward is None):
            raise ValueError(f"layer {depth + 1}: all layers must be bidirectional, or none")
        features = sum(len(weights.U[0]) for weights in layer if weights is not None)
    if readout is not None and (readout.W.shape[0] != features or readout.b.shape != readout.W.shape[1:]):
        raise ValueError(
            f"readout: W {readout.W.shape} and b {readout.b.shape} must be ({features}, output) and (output,)"
        )


def _check_direction(cell: str, weights: Weights, features: int, place: str) -> None:
    kind = named(cell)
    units = len(weights.U[0])
    shapes = ((features, units), (units, units), (units,))
    types = (kind.Blocks, kind.Blocks, kind.Biases)
    for name, blocks, expected, shape in zip(weights._fields, weights, types, shapes, strict=True):
        if type(blocks) is not expected:
            wanted = ", ".join(kind.biases if name == "b" else kind.blocks)
            raise ValueError(
                f"{place}: {name} must be the {cell}'s {expected.__name__}({wanted}), not {blocks!r:.60}"
            )
        for gate, block in zip(kind.biases if name == "b" else kind.blocks, blocks, strict=True):
            if block.shape != shape:
                raise ValueError(f"{place}: {name}.{gate} is {block.shape}, it must be {shape}")
            if not np.isfinite(block).all():
                raise ValueError(f"{place}: {name}.{gate} holds NaN or infinity; load or draw it again")


def check_inputs(inputs: ArrayLike, features: int, dtype: str, embedding: Matrix | None) -> Matrix:
    """What the first layer reads, as a copy of its own: (time, feature)."""
    try:
        given = np.asarray(inputs)
    except ValueError as error:
        raise ValueError(f"inputs must be one array of numbers, all rows of one length ({error})") from None
    wanted = f"(time, {features}) numbers" if embedding is None else "(time,) or (time, k) whole numbers"
    if given.dtype.kind not in ("biuf" if embedding is None else "iu"):
        raise ValueError(f"inputs are {given.dtype}; this network reads {wanted}")
    fits = given.ndim in (1, 2) if embedding is not None else given.ndim == 2 and given.shape[1] == features
    if not fits:
        raise ValueError(f"inputs are {given.shape}; this network reads {wanted}")
    if len(given) == 0:
        raise ValueError(f"inputs have no steps; give at least one row of {wanted}")
    if embedding is not None:
        return _looked_up(given, embedding)
    with np.errstate(over="ignore"):
        rows: Matrix = np.array(given, dtype)
    finite = np.isfinite(rows)
    if not finite.all():
        bad = np.argmin(finite.all(axis=1))
        raise ValueError(f"inputs hold NaN or infinity at step {bad}; replace it with a number ({dtype})")
    return rows


def _looked_up(given: Integers, embedding: Matrix) -> Matrix:
    """The rows that each step names, added up where it names several."""
    bad = np.argwhere((given < 0) | (given >= len(embedding)))
    if bad.size:
        last, wrong = len(embedding) - 1, given[tuple(bad[0])]
        raise ValueError(f"input {wrong} at step {bad[0][0]} must be 0..{last}, a row of the embedding")
    rows: Matrix = embedding[given]
    return rows if given.ndim == 1 else rows.sum(axis=1)


def check_initial(
    cell: str, layers: Sequence[Layer], initial: Sequence[LayerState], dtype: str
) -> tuple[LayerState, ...]:
    """The initial states as the network's own copy, one for each direction of each layer."""
    if len(initial) != len(layers):
        raise ValueError(f"initial holds {len(initial)} states; give one for each of {len(layers)} layers")
    checked = []
    for depth, (layer, given) in enumerate(zip(layers, initial, strict=True)):
        place = f"initial state of layer {depth + 1}"
        if (layer.backward is None) != (given.backward is None):
            fault = "needs a backward state too" if layer.backward else "must have no backward state"
            raise ValueError(f"{place} {fault}")
        forward = _check_state(cell, given.forward, layer.forward, dtype, f"{place} forward")
        if layer.backward is None or given.backward is None:
            checked.append(given._replace(forward=forward))
        else:
            backward = _check_state(cell, given.backward, layer.backward, dtype, f"{place} backward")
            checked.append(given._replace(forward=forward, backward=backward))
    return tuple(checked)


def _check_state(cell: str, given: State, weights: Weights, dtype: str, place: str) -> State:
    symbols, shape = named(cell).states, weights.U[0].shape[1:]
    if set(given) != set(symbols):
        raise ValueError(f"{place} has {', '.join(given)}; the {cell} hands on {', '.join(symbols)}")
    state: dict[str, Vector] = {symbol: np.array(given[symbol], dtype) for symbol in symbols}
    for symbol, row in state.items():
        if row.shape != shape:
            raise ValueError(f"{place}: {symbol} is {row.shape}, it must be {shape}")
        if not np.isfinite(row).all():
            raise ValueError(f"{place}: {symbol} holds NaN or infinity; replace it with a number")
    return state


def check_keep(keep: tuple[int, int] | None, steps: int) -> tuple[int, int]:
    """The steps to hold on to: all, or a window that lies inside the input."""
    start, stop = (0, steps) if keep is None else keep
    if not 0 <= start < stop <= steps:
        raise ValueError(f"keep is ({start}, {stop}); it must be start < stop within 0..{steps}")
    return start, stop
