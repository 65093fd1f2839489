"""The catalogue of cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from inspect import signature, unwrap
from types import FunctionType
from typing import TypeAlias

from cells import gru, gru_reset_after, lstm, lstm_as_printed, rnn
from cells.arrays import Array
from cells.squashing import RELU, USUAL, Functions
from cells.symbols import SYMBOLS
from cells.unrolling import Gradients

Named: TypeAlias = Callable[..., tuple[Array, ...]]  # a NamedTuple type of arrays


@dataclass(frozen=True)
class Cell:
    """One cell: its step, the same steps over a whole sequence, their gradients, the types that name parts.

    step(W, U, b, x, *states) and unroll(W, U, b, inputs, *states) return a `Step`; `states` are the symbols
    that a step hands on to the next, in the order in which it takes them. backward(W, U, b, inputs, states,
    computed, dh) returns `Gradients`. A cell with other `functions` is a variant: `family` names the cell
    whose formulas it has.
    """

    name: str
    step: Callable[..., tuple[Array, ...]]
    unroll: Callable[..., tuple[Array, ...]]
    backward: Callable[..., Gradients]
    Step: Named
    Blocks: Named
    Biases: Named
    states: tuple[str, ...]
    functions: Functions = USUAL
    family: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "family", self.family or self.name)

    @property
    def symbols(self) -> tuple[str, ...]:
        """What a step computes, in reading order."""
        return names(self.Step)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the weight blocks: `W.f`, `U.f`, …"""
        return names(self.Blocks)

    @property
    def biases(self) -> tuple[str, ...]:
        """Names of the bias blocks: `b.f`, …"""
        return names(self.Biases)

    def bounds(self, symbol: str) -> tuple[float | None, float | None]:
        """The least and the largest value of a symbol; None where it has no bound."""
        if symbol in ("c_tilde", "h"):
            return self.functions.candidate.low, self.functions.candidate.high
        return SYMBOLS[symbol].low, SYMBOLS[symbol].high


@cache
def names(parts: Named) -> tuple[str, ...]:
    """The field names of a NamedTuple type."""
    return tuple(signature(parts).parameters)


def variant(cell: Cell, name: str, functions: Functions) -> Cell:
    """The same formulas with other functions; in the step, the same names stand for these."""
    step = unwrap(cell.step)
    assert isinstance(step, FunctionType)
    bound = step.__globals__ | {"sigmoid": functions.gate.value, "tanh": functions.candidate.value}
    return replace(
        cell,
        name=name,
        step=FunctionType(step.__code__, bound, step.__name__),
        unroll=partial(cell.unroll, functions=functions),
        backward=partial(cell.backward, functions=functions),
        functions=functions,
        family=cell.name,
    )


ELMAN = Cell("RNN", rnn.step, rnn.unroll, rnn.backward, rnn.Step, rnn.Blocks, rnn.Blocks, ("h",))

CELLS: Mapping[str, Cell] = {
    cell.name: cell
    for cell in (
        ELMAN,
        Cell("LSTM", lstm.step, lstm.unroll, lstm.backward, lstm.Step, lstm.Blocks, lstm.Blocks, ("h", "c")),
        Cell("GRU", gru.step, gru.unroll, gru.backward, gru.Step, gru.Blocks, gru.Blocks, ("h",)),
        Cell(
            "GRU (reset after)",
            gru_reset_after.step,
            gru_reset_after.unroll,
            gru_reset_after.backward,
            gru.Step,
            gru.Blocks,
            gru_reset_after.Biases,
            ("h",),
        ),
        Cell(
            "LSTM (as printed)",
            lstm_as_printed.step,
            lstm_as_printed.unroll,
            lstm_as_printed.backward,
            lstm.Step,
            lstm.Blocks,
            lstm.Blocks,
            ("h", "c"),
        ),
        variant(ELMAN, "RNN (relu)", USUAL._replace(candidate=RELU)),
    )
}


def named(name: str) -> Cell:
    """The cell of that name; ValueError names the ones there are."""
    if name not in CELLS:
        raise ValueError(f"there is no cell {name!r}; choose one of {', '.join(map(repr, CELLS))}")
    return CELLS[name]
