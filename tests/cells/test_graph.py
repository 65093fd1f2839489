"""The diagram is the equations, drawn: each node computes what its lines bring."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from cells import CELLS, Network
from cells.equations import equations
from cells.expression import Call, Operation
from cells.graph import Graph, graph


def reached(picture: Graph, start: int) -> set[int]:
    """The nodes that can be reached from one."""
    found = {start}
    for edge in sorted(picture.edges, key=lambda edge: edge.target):
        if edge.source in found:
            found.add(edge.target)
    return found


@pytest.mark.parametrize("cell", CELLS)
def test_every_row_ends_in_one_node_and_all_that_it_reads_flows_there(cell: str) -> None:
    picture = graph(cell)
    made = {node.symbol: index for index, node in enumerate(picture.nodes) if node.row == -1}
    for place, row in enumerate(equations(cell)):
        (index,) = (
            index
            for index, node in enumerate(picture.nodes)
            if node.row == place and node.symbol == row.symbol
        )
        assert picture.nodes[index].expression == row.expression
        for symbol in row.reads:
            assert index in reached(picture, made[symbol])
        made[row.symbol] = index


@pytest.mark.parametrize("cell", CELLS)
def test_flow_runs_one_way_from_what_is_given_to_the_states(cell: str) -> None:
    picture, states = graph(cell), CELLS[cell].states
    assert all(edge.source < edge.target for edge in picture.edges)
    places = set(range(len(picture.nodes)))
    sources = places - {edge.target for edge in picture.edges}
    sinks = places - {edge.source for edge in picture.edges}
    assert {picture.nodes[index].symbol for index in sources} == {"x", *(f"{state}_prev" for state in states)}
    assert [picture.nodes[index].symbol for index in sorted(sinks)] == list(states)
    assert {index for index in places if not picture.nodes[index].glyph} == sources | sinks


@pytest.mark.parametrize("cell", CELLS)
def test_every_node_computes_what_its_edges_bring(cell: str) -> None:
    """× multiplies, + adds, 1− subtracts from 1; σ and tanh act on the sum of what arrives and a bias."""
    network = Network.random(cell, 3, 4, seed=2)
    weights = network.layers[0].forward
    trace = network.run(np.random.default_rng(2).normal(size=(6, 3))).layers[0].forward
    picture = graph(cell)
    value = partial(equations(cell)[0].values, trace, weights)
    for index, node in enumerate(picture.nodes):
        arriving = [value(edge.expression) for edge in picture.edges if edge.target == index]
        if not arriving:
            continue
        match node.expression:
            case Call(_, argument):
                bias = value(argument) - np.sum(arriving, axis=0)
                np.testing.assert_allclose(bias, np.broadcast_to(bias[0], bias.shape), atol=1e-12)
            case Operation("*"):
                np.testing.assert_allclose(value(node.expression), np.prod(arriving, axis=0), atol=1e-12)
            case Operation("+"):
                np.testing.assert_allclose(value(node.expression), np.sum(arriving, axis=0), atol=1e-12)
            case Operation("-"):
                assert node.glyph == "1−"
                np.testing.assert_allclose(value(node.expression), 1 - arriving[0], atol=1e-12)
            case _:
                np.testing.assert_allclose(value(node.expression), arriving[0], atol=1e-12)


def test_the_misprint_shows_in_the_picture() -> None:
    """As printed, the tanh in h reads the cell state that came in; in the LSTM the one just made."""

    def shown(cell: str) -> str:
        picture = graph(cell)
        (tanh,) = (
            index
            for index, node in enumerate(picture.nodes)
            if node.glyph == "tanh" and node.row == 5 and not node.symbol
        )
        (edge,) = (edge for edge in picture.edges if edge.target == tanh)
        return picture.nodes[edge.source].symbol

    assert (shown("LSTM"), shown("LSTM (as printed)")) == ("c", "c_prev")
