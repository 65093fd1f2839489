"""The notation: what each letter is called, which values it can take, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Symbol(NamedTuple):
    """One row of the table; `low` and `high` bound its values, None where there is no bound."""

    name: str
    shown: str
    title: str
    low: float | None
    high: float | None
    sentence: str


_TABLE = (
    Symbol(
        "f", "f_t", "forget gate", 0, 1, "How much of the old cell state is kept: 1 keeps all, 0 erases all."
    ),
    Symbol("i", "i_t", "input gate", 0, 1, "How much of the candidate is written into the cell state."),
    Symbol("o", "o_t", "output gate", 0, 1, "How much of tanh(c) becomes the hidden state."),
    Symbol(
        "u", "u_t", "update gate", 0, 1, "How much of the hidden state is replaced: 1 replaces all, 0 keeps."
    ),
    Symbol(
        "r", "r_t", "reset gate", 0, 1, "How much of the old hidden state is used to compute the candidate."
    ),
    Symbol("c_tilde", "c̃_t", "candidate", -1, 1, "New content, ready to be written at this step."),
    Symbol("c", "c_t", "cell state", None, None, "The memory: what was kept of it plus what was written."),
    Symbol("h", "h_t", "hidden state", -1, 1, "The output of this step, read again at the next."),
    Symbol("x", "x_t", "input", None, None, "What the layer reads at this step."),
)

SYMBOLS: Mapping[str, Symbol] = {symbol.name: symbol for symbol in _TABLE}
