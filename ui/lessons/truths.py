"""What is true of a page's view: the answer to its question, computed from the run that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from cells import shipped
from cells.arrays import Vector
from cells.cell import named
from cells.provenance import provenance
from cells.trace import Trace
from cells.tracks import TRACKS, correlations
from ui.figures.theme import limits
from ui.lessons.records import Ask
from ui.networks.answers import called
from ui.runs.viewed import Viewed
from ui.stepper import answer_track
from ui.text.numbers import decimals, percent, small

Shape: TypeAlias = Literal["choice", "token", "unit", "curve"]
STILL = 0.05  # of a symbol's range: what changes by less is said to stay
CLOSED, OPEN = 0.1, 0.9  # of a gate: Karpathy, Johnson & Fei-Fei 2015
EMPTY = 0.05  # of the range of a state: what lies nearer to 0 is said to be nothing


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


def _trace(viewed: Viewed) -> Trace:
    return viewed.run().trace(viewed.selection.at)


def _place(viewed: Viewed, ask: Ask) -> int:
    """The step asked about, from 0 in the window that is shown."""
    return (ask.step or viewed.selection.at.step) - 1 - viewed.window[0]


def _unit(viewed: Viewed) -> int:
    return viewed.selection.at.unit - 1


def _range(viewed: Viewed, symbol: str) -> tuple[float, float]:
    trace = _trace(viewed)
    return limits(symbol, trace[symbol], named(trace.cell).bounds(symbol)[1] is not None)


def direction(viewed: Viewed, ask: Ask) -> Truth:
    """Which way a symbol of the unit goes with the step asked about: up, down, or it stays."""
    trace, place, unit = _trace(viewed), _place(viewed, ask), _unit(viewed)
    values = trace[ask.symbol]
    before = trace.previous(ask.symbol) if ask.symbol in ("c", "h") else np.vstack([values[:1], values[:-1]])
    was, now = float(before[place, unit]), float(values[place, unit])
    low, high = _range(viewed, ask.symbol)
    change = (now - was) / (high - low)
    right = "same" if abs(change) < STILL else "up" if change > 0 else "down"
    return Truth(right, ("up", "same", "down"), {"before": decimals(was), "after": decimals(now)})


def level(viewed: Viewed, ask: Ask) -> Truth:
    """Where a gate of the unit stands: closed, between, open."""
    value = float(_trace(viewed)[ask.symbol][_place(viewed, ask), _unit(viewed)])
    right = "closed" if value < CLOSED else "open" if value > OPEN else "between"
    return Truth(right, ("closed", "between", "open"), {"value": small(value)})


def sign(viewed: Viewed, ask: Ask) -> Truth:
    """Whether a state of the unit is below, about or above zero."""
    value = float(_trace(viewed)[ask.symbol][_place(viewed, ask), _unit(viewed)])
    low, high = _range(viewed, ask.symbol)
    right = "nothing" if abs(value) < EMPTY * (high - low) else "above" if value > 0 else "below"
    return Truth(right, ("below", "nothing", "above"), {"value": decimals(value)})


def answer(viewed: Viewed, ask: Ask) -> Truth:
    """What the network answers after the step asked about; options are answers by their own names."""
    said, output = viewed.source.answers(), viewed.run().output
    if said is None or output is None:
        raise ValueError("this network answers nothing: ask of a gate or a state")
    row = output[_place(viewed, ask)]
    best, name = int(row.argmax()), called(said, viewed.words)
    blanks = {"answer": name(said.names[best]), "share": percent(float(row[best]))}
    return Truth(said.names[best], ask.options or said.names, blanks)


def correct(viewed: Viewed, ask: Ask) -> Truth:
    """Whether the answer after the step asked about is right."""
    right = _right(viewed)[_place(viewed, ask)]
    if right is None:
        raise ValueError(f"nobody knows the right answer after step {ask.step}")
    return Truth("right" if right else "wrong", ("right", "wrong"))


def _right(viewed: Viewed) -> list[bool | None]:
    said, output = viewed.source.answers(), viewed.run().output
    if said is None or output is None:
        raise ValueError("this network answers nothing: ask of a gate or a state")
    return answer_track.of(said, output, viewed.tokens, viewed.window[0], viewed.words)["right"]


def first_wrong(viewed: Viewed, ask: Ask) -> Truth:
    """The first step after which the answer is wrong, from the step asked about on if one is named."""
    begin = ask.step and _place(viewed, ask)
    places = [place for place, right in enumerate(_right(viewed)) if right is False and place >= begin]
    if not places:
        raise ValueError("no answer to this text is wrong: take a longer one, or another network")
    return _step(viewed, places[0])


def _step(viewed: Viewed, place: int, **blanks: str) -> Truth:
    number = str(viewed.window[0] + place + 1)
    token = viewed.tokens[viewed.window[0] + place]
    return Truth(number, (), {"step": number, "token": token, **blanks})


def wrote_most(viewed: Viewed, ask: Ask) -> Truth:
    """The step that wrote most of what the unit's memory holds after the step asked about."""
    shares = provenance(_trace(viewed), _place(viewed, ask))[1:, _unit(viewed)]
    place = int(np.abs(shares).argmax())
    return _step(viewed, place, value=small(float(shares[place])))


