"""Expressions: what stands on the right of an equation, read from Python source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from cells.squashing import SQUASHES

FUNCTIONS = {name: squash.value for name, squash in SQUASHES.items()}
NOTHING: Mapping[str, object] = MappingProxyType({})
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.MatMult: "@"}
OPERATIONS = {"+": np.add, "-": np.subtract, "*": np.multiply, "@": np.matmul}


@dataclass(frozen=True)
class Number:
    """A literal: the 1 in 1 - u."""

    value: float


@dataclass(frozen=True)
class Name:
    """A symbol of the step: x, h_prev, f, c_tilde."""

    symbol: str


@dataclass(frozen=True)
class Parameter:
    """A named gate block of the weights: W.f, U.c, b.hc."""

    kind: str
    block: str


@dataclass(frozen=True)
class Call:
    """One of FUNCTIONS of an expression."""

    function: str
    argument: Expression


@dataclass(frozen=True)
class Operation:
    """left operator right, the operator one of + - * @."""

    operator: str
    left: Expression
    right: Expression


Expression: TypeAlias = Number | Name | Parameter | Call | Operation


def read(node: ast.expr, bound: Mapping[str, object] = NOTHING) -> Expression:
    """The expression that a piece of Python source writes; TypeError for what an equation may not hold.

    `bound` are the functions that names of the source stand for, where these are not their own.
    """
    match node:
        case ast.Constant(value=int() | float() as value):
            return Number(value)
        case ast.Name(id=symbol):
            return Name(symbol)
        case ast.Attribute(value=ast.Name(id="W" | "U" | "b" as kind), attr=block):
            return Parameter(kind, block)
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if (
            function := called(name, bound)
        ) in FUNCTIONS:
            return Call(function, read(argument, bound))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
            return Operation(OPERATORS[type(operator)], read(left, bound), read(right, bound))
    raise TypeError(
        f"an equation can't hold {ast.unparse(node)!r}; only names, + - * @ and {', '.join(FUNCTIONS)}"
    )


def called(name: str, bound: Mapping[str, object]) -> str:
    """The function that a name of the source stands for."""
    return str(getattr(bound.get(name), "__name__", name))


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all its parts, left to right."""
    yield expression
    match expression:
        case Call(_, argument):
            yield from walk(argument)
        case Operation(_, left, right):
            yield from walk(left)
            yield from walk(right)


def symbols(expression: Expression) -> tuple[str, ...]:
    """The symbols that an expression reads, each once, in reading order."""
    return tuple(dict.fromkeys(part.symbol for part in walk(expression) if isinstance(part, Name)))


def evaluate(expression: Expression, values: Mapping[str, np.ndarray], weights: object) -> np.ndarray:
    """The expression's value where `values` holds each symbol, over any leading axes."""
    match expression:
        case Number(value):
            return np.asarray(value)
        case Name(symbol):
            return values[symbol]
        case Parameter(kind, block):
            parameter: np.ndarray = getattr(getattr(weights, kind), block)
            return parameter
        case Call(function, argument):
            return FUNCTIONS[function](evaluate(argument, values, weights))
        case Operation(operator, left, right):
            result: np.ndarray = OPERATIONS[operator](
                evaluate(left, values, weights), evaluate(right, values, weights)
            )
            return result


def program(expression: Expression) -> list[object]:
    """The expression as nested lists for the browser: ["*", ["f"], ["c_prev"]]; parameters ["W", "f"]."""
    match expression:
        case Number(value):
            return ["number", value]
        case Name(symbol):
            return [symbol]
        case Parameter(kind, block):
            return [kind, block]
        case Call(function, argument):
            return [function, program(argument)]
        case Operation(operator, left, right):
            return [operator, program(left), program(right)]
