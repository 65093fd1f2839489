"""Networks that were written with NumPy alone: arrays called as articles call their matrices, Wxh, Wf, U_z.

Capitals, lines below and braces do not count: W_{xh} is wxh. A name before a dot or a slash is a network's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from cells.arrays import Array
from cells.loading.blocks import Block, Blocks
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import NAMELESS, Answers, Part, Question, check_parts
from cells.loading.sentences import sentence
from cells.loading.stack import Linear
from cells.loading.tensors import Stored

Named: TypeAlias = Mapping[str, Stored]

# What an article calls the gates, and what the cell is then.
LSTM = ({"f": "f", "i": "i", "o": "o"}, ("c", "g", "a", "ctilde", "chat", "cand"), "c", "LSTM")
GRU = ({"z": "u", "r": "r"}, ("h", "c", "n", "g", "htilde", "hhat", "cand", ""), "c", "GRU")
GRU_U = ({"u": "u", "r": "r"}, ("h", "c", "n", "g", "htilde", "hhat", "cand", ""), "c", "GRU")
# How it calls what multiplies x and what multiplies h; one matrix for both stands over [h, x].
STYLES = (("wx{}", "wh{}"), ("w{}x", "w{}h"), ("w{}", "u{}"), ("w{}", ""))
# RNNs: what multiplies x, and h; their bias; the readout and its bias.
RNNS = (
    ("wxh", "whh", "bh", "why", "by"),
    ("wxh", "whh", "bh", "whq", "bq"),
    ("wax", "waa", "ba", "wya", "by"),
    ("wih", "whh", "bh", "who", "bo"),
    ("wx", "wh", "b", "wy", "by"),
    ("win", "wrec", "brec", "wout", "bout"),
    ("u", "w", "b", "v", "c"),
)
READOUTS = (
    *(("why", "by"), ("wya", "by"), ("whq", "bq"), ("wy", "by")),
    *(("wv", "bv"), ("v", "c"), ("wout", "bout")),
)
# Weights from c to a gate, which no cell here has.
PEEPHOLES = re.compile(r"(w|u|v|p)(c[fio]|[fio]c|p[fio]|[fio]p)$|p[fio]$")

JOINED = Question(
    "joined", "Each matrix reads h and x side by side. Which of them comes first?", ("h", "x"), "h"
)
LIES = Question("units", "Does a unit have a row or a column of {}?", ("row", "column"), "row")
UPDATE = Question(
    "update",
    "Does the update gate keep the old state (as in PyTorch and Keras) or let the new one in?",
    ("keeps", "replaces"),
    "keeps",
)
RESET = Question(
    "reset", "Does the reset gate act before or after the product?", ("before", "after"), "before"
)
NONLINEARITY = Question(
    "nonlinearity",
    "An RNN has tanh or relu; the file does not say which. Which was it?",
    ("tanh", "relu"),
    "tanh",
)


class Roles(NamedTuple):
    """What the arrays of a network are: by our gates what multiplies x, h or both, and biases."""

    cell: str
    x: Named
    h: Named
    b: Named
    readout: tuple[Stored, Stored | None] | None


def parts(arrays: Named) -> tuple[Part, ...]:
    """The networks among the arrays, one for each name that stands before a dot or a slash."""
    groups: dict[str, dict[str, Stored]] = {}
    for name, array in arrays.items():
        last = re.split("[./]", name)[-1]
        place = name.removesuffix(last).rstrip("./")
        groups.setdefault(place, {}).setdefault(re.sub(r"[_{}]", "", last).lower(), array)
    found: list[Part] = []
    for place, named in groups.items():
        if (roles := roles_of(named)) is not None:
            check_parts(len(found) + 1)
            found.append(part(place or NAMELESS, roles, named))
    return tuple(found)


def roles_of(named: Named) -> Roles | None:
    """The network of arrays with these names; None if they are no article's."""
    for gates, candidates, ours, cell in (LSTM, GRU, GRU_U):
        for candidate in candidates:
            letters = {**gates, candidate: ours}
            for of_x, of_h in STYLES:
                x = {gate: named.get(of_x.format(letter)) for letter, gate in letters.items()}
                h = {gate: named.get(of_h.format(letter)) for letter, gate in letters.items()} if of_h else {}
                if None not in (*x.values(), *h.values()):
                    b = {gate: named.get(f"b{letter}") for letter, gate in letters.items()}
                    return Roles(cell, present(x), present(h), present(b), readout(named, x, h))
    rnns = [row for row in RNNS if row[0] in named and row[1] in named]
    for of_x, of_h, bias, out, out_bias in sorted(rnns, key=lambda row: row[3] not in named)[:1]:
        after = (named[out], named.get(out_bias)) if out in named else None
        biases = present({"h": named.get(bias)})
        return Roles("RNN", {"h": named[of_x]}, {"h": named[of_h]}, biases, after)
    return None


def present(found: Mapping[str, Stored | None]) -> dict[str, Stored]:
    """Those that are there."""
    return {gate: array for gate, array in found.items() if array is not None}


