"""Weights as named gate blocks, and the ways to draw them.

Every way draws in one order: the blocks of W, of U, of b, each in the order of the cell's Blocks. Biases that
replace drawn ones come last, so W and U of one seed are the same whatever the biases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Blocks, Matrix, Vector
from cells.cell import Cell

KEEPS = {"f": 1, "u": -1}  # gates that decide what is kept; u = 1 replaces, so its sign is turned
WRITES = {"i": -1}  # gates that open where those close


class Weights(NamedTuple):
    """W (feature, unit) for inputs, U (unit, unit) for h, biases b (unit,): one block for each gate."""

    W: Blocks
    U: Blocks
    b: Blocks


Initialisation = Callable[..., Weights]  # (cell, features, units, rng, and settings of its own)


def uniform(cell: Cell, features: int, units: int, rng: np.random.Generator) -> Weights:
    """Every number from ±1 / sqrt(units), as in PyTorch."""
    bound = 1 / np.sqrt(units)

    def draw(*shape: int) -> Matrix:
        return rng.uniform(-bound, bound, shape)

    return Weights(
        W=cell.Blocks(*(draw(features, units) for _ in cell.blocks)),
        U=cell.Blocks(*(draw(units, units) for _ in cell.blocks)),
        b=cell.Biases(*(draw(units) for _ in cell.biases)),
    )


def orthogonal(cell: Cell, features: int, units: int, rng: np.random.Generator) -> Weights:
    """U orthogonal (Saxe et al. 2014), W uniform as Glorot & Bengio (2010) have it, b zero."""
    bound = np.sqrt(6 / (features + units))
    return Weights(
        W=cell.Blocks(*(rng.uniform(-bound, bound, (features, units)) for _ in cell.blocks)),
        U=cell.Blocks(*(rotation(units, rng) for _ in cell.blocks)),
        b=cell.Biases(*(np.zeros(units) for _ in cell.biases)),
    )


def rotation(units: int, rng: np.random.Generator) -> Matrix:
    """A random orthogonal matrix, every one equally likely (Mezzadri 2007)."""
    Q, R = np.linalg.qr(rng.standard_normal((units, units)))
    turned: Matrix = Q * np.sign(np.diag(R))
    return turned


def forget_bias(
    cell: Cell, features: int, units: int, rng: np.random.Generator, value: float = 1.0
) -> Weights:
    """Uniform, but the gate that keeps starts open: b.f = value, b.u = -value (Jozefowicz et al. 2015)."""
    weights = uniform(cell, features, units, rng)
    return with_biases(cell, weights, {gate: np.full(units, sign * value) for gate, sign in KEEPS.items()})


def chrono(cell: Cell, features: int, units: int, rng: np.random.Generator, T_max: float = 100) -> Weights:
    """Uniform, but units remember for 1 to T_max steps: b.f = log U[1, T_max - 1], b.i = -b.f, b.u = -b.f.

    Tallec & Ollivier (2018). A unit with constant f then forgets within 1 / (1 - f) steps.
    """
    if T_max <= 2:
        raise ValueError(f"T_max is {T_max}; chrono needs a time scale of more than 2 steps")
    weights = uniform(cell, features, units, rng)
    log_time = np.log(rng.uniform(1, T_max - 1, units))
    return with_biases(cell, weights, {gate: sign * log_time for gate, sign in (KEEPS | WRITES).items()})


def with_biases(cell: Cell, weights: Weights, biases: Mapping[str, Vector]) -> Weights:
    """The weights with those of the biases that the cell has; an RNN has no gates and stays as it was."""
    drawn = dict(zip(cell.biases, weights.b, strict=True))
    return weights._replace(b=cell.Biases(*(biases.get(gate, drawn[gate]) for gate in cell.biases)))


INITIALISATIONS: Mapping[str, Initialisation] = {
    "uniform": uniform,
    "orthogonal": orthogonal,
    "forget bias": forget_bias,
    "chrono": chrono,
}


def initialisations(cell: Cell) -> tuple[str, ...]:
    """Those that tell a cell's networks apart: where no gate keeps, none begins open."""
    gated = () if set(KEEPS) & set(cell.biases) else (forget_bias, chrono)
    return tuple(name for name, draw in INITIALISATIONS.items() if draw not in gated)
