"""What the passes over time have in common, forwards and backwards.

They take and give (time, *batch, unit) and keep it as (time, unit, batch): one product a step then gives all
gates, each in one piece, and what follows is three times as fast as on every fourth stretch of a row.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Blocks, Columns, Matrix, Steps, Vector

LINE = 64  # bytes that a processor fetches at once


class Gradients(NamedTuple):
    """∂L of everything that a pass was given: named blocks, the inputs (time, *batch, feature), the states.

    Blocks are summed over time and batch; `states` are in the order in which the cell takes them.
    """

    W: Blocks
    U: Blocks
    b: Blocks
    inputs: Steps
    states: tuple[Array, ...]


def room(shape: tuple[int, ...], dtype: np.dtype[np.floating]) -> Array:
    """Room for numbers that begins with a line of the processor's cache.

    NumPy begins anywhere, and a product with a matrix that straddles lines takes up to 1.7 times as long
    (128 × 512 in float64, OpenBLAS 0.3.31 on AVX-512).
    """
    size = prod(shape) * dtype.itemsize
    numbers = np.empty(size + LINE, np.uint8)
    start = -numbers.ctypes.data % LINE
    found: Array = numbers[start : start + size].view(dtype).reshape(shape)
    return found


def inside(steps: Steps) -> Columns:
    """(time, *batch, unit) → (time, unit, batch); a view of what came from `outside`."""
    return steps.reshape(len(steps), prod(steps.shape[1:-1]), steps.shape[-1]).swapaxes(1, 2)


def outside(columns: Columns, inputs: Steps) -> Steps:
    """(time, unit, batch) → (time, *batch, unit), the batch being that of the inputs; a view."""
    time, unit, _ = columns.shape
    return np.moveaxis(columns.reshape(time, unit, *inputs.shape[1:-1]), 1, -1)


def stacked(blocks: Blocks) -> Array:
    """The blocks turned, below each other: (column, row), of biases (column,)."""
    columns = sum(block.shape[-1] for block in blocks)
    turned = room((columns, *blocks[0].shape[:-1]), blocks[0].dtype)
    return np.concatenate([block.T for block in blocks], out=turned)


def side_by_side(blocks: Blocks) -> Matrix:
    """The blocks next to each other: takes ∂L of the sums back to what was multiplied; (row, column)."""
    columns = sum(block.shape[-1] for block in blocks)
    return np.concatenate(blocks, axis=-1, out=room((len(blocks[0]), columns), blocks[0].dtype))


def apart(together: Array, blocks: int, axis: int = -1) -> list[Array]:
    """The blocks that stand side by side, as views."""
    return np.split(together, blocks, axis)


def input_sums(inputs: Steps, W: Matrix, b: Vector) -> Columns:
    """What the inputs of all steps add to the gates: (time, column, batch)."""
    sums = times(W, inside(inputs))
    sums += b[:, None]
    return sums


def times(matrix: Matrix, columns: Columns) -> Columns:
    """matrix (column, row) @ columns (time, row, batch); of one sequence in a single product."""
    time, _, batch = columns.shape
    product = room((time, len(matrix), batch), np.result_type(matrix, columns))
    if batch == 1:
        np.dot(columns[..., 0], matrix.T, product[..., 0])
    else:
        np.matmul(matrix, columns, product)
    return product


def states(initial: Array, inputs: Steps, U: Matrix) -> Columns:
    """Room for a state before and after every step, the first filled: (time + 1, unit, batch)."""
    rows = room((len(inputs) + 1, len(U), prod(inputs.shape[1:-1])), U.dtype)
    rows[0] = initial.reshape(-1, len(U)).T
    return rows


def before(initial: Array, state: Columns) -> Columns:
    """The state that each step was given: (time, unit, batch)."""
    given = np.empty_like(state)
    given[:1], given[1:] = initial.reshape(-1, state.shape[1]).T, state[:-1]
    return given


def flat(columns: Columns) -> Matrix:
    """(time, unit, batch) → (unit, time · batch), over which weights and biases add up what they receive."""
    time, unit, batch = columns.shape
    return columns.swapaxes(0, 1).reshape(unit, time * batch)


def products(read: Matrix, da: Matrix) -> Matrix:
    """∂L of weights that were multiplied with `read`, from ∂L of the sums, both flat: (read, column)."""
    product: Matrix = read @ da.T
    return product


def totals(da: Matrix) -> Vector:
    """∂L of a bias, from ∂L of the sums, flat."""
    total: Vector = da @ np.ones(da.shape[1], da.dtype)  # a quarter of the time of a sum
    return total