def readout(named: Named, *taken: Mapping[str, Stored | None]) -> tuple[Stored, Stored | None] | None:
    """The matrix that makes answers of h, and its bias."""
    used = {array.name for several in taken for array in several.values() if array is not None}
    for name, bias in READOUTS:
        if name in named and named[name].name not in used:
            return named[name], named.get(bias)
    return None


def part(place: str, roles: Roles, named: Named) -> Part:
    """The network of arrays whose roles are known, with what their names and shapes leave open."""
    x, h = roles.x, roles.h
    if h and not square(h) and square(x):
        x, h = h, x  # some write U for what multiplies x, and W for h
    units = units_of(x, h)
    known = rows_of(x, units, roles)
    unused = left(roles, named, units)
    questions = []
    if known is None:
        name = shown(next(iter(x.values())).name)
        questions.append(LIES._replace(asks=LIES.asks.format(name), about=name))
    if not h:
        questions.append(JOINED)
    if roles.cell == "GRU":
        keeps = any(re.fullmatch(r"b?z|w.*z.*", name) for name in named)
        questions.append(UPDATE._replace(default="keeps" if keeps else "replaces"))
        questions += [RESET] if h else []
    if roles.cell == "RNN":
        questions.append(NONLINEARITY)

    def rows(answers: Answers) -> bool:
        return answers["units"] == "row" if known is None else known

    def matrix(gate: str, of_h: bool) -> Callable[[Array, Answers], Array]:
        def take(array: Array, answers: Answers) -> Array:
            whole = array.T if rows(answers) else array
            if not h:
                first = answers["joined"] == ("h" if of_h else "x")
                size = units if of_h else len(whole) - units
                whole = whole[:size] if first else whole[len(whole) - size :]
            return whole * sign(gate, answers)

        return take

    def bias(gate: str) -> Callable[[Array, Answers], Array]:
        return lambda array, answers: array.ravel() * sign(gate, answers)

    blocks = Blocks(
        roles.cell,
        {gate: Block(array, matrix(gate, False)) for gate, array in x.items()},
        {gate: Block(array, matrix(gate, True)) for gate, array in (h or x).items()},
        {gate: (Block(array, bias(gate)),) for gate, array in roles.b.items()},
        answers_of(roles, units),
        axis=lambda answers: 0 if rows(answers) else 1,
    )
    return blocks.part(place, (sentence("note.article"),), tuple(questions), unused)


def sign(gate: str, answers: Answers) -> int:
    """-1 for an update gate that keeps: u = 1 - z, and 1 - sigmoid(a) = sigmoid(-a)."""
    return -1 if gate == "u" and answers["update"] == "keeps" else 1


def square(arrays: Named) -> bool:
    """Whether all of them have as many rows as columns."""
    return all(len(array.shape) == 2 and array.shape[0] == array.shape[1] for array in arrays.values())


def units_of(x: Named, h: Named) -> int:
    """How many units there are; LoadError names a matrix that is not like the others."""
    first = next(iter((h or x).values()))
    units = min(first.shape, default=0)
    for array in (*x.values(), *h.values()):
        of_h = array in h.values()
        fits = array.shape == (units, units) if of_h else len(array.shape) == 2 and units in array.shape
        same = array.shape == next(iter((h if of_h else x).values())).shape
        if not fits or not same or (not h and array.shape[0] == array.shape[1]):
            raise LoadError("names.shape", name=shown(array.name), shape=shown(array.shape), units=units)
    return units


def rows_of(x: Named, units: int, roles: Roles) -> bool | None:
    """Whether each row belongs to a unit, as shapes say it: of matrices first, then of biases."""
    after = [roles.readout[0].shape[::-1]] if roles.readout else []
    for shape in (next(iter(x.values())).shape, *after, *(array.shape for array in roles.b.values())):
        if len(shape) == 2 and shape[0] != shape[1] and units in shape:
            return shape[0] == units
    return None


def answers_of(roles: Roles, units: int) -> Linear | None:
    """The readout, if it reads all units."""
    if roles.readout is None:
        return None
    W, b = roles.readout
    if len(W.shape) != 2 or units not in W.shape:
        return None
    flat = b and b._replace(shape=(b.size,), read=lambda: b.read().ravel())
    return Linear(W, flat, 0, None)


def left(roles: Roles, named: Named, units: int) -> tuple[str, ...]:
    """The names of what is not shown; LoadError if they are weights of another kind of cell."""
    used = {array.name for several in (roles.x, roles.h, roles.b) for array in several.values()}
    used |= {array.name for array in roles.readout or () if array is not None}
    names = [array.name for array in named.values() if array.name not in used]
    others = [
        array.name
        for name, array in named.items()
        if array.name not in used and PEEPHOLES.match(name) and array.size in (units, units * units)
    ]
    if others:
        raise LoadError("names.another", names=", ".join(map(shown, others[:3])), cell=roles.cell)
    return tuple(names)
