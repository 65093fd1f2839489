"""What the examples of docs/formats.md are: a file, and what its framework computed where that is known."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Array
from tests.cells.test_loading import recorded

NOTHING: Mapping[str, str] = {}


class Example(NamedTuple):
    """A file by name and bytes; inputs and what a framework made of them, h of the top layer or outputs."""

    name: str
    make: Callable[[], bytes]
    inputs: Array | None = None
    expected: Array | None = None
    answers: Mapping[str, str] = NOTHING


def kept(archive: str, name: str, **answers: str) -> Example:
    """A file that its framework wrote, with what it computed."""
    data, about, inputs, expected = recorded(archive)[name]
    return Example(name, lambda: data, inputs, expected, {**about["answers"], **answers})


def drawn(**shapes: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Numbers of these shapes."""
    rng = np.random.default_rng(21)
    return {name: rng.normal(size=shape).astype("f4") for name, shape in shapes.items()}


def npz(arrays: Mapping[str, np.ndarray]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()
