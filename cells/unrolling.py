"""What the passes over time have in common, forwards and backwards."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Blocks, Matrix, Steps

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


def side_by_side(blocks: Blocks, scales: Iterable[float]) -> Matrix:
    """The blocks as one array, next to each other along the last axis, each times its scale."""
    scaled: list[Array] = [block * scale for block, scale in zip(blocks, scales, strict=True)]
    columns = sum(block.shape[-1] for block in blocks)
    return np.concatenate(scaled, axis=-1, out=room((*blocks[0].shape[:-1], columns), blocks[0].dtype))


def apart(together: Array, blocks: int) -> list[Array]:
    """The blocks that stand side by side, as views."""
    return np.split(together, blocks, axis=-1)


def input_sums(inputs: Steps, W: Matrix, b: Array) -> Steps:
    """What the inputs of all steps add to the gates, in one product: (time, *batch, column)."""
    sums = times(inputs, W)
    sums += b
    return sums


def times(steps: Steps, matrix: Matrix) -> Steps:
    """steps (time, *batch, row) @ matrix (row, column) as one flat product: with batches NumPy makes many."""
    product = room((*steps.shape[:-1], matrix.shape[-1]), np.result_type(steps, matrix))
    np.dot(steps.reshape(-1, steps.shape[-1]), matrix, product.reshape(-1, matrix.shape[-1]))
    return product


def states(initial: Array, inputs: Steps, U: Matrix) -> Steps:
    """Room for a state before and after every step, the first row filled: (time + 1, *batch, unit)."""
    rows = room((len(inputs) + 1, *inputs.shape[1:-1], len(U)), U.dtype)
    rows[0] = initial
    return rows


def before(initial: Array, state: Steps) -> Steps:
    """The state that each step was given: (time, *batch, unit)."""
    return np.concatenate((np.broadcast_to(initial, state.shape[1:])[None], state[:-1]))


def products(read: Steps, da: Steps) -> Matrix:
    """∂L of weights that were multiplied with `read`, from ∂L of the sums: (read, column)."""
    product: Matrix = read.reshape(-1, read.shape[-1]).T @ da.reshape(-1, da.shape[-1])
    return product


def totals(da: Steps) -> Array:
    """∂L of a bias: over time and batch."""
    total: Array = np.add.reduce(da.reshape(-1, da.shape[-1]))
    return total


def transposed(blocks: Blocks) -> Matrix:
    """The blocks side by side, transposed: what takes ∂L of the sums back to what was multiplied."""
    rows = sum(block.shape[-1] for block in blocks)
    turned = room((rows, len(blocks[0])), blocks[0].dtype)
    np.concatenate([block.T for block in blocks], out=turned)
    return turned
