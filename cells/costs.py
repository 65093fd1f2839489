"""What a cell costs: numbers to train and multiplications a step, and networks of equal cost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

from cells.cell import named
from cells.saturation import GATES

# The `*` of a step's equations, by families: products that each unit takes beside those with its weights.
PRODUCTS: Mapping[str, int] = {
    "RNN": 0,
    "LSTM": 3,
    "GRU": 3,
    "GRU (reset after)": 3,
    "LSTM (as printed)": 3,
}


class Costs(NamedTuple):
    """`gates` of a unit; of the whole network the numbers that it carries from step to step (`states`), that
    training could change (`parameters`), and the `multiplications` of a step.
    """

    gates: int
    states: int
    parameters: int
    multiplications: int


def costs(cell: str, features: int, units: int, directions: int = 1, layers: int = 1) -> Costs:
    """The costs of a network without embedding and readout; gates have one bias, as ours do."""
    kind = named(cell)
    parameters = multiplications = 0
    width = features
    for _ in range(layers):
        weights = len(kind.blocks) * units * (width + units)
        parameters += directions * (weights + len(kind.biases) * units)
        multiplications += directions * (weights + PRODUCTS[kind.family] * units)
        width = directions * units
    gates = len([symbol for symbol in kind.symbols if symbol in GATES])
    return Costs(gates, directions * layers * len(kind.states) * units, parameters, multiplications)


def matched_units(cell: str, features: int, parameters: int, directions: int = 1, layers: int = 1) -> int:
    """How many units give the cell the nearest number of parameters, at least 1; the fewer of two as near."""

    def count(units: int) -> int:
        return costs(cell, features, units, directions, layers).parameters

    more = bisect_left(range(parameters + 1), parameters, lo=1, key=count)
    return more if more == 1 or count(more) - parameters < parameters - count(more - 1) else more - 1
