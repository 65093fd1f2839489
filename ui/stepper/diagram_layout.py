"""Where the nodes of a cell's graph stand: left to right in the order of computation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cells.graph import Graph

NEAR = 0.17  # least distance between two nodes of one column, as a share of the height
ROUNDS = 60
BELOW_MEMORY = (0.29, 0.9)  # the heights that gates and products share out


@dataclass(frozen=True)
class Layout:
    """Places of the nodes, each within 0..1: x to the right, y down."""

    x: tuple[float, ...]
    y: tuple[float, ...]


def layout(graph: Graph) -> Layout:
    """The cell flowing from what it is given (left) to what it hands on (right).

    A state leaves at the height at which it came in, so that steps could be set side by side. Between them
    each node is drawn to the mean height of its neighbours, and nodes of one column are kept apart.
    """
    columns = _columns(graph)
    last = max(columns)
    anchors = _anchors(graph)
    y = np.array([anchors.get(index, 0.5 + 0.001 * index) for index in range(len(graph.nodes))])
    for _ in range(ROUNDS):
        for index in range(len(graph.nodes)):
            if index not in anchors:
                y[index] = np.mean([y[near] for near in _neighbours(graph, index)])
        for column in range(1, last):
            _spread(y, [index for index, place in enumerate(columns) if place == column])
    free = [index for index in range(len(graph.nodes)) if index not in anchors]
    if len(free) > 1:
        y[free] = np.interp(y[free], (y[free].min(), y[free].max()), BELOW_MEMORY)
    return Layout(tuple(column / last for column in columns), tuple(float(place) for place in y))


def _columns(graph: Graph) -> list[int]:
    """The longest way to each node; sinks all stand in the last column."""
    columns = [0] * len(graph.nodes)
    for edge in sorted(graph.edges, key=lambda edge: edge.target):
        columns[edge.target] = max(columns[edge.target], columns[edge.source] + 1)
    last = max(columns)
    sources = {edge.source for edge in graph.edges}
    return [column if index in sources else last for index, column in enumerate(columns)]


def _anchors(graph: Graph) -> dict[int, float]:
    """Heights that are given: memory runs straight along the top, input comes in at the bottom, h between."""
    given = [node.symbol for node in graph.nodes if node.row == -1]
    states = [symbol.removesuffix("_prev") for symbol in reversed(given) if symbol != "x"]
    heights = dict(zip(states, (0.07, 0.74), strict=False))
    anchors = {}
    for index, node in enumerate(graph.nodes):
        if node.row == -1:
            anchors[index] = heights.get(node.symbol.removesuffix("_prev"), 0.95)
        elif not node.glyph:
            anchors[index] = heights[node.symbol]
    memory = states[0]
    source = next(index for index, node in enumerate(graph.nodes) if node.symbol == f"{memory}_prev")
    sink = next(index for index, node in enumerate(graph.nodes) if node.symbol == memory and not node.glyph)
    return anchors | dict.fromkeys(_shortest(graph, source, sink), heights[memory])


def _shortest(graph: Graph, source: int, sink: int) -> list[int]:
    """The nodes on the shortest way between two: what a memory passes through from step to step."""
    ways = [[source]]
    for way in ways:  # grows while it is read: the first way to arrive is the shortest
        if way[-1] == sink:
            return way
        ways += [[*way, edge.target] for edge in graph.edges if edge.source == way[-1]]
    return []


def _neighbours(graph: Graph, index: int) -> list[int]:
    """The nodes that a node is joined to; where its value goes counts double."""
    before = [edge.source for edge in graph.edges if edge.target == index]
    after = [edge.target for edge in graph.edges if edge.source == index]
    return before + 2 * after


def _spread(y: np.ndarray, column: list[int]) -> None:
    """Push the nodes of one column apart, in place, keeping their order and their middle."""
    order = sorted(column, key=lambda index: y[index])
    heights = [float(y[index]) for index in order]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + NEAR)
    shift = np.mean([y[index] for index in order]) - np.mean(heights)
    low, high = 0.07, 0.95
    shift = min(max(shift, low - heights[0]), high - heights[-1])
    for index, height in zip(order, heights, strict=True):
        y[index] = height + shift
