"""The truth of a question, and what those that compute it ask of a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import parse_qsl

from cells.arrays import Vector
from cells.cell import named
from cells.trace import Trace
from ui.figures.theme import limits
from ui.lessons.records import Ask
from ui.networks.defaults import parsed
from ui.runs.viewed import Viewed
from ui.stepper import answer_track


@dataclass(frozen=True)
class Curve:
    """One unit's symbol over the steps shown, in its fixed range."""

    values: Vector
    low: float
    high: float


@dataclass(frozen=True)
class Truth:
    """The one right answer: an option's name, a step counted from 1, or a unit's name on the page.

    `options` are the names on offer of a choice; `blanks` what can be said of the truth in a sentence.
    """

    right: str
    options: tuple[str, ...] = ()
    blanks: Mapping[str, str] = field(default_factory=dict)
    curve: Curve | None = None


Compute: TypeAlias = Callable[[Viewed, Ask], Truth]


def trace_of(viewed: Viewed) -> Trace:
    """The run in the direction and layer of the page."""
    return viewed.run().trace(viewed.selection.at)


def place_of(viewed: Viewed, ask: Ask) -> int:
    """The step asked about, from 0 in the window that is shown."""
    return (ask.step or viewed.selection.at.step) - 1 - viewed.window[0]


def unit_of(viewed: Viewed) -> int:
    """The page's unit, from 0."""
    return viewed.selection.at.unit - 1


def range_of(viewed: Viewed, symbol: str) -> tuple[float, float]:
    """What a symbol is drawn in."""
    trace = trace_of(viewed)
    return limits(symbol, trace[symbol], named(trace.cell).bounds(symbol)[1] is not None)


def value_of(viewed: Viewed, ask: Ask) -> float:
    """The symbol of the unit at the step asked about."""
    return float(trace_of(viewed)[ask.symbol][place_of(viewed, ask), unit_of(viewed)])


def instead(viewed: Viewed, ask: Ask, option: str = "") -> Viewed:
    """The view that a question is about: the page's, but for `ask.instead` with an option in it."""
    query = parse_qsl(ask.instead.replace("{}", option), strict_parsing=bool(ask.instead))
    parts = {name: parsed(name, value) for name, value in query}
    wrong = [name for name, value in parts.items() if value is None]
    if wrong:
        raise ValueError(f"{ask.instead!r} is no view: see {', '.join(wrong)}")
    return viewed.but(**{name: value for name, value in parts.items() if value is not None})


def right_of(viewed: Viewed) -> list[bool | None]:
    """Whether the answer after each step shown is right; None where nobody knows."""
    said, output = viewed.source.answers(), viewed.run().output
    if said is None or output is None:
        raise ValueError("this network answers nothing: ask of a gate or a state")
    return answer_track.of(said, output, viewed.tokens, viewed.window[0], viewed.words)["right"]


def step_of(viewed: Viewed, place: int, **blanks: str) -> Truth:
    """A step, from 0 in the window that is shown, as the answer."""
    number = str(viewed.window[0] + place + 1)
    token = viewed.tokens[viewed.window[0] + place]
    return Truth(number, (), {"step": number, "token": token, **blanks})
