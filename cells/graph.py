"""A cell as a graph, drawn from its equations: sources, gates, products and sums, and what flows between."""

from __future__ import annotations

from dataclasses import dataclass

from cells.cell import CELLS
from cells.equations import equations
from cells.expression import Call, Expression, Name, Number, Operation, Parameter
from cells.notation import GLYPHS as FUNCTIONS

GLYPHS = {**FUNCTIONS, "*": "×", "+": "+", "-": "−"}


@dataclass(frozen=True)
class Node:
    """One operation, source or result; `row` is the equation it belongs to, -1 for what the step is given."""

    glyph: str
    row: int
    expression: Expression
    symbol: str = ""


@dataclass(frozen=True)
class Edge:
    """What flows from node to node (indices) and the expression whose value for a unit it carries."""

    source: int
    target: int
    expression: Expression
    symbol: str


@dataclass(frozen=True)
class Graph:
    """Nodes in the order in which they are computed; sources first, the states handed on last."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.made: dict[str, int] = {}

    def node(self, glyph: str, row: int, expression: Expression, symbol: str = "") -> int:
        self.nodes.append(Node(glyph, row, expression, symbol))
        return len(self.nodes) - 1

    def build(self, expression: Expression, row: int) -> int:
        """The node that yields the expression, with all that it needs."""
        match expression:
            case Name(symbol):
                return self.made[symbol]
            case Call(function, argument):
                target = [self.flow(term, row) for term in terms(argument)]
                node = self.node(GLYPHS[function], row, expression)
            case Operation("-", Number(), right):
                target = [self.flow(right, row)]
                node = self.node("1−", row, expression)
            case Operation("+" | "*" | "-" as operator, left, right):
                target = [self.flow(left, row), self.flow(right, row)]
                node = self.node(GLYPHS[operator], row, expression)
            case _:
                raise TypeError(f"no picture for {expression}")
        for source, carried in target:
            self.edges.append(Edge(source, node, carried, self.nodes[source].symbol))
        return node

    def flow(self, expression: Expression, row: int) -> tuple[int, Expression]:
        """Where a value comes from and what it is on arrival: weights act on the way, along the line."""
        products = [
            term for term in terms(expression) if isinstance(term, Operation) and term.operator == "@"
        ]
        if len(products) == 1 and len(terms(expression)) == 1:
            return self.build(products[0].left, row), expression
        return self.build(expression, row), expression


def terms(expression: Expression) -> list[Expression]:
    """The summands of a sum, its biases left out: they are part of where the sum arrives."""
    match expression:
        case Operation("+", left, right):
            return terms(left) + terms(right)
        case Parameter():
            return []
    return [expression]


def graph(cell: str) -> Graph:
    """The graph of one step of a cell."""
    builder = _Builder()
    states = CELLS[cell].states
    for symbol in ("x", *(f"{state}_prev" for state in states)):
        builder.made[symbol] = builder.node("", -1, Name(symbol), symbol)
    rows = equations(cell)
    for index, row in enumerate(rows):
        made = builder.build(row.expression, index)
        node = builder.nodes[made]
        builder.nodes[made] = Node(node.glyph, node.row, node.expression, row.symbol)
        builder.made[row.symbol] = made
    for state in states:
        sink = builder.node("", len(rows), Name(state), state)
        builder.edges.append(Edge(builder.made[state], sink, Name(state), state))
    return Graph(tuple(builder.nodes), tuple(builder.edges))
