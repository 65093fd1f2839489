"""What the passes over time have in common.

sigmoid(a) = (1 + tanh(a / 2)) / 2, so with the gates' weights halved one tanh serves gates and candidate.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cells.arrays import Array, Blocks, Matrix, Steps

GATE, CANDIDATE = 0.5, 1.0  # scale of a block's weights


def side_by_side(blocks: Blocks, scales: Iterable[float]) -> Matrix:
    """The blocks as one array, next to each other along the last axis, each times its scale."""
    scaled: list[Array] = [block * scale for block, scale in zip(blocks, scales, strict=True)]
    return np.concatenate(scaled, axis=-1)


def apart(together: Array, blocks: int) -> list[Array]:
    """The blocks that stand side by side, as views."""
    return np.split(together, blocks, axis=-1)


def input_sums(inputs: Steps, W: Matrix, b: Array) -> Steps:
    """What the inputs of all steps add to the gates, in one product: (time, *batch, column)."""
    sums: Steps = np.dot(inputs, W)
    sums += b
    return sums


def states(initial: Array, inputs: Steps, U: Matrix) -> Steps:
    """Room for a state before and after every step, the first row filled: (time + 1, *batch, unit)."""
    rows = np.empty((len(inputs) + 1, *inputs.shape[1:-1], len(U)), U.dtype)
    rows[0] = initial
    return rows


def half(U: Matrix) -> Array:
    """One half as an array without axes: NumPy is twice as fast with it as with a Python float."""
    return np.full((), 0.5, U.dtype)
