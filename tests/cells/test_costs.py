"""Costs against networks that were made, and against the products that the equations show."""

from __future__ import annotations

import ast
import inspect
import textwrap

import numpy as np
import pytest

from cells import CELLS, Network
from cells.costs import PRODUCTS, costs, matched_units

cells = pytest.mark.parametrize("cell", CELLS)


def test_parameters_of_the_article_s_example():
    assert costs("LSTM", 600, 600, layers=2).parameters == 5_764_800
    assert costs("GRU", 600, 600, layers=2).parameters == 4_323_600


@cells
@pytest.mark.parametrize("directions", [1, 2])
@pytest.mark.parametrize("layers", [1, 3])
def test_they_are_those_of_the_network(cell, directions, layers):
    network = Network.random(cell, 3, 5, layers, bidirectional=directions == 2)
    found = costs(cell, 3, 5, directions, layers)
    assert found.parameters == network.parameters
    states = [part for layer in network.run(np.ones((2, 3))).final for part in layer if part is not None]
    assert found.states == sum(row.size for state in states for row in state.values())
    assert found.gates == {"R": 0, "L": 3, "G": 2}[cell[0]]
    matrices = [a for layer in network.layers for w in layer if w for kind in w[:2] for a in kind]
    assert (
        found.multiplications
        == sum(a.size for a in matrices) + PRODUCTS[CELLS[cell].family] * 5 * directions * layers
    )


@cells
def test_products_are_those_of_the_equations(cell):
    step = ast.parse(textwrap.dedent(inspect.getsource(CELLS[cell].step)))
    assert PRODUCTS[CELLS[cell].family] == sum(isinstance(node, ast.Mult) for node in ast.walk(step))


@cells
@pytest.mark.parametrize("parameters", [1, 50, 1_000, 123_456, 5_764_800])
@pytest.mark.parametrize("layers", [1, 2])
def test_matched_units_are_the_nearest(cell, parameters, layers):
    units = matched_units(cell, 20, parameters, layers=layers)

    def gap(count):
        return abs(costs(cell, 20, count, layers=layers).parameters - parameters)

    assert units >= 1 and gap(units) <= gap(units + 1)
    assert units == 1 or gap(units) <= gap(units - 1)


def test_a_gru_of_an_lstm_s_size():
    assert matched_units("GRU", 600, costs("LSTM", 600, 600).parameters) == 725
