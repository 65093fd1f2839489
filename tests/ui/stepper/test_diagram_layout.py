"""Where the nodes of a cell stand: inside the frame, apart from each other, memory straight through."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from cells import CELLS
from cells.graph import graph
from ui.stepper.diagram_layout import layout

STEPPER = (Path(__file__).parents[3] / "ui/stepper/js/view/diagram.js").read_text(encoding="utf-8")
# The drawing's own units, from the script that draws it.
WIDTH, HEIGHT, EDGE, RADIUS = (
    float(re.search(rf"\b{name} = ([\d.]+)", STEPPER)[1])  # type: ignore[index]
    for name in ("WIDTH", "HEIGHT", "EDGE", "RADIUS")
)


@pytest.mark.parametrize("cell", CELLS)
def test_every_node_has_a_place_within_the_frame(cell: str) -> None:
    picture, places = graph(cell), layout(graph(cell))
    assert len(places.x) == len(places.y) == len(picture.nodes)
    assert all(0 <= place <= 1 for place in (*places.x, *places.y))
    assert {places.x[0], places.x[-1]} == {0, 1}


@pytest.mark.parametrize("cell", CELLS)
def test_nodes_do_not_overlap(cell: str) -> None:
    places = layout(graph(cell))
    drawn = [
        (EDGE + x * (WIDTH - 2 * EDGE), y * (HEIGHT - 16)) for x, y in zip(places.x, places.y, strict=True)
    ]
    for (x, y), (other_x, other_y) in combinations(drawn, 2):
        assert abs(x - other_x) >= 2 * RADIUS or abs(y - other_y) >= 2 * RADIUS


@pytest.mark.parametrize("cell", CELLS)
def test_flow_runs_to_the_right(cell: str) -> None:
    picture, places = graph(cell), layout(graph(cell))
    assert all(places.x[edge.source] < places.x[edge.target] for edge in picture.edges)


@pytest.mark.parametrize("cell", CELLS)
def test_a_state_leaves_at_the_height_at_which_it_came_in(cell: str) -> None:
    picture, places = graph(cell), layout(graph(cell))
    for state in CELLS[cell].states:
        came = next(index for index, node in enumerate(picture.nodes) if node.symbol == f"{state}_prev")
        leaves = max(index for index, node in enumerate(picture.nodes) if node.symbol == state)
        assert places.y[came] == places.y[leaves]


@pytest.mark.parametrize("cell", CELLS)
def test_memory_runs_straight_through(cell: str) -> None:
    """A way along one height leads from the memory's source to its sink; no other node stands on it."""
    picture, places = graph(cell), layout(graph(cell))
    memory = CELLS[cell].states[-1]
    at = next(index for index, node in enumerate(picture.nodes) if node.symbol == f"{memory}_prev")
    rail, passed = places.y[at], {at}
    while ahead := [
        edge.target for edge in picture.edges if edge.source == at and places.y[edge.target] == rail
    ]:
        at = min(ahead)
        passed.add(at)
    assert (picture.nodes[at].symbol, picture.nodes[at].glyph) == (memory, "")
    assert all(index in passed or y > rail for index, y in enumerate(places.y))


@pytest.mark.parametrize("cell", CELLS)
def test_a_layout_is_always_the_same(cell: str) -> None:
    assert layout(graph(cell)) == layout(graph(cell))
