"""Tensors of any framework as arrays of NumPy's, known by what they can do."""

from __future__ import annotations

from typing import Any

import numpy as np

from cells.arrays import Array
from cells.loading.tensors import Stored

HALVES = ("float16", "bfloat16")  # float32 here, as in files


def is_tensor(value: Any) -> bool:
    """Whether it is an array, or a framework's."""
    return hasattr(value, "shape") and hasattr(value, "dtype")


def type_of(value: Any) -> str:
    """The name of its numbers' type: torch.float32 is float32."""
    return str(getattr(value.dtype, "name", value.dtype)).rpartition(".")[2]


def numbers(value: Any) -> Array:
    """A tensor's numbers, wherever it lies and whether or not gradients are kept for it.

    Half precision becomes float32; a Keras variable is what it holds.
    """
    held = getattr(value, "value", value)
    held = value if callable(held) else held
    for step in ("detach", "cpu"):
        held = getattr(held, step)() if hasattr(held, step) else held
    if type_of(held) in HALVES and hasattr(held, "float"):
        held = held.float()
    found: Array = np.array(held)  # a copy: what is stateful goes on writing into its own
    return found.astype("float32") if found.dtype.name in HALVES else found


def stored(name: str, value: Any) -> Stored:
    """A tensor as an array of a file: its numbers are fetched when they are asked for."""

    def read() -> Array:
        found = numbers(value)
        return found.astype("float64" if found.dtype == "float64" else "float32")

    return Stored(name, tuple(map(int, value.shape)), read)
