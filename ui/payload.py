"""What the stepper is sent: a trace with its weights, the cell's rows and its graph, as plain data."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np

from cells.cell import named
from cells.equations import equations
from cells.expression import Operation, Parameter, evaluate, program, walk
from cells.graph import graph
from cells.notation import NAMES, slots
from cells.trace import Trace
from cells.weights import Weights
from ui.diagram import layout
from ui.theme import HUES


def packed(array: np.ndarray) -> str:
    """An array as base64 of little-endian float32: a third of what a list of numbers takes."""
    return base64.b64encode(np.ascontiguousarray(array, dtype="<f4").tobytes()).decode("ascii")


def of_trace(trace: Trace) -> dict[str, Any]:
    """Every symbol of a trace (time, unit), x (time, feature), and the states before its first step."""
    last = len(trace) - 1 if trace.reverse else 0
    states = [symbol for symbol in ("c", "h") if symbol in trace.symbols]
    return {
        "steps": len(trace),
        "reverse": trace.reverse,
        "arrays": {symbol: packed(trace[symbol]) for symbol in ("x", *trace.symbols)},
        "initial": {state: packed(trace.previous(state)[last]) for state in states},
    }


def of_weights(weights: Weights) -> dict[str, dict[str, str]]:
    """The named blocks of W, U and b."""
    return {
        kind: {name: packed(block) for name, block in getattr(weights, kind)._asdict().items()}
        for kind in "WUb"
    }


def of_products(trace: Trace, weights: Weights) -> dict[str, dict[str, Any]]:
    """What the rows need to be evaluated: the blocks of weights, or what they were multiplied to.

    Of the two the smaller is sent: products are (time, unit) for each block of W and U, named "W.f".
    """
    kind = named(trace.cell)
    blocks = sum(block.size for part in (weights.W, weights.U) for block in part)
    if 2 * len(kind.blocks) * trace["h"].size >= blocks:
        return {"weights": of_weights(weights)}
    symbols = {symbol: trace[symbol] for symbol in ("x", *trace.symbols)}
    values = symbols | {f"{state}_prev": trace.previous(state) for state in trace.initial}
    return {
        "weights": {"b": of_weights(weights)["b"]},
        "products": {
            f"{part.right.kind}.{part.right.block}": packed(evaluate(part, values, weights))
            for row in equations(trace.cell)
            for part in walk(row.expression)
            if isinstance(part, Operation) and isinstance(part.right, Parameter) and part.operator == "@"
        },
    }


def of_cell(
    cell: str, notation: str, titles: Mapping[str, str], sentences: Mapping[str, str]
) -> dict[str, Any]:
    """A cell's rows and its graph with the places of its nodes; `titles` and `sentences` name each symbol."""
    rows = equations(cell, notation)
    picture = graph(cell)
    places = layout(picture)
    states = {row.symbol for row in rows}
    return {
        "rows": [
            {
                "symbol": row.symbol,
                "title": titles[row.symbol],
                "sentence": sentences[row.symbol],
                "mathml": row.mathml,
                "parts": [part if isinstance(part, str) else program(part) for part in slots(row.expression)],
            }
            for row in rows
        ],
        "graph": {
            "nodes": [
                {
                    "glyph": node.glyph,
                    "row": node.row,
                    "symbol": node.symbol.removesuffix("_prev"),
                    "label": label(node.symbol) if node.symbol else ["", ""],
                    "says": titles.get(node.symbol, node.glyph),
                    "program": program(node.expression),
                    "x": x,
                    "y": y,
                }
                for node, x, y in zip(picture.nodes, places.x, places.y, strict=True)
            ],
            "edges": [
                {
                    "source": edge.source,
                    "target": edge.target,
                    "symbol": _hue(edge.symbol or rows[picture.nodes[edge.source].row].symbol, states),
                    "says": titles.get(edge.symbol, "") or picture.nodes[edge.source].glyph,
                    "program": program(edge.expression),
                }
                for edge in picture.edges
            ],
        },
        "hues": dict(HUES),
    }


def _hue(symbol: str, known: set[str]) -> str:
    state = symbol.removesuffix("_prev")
    return state if state in known else "x"


def label(symbol: str) -> list[str]:
    """A symbol as letter and subscript for the diagram: ["c̃", "t"], ["h", "t−1"]."""
    name = NAMES[symbol]
    return [name.letter + ("\u0303" if name.tilde else ""), name.subscript.replace("-", "−")]
