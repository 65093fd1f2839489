"""What every framework is asked: the sizes, the numbers that it is given, and how answers are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.floating]]

FOLDER = Path(__file__).parent


class Case(NamedTuple):
    """One network and the length of the sequence that it reads."""

    time: int
    features: int
    units: int
    layers: int
    directions: int

    def __str__(self) -> str:
        return " ".join(f"{name}={number}" for name, number in self._asdict().items())

    @property
    def widths(self) -> list[int]:
        """How many numbers each layer reads at a step."""
        return [self.features] + [self.units * self.directions] * (self.layers - 1)

    @property
    def bound(self) -> float:
        """Weights within ±1 / sqrt(units), as PyTorch draws them: such a network forgets rounding errors."""
        return float(self.units**-0.5)


SIZES = ((7, 3, 4), (7, 3, 1), (1, 3, 4), (7, 1, 4), (5, 2, 37))  # time, features, units


def cases() -> Iterator[Case]:
    """Every size, one and two layers, one and two directions."""
    for size, layers, directions in product(SIZES, (1, 2), (1, 2)):
        yield Case(*size, layers, directions)


def draw(rng: np.random.Generator, shape: tuple[int, ...], bound: float) -> NDArray[np.floating]:
    """Numbers within ±bound on a grid of 1/256: the same in float32 and float64, and small on disk."""
    return np.round(rng.uniform(-bound, bound, shape) * 256).astype("float32") / 256


def file_of(title: str) -> str:
    """The name of a file from what it is about."""
    return "_".join("".join(letter for letter in title if letter not in "(),").lower().split()) + ".npz"


def keep(
    framework: str, version: str, cell: str, answers: Mapping[Case, Arrays], path: Path | None = None
) -> None:
    """One file for each cell. Arrays are named `case/array`; states (layer, direction, symbol, time, unit)
    are `case/float32` and (PyTorch) `case/float64`, in input order, h before c.
    """
    path = path or FOLDER / file_of(f"{framework} {cell}")
    arrays = {f"{case}/{name}": array for case, found in answers.items() for name, array in found.items()}
    about = {"framework": framework, "version": version, "cell": cell}
    np.savez_compressed(path, **{name: np.array(text) for name, text in about.items()}, **arrays)
    print(f"{path.name}: {len(answers)} cases, {path.stat().st_size / 1024:.0f} kB")
