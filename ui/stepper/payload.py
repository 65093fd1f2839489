"""What the stepper is sent: a trace with its weights, the cell's rows and its graph, as plain data."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from cells.cell import named
from cells.equations import equations
from cells.expression import Operation, Parameter, evaluate, program, walk
from cells.graph import graph
from cells.notation import NAMES, slots
from cells.trace import Trace
from cells.weights import Weights
from ui.figures.theme import HUES
from ui.stepper.diagram_layout import layout
from ui.words import Words


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


def of_rows(trace: Trace, weights: Sequence[tuple[int, Weights]]) -> dict[str, Any]:
    """What the rows are evaluated with: the weights, or at each step their products and biases.

    Of the two the smaller is sent. Products are (time, unit), "W.f" for what is multiplied with W.f; biases
    beside them are "b.f". `weights` are pairs of a first step and the weights from there on.
    """
    kind, size = named(trace.cell), trace["h"].size
    blocks = sum(block.size for part in weights[0][1] for block in part)
    if len(weights) == 1 and (2 * len(kind.blocks) + len(kind.biases)) * size >= blocks:
        return {"weights": of_weights(weights[0][1])}
    ends = [*(start for start, _ in weights[1:]), len(trace)]
    parts = [
        _products(trace.slice(start, end), some) for (start, some), end in zip(weights, ends, strict=True)
    ]
    return {"products": {name: packed(np.concatenate([part[name] for part in parts])) for name in parts[0]}}


def _products(trace: Trace, weights: Weights) -> dict[str, np.ndarray]:
    values = {symbol: trace[symbol] for symbol in ("x", *trace.symbols)}
    values |= {f"{state}_prev": trace.previous(state) for state in trace.initial}
    found: dict[str, np.ndarray] = {}
    for part in (part for row in equations(trace.cell) for part in walk(row.expression)):
        match part:
            case Operation("@", _, Parameter(kind, block)):
                found[f"{kind}.{block}"] = evaluate(part, values, weights)
            case Parameter("b", block):
                found[f"b.{block}"] = np.broadcast_to(evaluate(part, values, weights), trace["h"].shape)
    return found


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


@lru_cache(maxsize=64)
def cell(name: str, notation: str, language: str) -> Mapping[str, Any]:
    """Rows and diagram of a cell for the stepper, in a language."""
    words = Words(language)
    return of_cell(name, notation, words.under("title"), words.under("sentence"))
