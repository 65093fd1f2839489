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
from cells.squashing import HARD_SIGMOID_5, HARD_SIGMOID_6, RELU, SIGMOID, TANH, USUAL, Functions, Squash
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


def variant(cell: Cell, functions: Functions) -> Cell:
    """The same formulas with other functions; in the step, the same names stand for these."""
    step = unwrap(cell.step)
    assert isinstance(step, FunctionType)
    bound = step.__globals__ | {"sigmoid": functions.gate.value, "tanh": functions.candidate.value}
    return replace(
        cell,
        name=_called(cell.name, functions),
        step=FunctionType(step.__code__, bound, step.__name__),
        unroll=partial(cell.unroll, functions=functions),
        backward=partial(cell.backward, functions=functions),
        functions=functions,
        family=cell.name,
    )


# What a name says of functions: "LSTM (hard sigmoid 5)". relu is the candidate's and the state's.
SAID: Mapping[Squash, str] = {
    HARD_SIGMOID_5: "hard sigmoid 5",
    HARD_SIGMOID_6: "hard sigmoid 6",
    RELU: "relu",
}


def _called(name: str, functions: Functions) -> str:
    kind, _, inside = name.partition(" (")
    said = [inside.rstrip(")"), *(SAID.get(squash, "") for squash in functions)]
    return f"{kind} ({', '.join(filter(None, said))})"


RNN = Cell("RNN", rnn.step, rnn.unroll, rnn.backward, rnn.Step, rnn.Blocks, rnn.Blocks, ("h",))
LSTM = Cell("LSTM", lstm.step, lstm.unroll, lstm.backward, lstm.Step, lstm.Blocks, lstm.Blocks, ("h", "c"))
GRU = Cell("GRU", gru.step, gru.unroll, gru.backward, gru.Step, gru.Blocks, gru.Blocks, ("h",))
GRU_RESET_AFTER = Cell(
    "GRU (reset after)",
    gru_reset_after.step,
    gru_reset_after.unroll,
    gru_reset_after.backward,
    gru.Step,
    gru.Blocks,
    gru_reset_after.Biases,
    ("h",),
)
LSTM_AS_PRINTED = Cell(
    "LSTM (as printed)",
    lstm_as_printed.step,
    lstm_as_printed.unroll,
    lstm_as_printed.backward,
    lstm.Step,
    lstm.Blocks,
    lstm.Blocks,
    ("h", "c"),
)

# Those that a reader can draw at random; the others come in files.
OFFERED = (RNN, LSTM, GRU, GRU_RESET_AFTER, LSTM_AS_PRINTED, variant(RNN, Functions(SIGMOID, RELU)))
OTHERS = (
    Functions(HARD_SIGMOID_5, TANH),
    Functions(HARD_SIGMOID_6, TANH),
    Functions(SIGMOID, RELU),
    Functions(HARD_SIGMOID_5, RELU),
    Functions(HARD_SIGMOID_6, RELU),
)

CELLS: Mapping[str, Cell] = {cell.name: cell for cell in OFFERED} | {
    cell.name: cell
    for cell in (variant(cell, functions) for functions in OTHERS for cell in (LSTM, GRU, GRU_RESET_AFTER))
}


def named(name: str) -> Cell:
    """The cell of that name; ValueError names the ones there are."""
    if name not in CELLS:
        raise ValueError(
            f"there is no cell {name!r}; choose one of {', '.join(repr(cell.name) for cell in OFFERED)}"
        )
    return CELLS[name]
