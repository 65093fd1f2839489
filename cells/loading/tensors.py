"""Arrays of a file before they are read: a name and a shape first, numbers only once their sum is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import NamedTuple

import numpy as np

from cells.arrays import Array
from cells.loading.errors import LoadError, shown

MOST_BYTES = 256 << 20  # of a file, and of what an archive unpacks to
MOST_NUMBERS = 30_000_000  # that a network may have; 120 MB as float32
MOST_AXES = 8

FLOATS = {"float16": "f2", "bfloat16": "u2", "float32": "f4", "float64": "f8"}  # as they lie in files


class Stored(NamedTuple):
    """An array that lies in a file: `read` fetches it as float32 or float64."""

    name: str
    shape: tuple[int, ...]
    read: Callable[[], Array]

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


def floats(data: bytes | memoryview, dtype: str, order: str = "<") -> Array:
    """Bytes as numbers; half precision becomes float32, a bfloat16 being the upper half of one."""
    numbers = np.frombuffer(data, order + FLOATS[dtype])
    if dtype == "bfloat16":
        found: Array = (numbers.astype("uint32") << 16).view("float32")
        return found
    return numbers.astype("float64" if dtype == "float64" else "float32")


def shape_of(name: str, given: Sequence[object]) -> tuple[int, ...]:
    """A shape that a file states, as whole numbers."""
    shape = tuple(size for size in given if type(size) is int and 0 <= size < 2**63)
    if len(shape) != len(given) or len(shape) > MOST_AXES:
        raise LoadError("array.shape", name=shown(name))
    return shape


def check_floats(name: str, dtype: str) -> str:
    """The type, if it is one of ours to read."""
    if dtype not in FLOATS:
        raise LoadError("array.type", name=shown(name), type=shown(dtype))
    return dtype


def check_sizes(arrays: Iterable[Stored]) -> None:
    """All arrays together are neither empty nor more than a page can hold."""
    total = 0
    for array in arrays:
        if array.size == 0:
            raise LoadError("array.empty", name=shown(array.name), shape=array.shape)
        total += array.size
        if total > MOST_NUMBERS:
            raise LoadError(
                "array.many", name=shown(array.name), shape=shown(array.shape), most=f"{MOST_NUMBERS:,}"
            )


def fetched(array: Stored) -> Array:
    """The numbers of an array: as many as it says, all of them finite."""
    numbers = array.read()
    if numbers.shape != array.shape:
        raise LoadError("array.count", name=shown(array.name), shape=shown(array.shape), found=numbers.shape)
    if not np.isfinite(numbers).all():
        raise LoadError("array.not_finite", name=shown(array.name))
    return numbers
