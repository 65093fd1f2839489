"""The shapes that the code speaks of, written once; floats of one dtype, float32 or float64."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating]
Vector: TypeAlias = Array  # (unit,)
Matrix: TypeAlias = Array  # (row, column); weights: (feature, unit) or (unit, unit)
Steps: TypeAlias = Array  # (time, unit); while training (time, *batch, unit)
Columns: TypeAlias = Array  # (time, unit, batch): as the passes over time keep steps
Integers: TypeAlias = NDArray[np.integer]
Given: TypeAlias = NDArray[np.number]  # what a network reads: rows of numbers, or places in its embedding

Blocks: TypeAlias = tuple[Array, ...]  # one array for each gate; each cell's NamedTuple names them


def read_only(array: Array) -> Array:
    """The same numbers as an array that refuses to be written to."""
    view = array.view()
    view.flags.writeable = False
    return view


def owned(array: Array, dtype: np.dtype) -> Array:
    """A read-only copy that nobody else holds."""
    return read_only(np.array(array, dtype))
