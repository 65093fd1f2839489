"""A cell's equations, read from the source of its step: what the screen shows is what ran."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from cells.cell import CELLS
from cells.expression import FUNCTIONS, Expression, called, evaluate, read, symbols
from cells.notation import LATEX, MATHML, formula, name, slots
from cells.trace import Trace
from cells.weights import Weights


@dataclass(frozen=True)
class Row:
    """One equation of a step: `symbol` = `expression`, in a notation ("standard" or "article")."""

    symbol: str
    expression: Expression
    notation: str = "standard"

    @property
    def reads(self) -> tuple[str, ...]:
        """The symbols on the right, in reading order; previous states end in _prev."""
        return symbols(self.expression)

    @property
    def mathml(self) -> str:
        """The row as one <math> element."""
        right = formula(self.expression, MATHML, self.notation)
        return f"<math><mrow>{name(self.symbol, MATHML)}<mo>=</mo>{right}</mrow></math>"

    @property
    def latex(self) -> str:
        """The row as LaTeX, without delimiters."""
        return f"{name(self.symbol, LATEX)} = {formula(self.expression, LATEX, self.notation)}"

    def values(self, trace: Trace, weights: Weights, expression: Expression | None = None) -> np.ndarray:
        """The row's right side, or a part of it, at every step of a trace: (time, unit)."""
        part = self.expression if expression is None else expression
        environment = {
            symbol: trace.previous(symbol.removesuffix("_prev"))
            if symbol.endswith("_prev")
            else trace[symbol]
            for symbol in symbols(part)
        }
        result = evaluate(part, environment, weights)
        return np.broadcast_to(result, (len(trace), result.shape[-1])) if result.ndim else result

    def numbers(self, trace: Trace, weights: Weights, t: int, unit: int, digits: int = 2) -> str:
        """The row with one unit's numbers at step t: "0.99 · 5.00 + 1.00 · (−1.00) = 3.95"."""
        written = ""
        for slot in slots(self.expression):
            if isinstance(slot, str):
                written += slot
            else:
                value = number(float(self.values(trace, weights, slot)[t, unit]), digits)
                written += f"({value})" if value.startswith("−") and written.endswith(" ") else value
        return f"{written} = {number(float(trace[self.symbol][t, unit]), digits)}"


def number(value: float, digits: int = 2) -> str:
    """A number as the screen writes it: fixed decimals, a true minus sign, never a negative zero."""
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else "∞" if value > 0 else "−∞"
    written = f"{value:.{digits}f}"
    return written.removeprefix("-") if float(written) == 0 else written.replace("-", "−")


def _source(cell: str) -> tuple[str, ast.FunctionDef, Mapping[str, object]]:
    """The source of a step, read, and what its names stand for: in a variant tanh may be relu."""
    function = inspect.unwrap(CELLS[cell].step)
    source = textwrap.dedent(inspect.getsource(function))
    step = ast.parse(source).body[0]
    assert isinstance(step, ast.FunctionDef)
    return source, step, function.__globals__


def written(cell: str) -> tuple[str, ...]:
    """The rows of a cell as its source writes them: "f = sigmoid(x @ W.f + h_prev @ U.f + b.f)".

    Where a name stands for another function, that one's name is in its place.
    """
    source, step, bound = _source(cell)
    rows = (statement for statement in step.body if isinstance(statement, ast.Assign))
    names = re.compile(rf"\b({'|'.join(FUNCTIONS)})\(")
    return tuple(
        names.sub(lambda name: f"{called(name[1], bound)}(", str(ast.get_source_segment(source, row)))
        for row in rows
    )


@cache
def equations(cell: str, notation: str = "standard") -> tuple[Row, ...]:
    """The rows of a cell in reading order; `cell` is a key of CELLS."""
    _, step, bound = _source(cell)
    rows = []
    for statement in step.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=symbol)], value=value):
                rows.append(Row(symbol, read(value, bound), notation))
            case ast.Return() | ast.Expr(value=ast.Constant()):
                continue
            case _:
                raise TypeError(f"{cell}: a step holds equations only, not {ast.unparse(statement)!r}")
    return tuple(rows)