def largest(viewed: Viewed, ask: Ask) -> Truth:
    """The step at which a symbol of the unit is largest."""
    values = _trace(viewed)[ask.symbol][:, _unit(viewed)]
    place = int(values.argmax())
    return _step(viewed, place, value=decimals(float(values[place])))


def smallest(viewed: Viewed, ask: Ask) -> Truth:
    """The step at which a symbol of the unit is smallest."""
    values = _trace(viewed)[ask.symbol][:, _unit(viewed)]
    place = int(values.argmin())
    return _step(viewed, place, value=decimals(float(values[place])))


def moves_most(viewed: Viewed, ask: Ask) -> Truth:
    """The step at which a state of the unit changes most."""
    trace = _trace(viewed)
    change = np.abs(trace[ask.symbol] - trace.previous(ask.symbol))[:, _unit(viewed)]
    place = int(change.argmax())
    return _step(viewed, place, value=decimals(float(change[place])))


def telling_unit(viewed: Viewed, ask: Ask) -> Truth:
    """The unit of which a state goes best with a label of the text; the label is the page's `track`."""
    labels = TRACKS[viewed.selection.memory.track](viewed.tokens)
    first, last = viewed.window
    r = np.nan_to_num(correlations(_trace(viewed)[ask.symbol], np.asarray(labels)[first:last]))
    unit = int(np.abs(r).argmax())
    name = viewed.words.names("unit")(viewed.source.unit_names(len(r))[unit])
    return Truth(name, (), {"unit": name, "r": decimals(float(r[unit]))})


def curve(viewed: Viewed, ask: Ask) -> Truth:
    """A symbol of the unit over all steps shown, to be drawn by hand."""
    low, high = _range(viewed, ask.symbol)
    values = _trace(viewed)[ask.symbol][:, _unit(viewed)]
    return Truth("", (), {}, Curve(values, low, high))


def other_text(viewed: Viewed, ask: Ask) -> Truth:
    """Whether a symbol of the unit at the step asked about is another where the text is `ask.text`."""
    place, unit = _place(viewed, ask), _unit(viewed)
    here = float(_trace(viewed)[ask.symbol][place, unit])
    there = float(_trace(viewed.but(text=ask.text))[ask.symbol][place, unit])
    blanks = {"before": small(here), "after": small(there), "change": small(there - here)}
    return Truth("same" if here == there else "moves", ("same", "moves"), blanks)


def best_score(_viewed: Viewed, ask: Ask) -> Truth:
    """Which of the trained networks in `options` does best on new texts, by the score that `symbol` names."""
    scores = {name: shipped.card(name).scores[ask.symbol] for name in ask.options}
    best = max(scores, key=lambda name: scores[name])
    return Truth(best, ask.options, {name.replace("-", "_"): small(score) for name, score in scores.items()})


@dataclass(frozen=True)
class Kind:
    """How a question is answered, and what computes its truth."""

    shape: Shape
    compute: Compute
    symbols: tuple[str, ...] = ()


TRUTHS: Mapping[str, Kind] = {
    "direction": Kind("choice", direction),
    "level": Kind("choice", level),
    "sign": Kind("choice", sign),
    "answer": Kind("choice", answer),
    "correct": Kind("choice", correct),
    "other_text": Kind("choice", other_text),
    "best_score": Kind("choice", best_score),
    "first_wrong": Kind("token", first_wrong),
    "wrote_most": Kind("token", wrote_most),
    "largest": Kind("token", largest),
    "smallest": Kind("token", smallest),
    "moves_most": Kind("token", moves_most),
    "telling_unit": Kind("unit", telling_unit),
    "curve": Kind("curve", curve),
}


def truth(viewed: Viewed, ask: Ask) -> Truth:
    """The right answer to a question about a view; ValueError says why there is none."""
    return TRUTHS[ask.what].compute(viewed, ask)
