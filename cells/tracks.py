"""Labels of a text, one number a step, and the units that go with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

import numpy as np

from cells.arrays import Matrix, Vector
from cells.tokens import plain_letter
from cells.trace import Trace

UP, DOWN = frozenset("([{"), frozenset(")]}")
OPENS, CLOSES, EITHER = frozenset("“«"), frozenset("”»"), '"'
VOWELS = frozenset("aeiou")


def running(tokens: Sequence[str], up: Iterable[str], down: Iterable[str]) -> Vector:
    """How many of `up` more than of `down` there were so far, this step's token included: (time,)."""
    rises, falls = frozenset(up), frozenset(down)
    return np.cumsum([(token in rises) - (token in falls) for token in tokens], dtype=float)


def inside_quotes(tokens: Sequence[str]) -> Vector:
    """1 from the token that opens a quotation until the one that closes it; an apostrophe is neither."""
    inside, labels = False, []
    for token in tokens:
        inside = token in OPENS or (inside and token not in CLOSES) if token != EITHER else not inside
        labels.append(float(inside))
    return np.array(labels)


def position(tokens: Sequence[str]) -> Vector:
    """0, 1, 2, …"""
    return np.arange(len(tokens), dtype=float)


def line_position(tokens: Sequence[str]) -> Vector:
    """0, 1, 2, … from the beginning of each line; a line break belongs to the line that it ends."""
    labels, place = [], 0.0
    for token in tokens:
        labels.append(place)
        place = 0.0 if token == "\n" else place + 1
    return np.array(labels)


def vowel(tokens: Sequence[str]) -> Vector:
    """1 where the token is a vowel, of either case and with any accent."""
    return np.array([float(len(token) == 1 and plain_letter(token) in VOWELS) for token in tokens])


def capital(tokens: Sequence[str]) -> Vector:
    """1 where the token begins with a capital."""
    return np.array([float(token[:1].isupper()) for token in tokens])


def marked(tokens: Sequence[str], steps: Iterable[int]) -> Vector:
    """1 at the steps that a reader has marked as a class."""
    labels = np.zeros(len(tokens))
    for step in steps:
        if not 0 <= step < len(labels):
            raise IndexError(f"step {step} is not in this sequence; choose 0..{len(labels) - 1}")
        labels[step] = 1
    return labels


APART = re.compile(r"[\s,;，；、]+")


def entries(written: str, steps: int) -> list[str]:
    """Labels as a reader writes them: numbers apart from each other, or one digit a step, as 00110."""
    parts = [part for part in APART.split(written.replace("−", "-")) if part]
    digits = len(parts) == 1 and steps > 1 and parts[0].isascii() and parts[0].isdigit()
    return list(parts[0]) if digits else parts


def finite(entry: str) -> bool:
    """Whether an entry is a number that can be reckoned with."""
    try:
        return "_" not in entry and isfinite(float(entry))
    except ValueError:
        return False


def labels(written: str, steps: int) -> Vector:
    """The labels of all steps, (steps,); a ValueError where they are not as many, or no finite numbers."""
    parts = entries(written, steps)
    if len(parts) != steps or not all(map(finite, parts)):
        raise ValueError(f"{len(parts)} labels for {steps} steps; give one finite number a step")
    return np.array([float(part) for part in parts])


TRACKS: Mapping[str, Callable[[Sequence[str]], Vector]] = {
    "a − b": lambda tokens: running(tokens, "a", "b"),
    "depth": lambda tokens: running(tokens, UP, DOWN),
    "inside quotes": inside_quotes,
    "position": position,
    "position in the line": line_position,
    "vowel": vowel,
    "capital": capital,
}


class Found(NamedTuple):
    """A unit (from 0) of a symbol and Pearson's r of it with a track; None where either never moves."""

    symbol: str
    unit: int
    r: float | None


def found(trace: Trace, track: Vector) -> tuple[Found, ...]:
    """Every unit of every symbol, those that go closest with the track first, those without r last."""
    if len(track) != len(trace):
        raise ValueError(
            f"the track has {len(track)} steps and the trace {len(trace)}; give one label a step"
        )
    columns = np.concatenate([trace[symbol] for symbol in trace.symbols], axis=1)
    r = correlations(columns, track)
    names = [(symbol, unit) for symbol in trace.symbols for unit in range(trace[symbol].shape[1])]
    order = np.argsort(-np.nan_to_num(np.abs(r), nan=-1.0), kind="stable")
    rs = [None if np.isnan(number) else float(number) for number in r]
    return tuple(Found(symbol, unit, rs[place]) for place in order for symbol, unit in [names[place]])


def correlations(units: Matrix, track: Vector) -> Vector:
    """Pearson's r of every unit (step, unit) with a row (step,): (unit,); NaN where either never moves."""
    away, other = _centred(units), _centred(np.asarray(track)[:, None])
    with np.errstate(invalid="ignore"):
        r: Vector = (other.T @ away)[0]
        return np.clip(r, -1, 1)


def _centred(columns: Matrix) -> Matrix:
    """Columns of mean 0 and length 1; NaN for a column that moves no more than rounding does."""
    largest, rounding = np.abs(columns).max(axis=0), np.finfo(np.result_type(columns, "float32")).eps
    columns = columns.astype("float64") / np.where(largest > 0, largest, 1)
    away = columns - columns.mean(axis=0)
    length = np.sqrt((away**2).sum(axis=0))
    moves = np.ptp(columns, axis=0) > 8 * rounding
    centred: Matrix = away / np.where(moves, length, np.nan)
    return centred
