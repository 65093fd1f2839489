"""What is true of a page's view: the answer to its question, computed from the run that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from cells import shipped
from cells.provenance import provenance
from cells.tracks import TRACKS, correlations
from ui.lessons import beginnings, formulas, later_words, overview, reaching, trials, what_if
from ui.lessons.records import Ask
from ui.lessons.truth import (
    Compute,
    Curve,
    Truth,
    instead,
    place_of,
    range_of,
    right_of,
    step_of,
    trace_of,
    unit_of,
    value_of,
)
from ui.networks.answers import called
from ui.runs.viewed import Viewed
from ui.text.numbers import decimals, minus, percent, small

Shape: TypeAlias = Literal["choice", "token", "unit", "curve"]
STILL = 0.05  # of a gate's range, and of -1..1: what changes by less is said to stay, as in core/guessing.js
CLOSED, OPEN = 0.1, 0.9  # of a gate: Karpathy, Johnson & Fei-Fei 2015
EMPTY = 0.05  # of the range of a state: what lies nearer to 0 is said to be nothing


def direction(viewed: Viewed, ask: Ask) -> Truth:
    """Which way a symbol of the unit goes with the step asked about: up, down, or it stays."""
    trace, place, unit = trace_of(viewed), place_of(viewed, ask), unit_of(viewed)
    values = trace[ask.symbol]
    before = trace.previous(ask.symbol) if ask.symbol in ("c", "h") else np.vstack([values[:1], values[:-1]])
    was, now = float(before[place, unit]), float(values[place, unit])
    low, high = range_of(viewed, ask.symbol)
    change = (now - was) / min(high - low, 2)  # c is drawn in the range that its text needs
    right = "same" if abs(change) < STILL else "up" if change > 0 else "down"
    return Truth(right, ("up", "same", "down"), {"before": decimals(was), "after": decimals(now)})


def level(viewed: Viewed, ask: Ask) -> Truth:
    """Where a gate of the unit stands: closed, between, open."""
    value = value_of(viewed, ask)
    right = "closed" if value < CLOSED else "open" if value > OPEN else "between"
    return Truth(right, ("closed", "between", "open"), {"value": decimals(value)})


def sign(viewed: Viewed, ask: Ask) -> Truth:
    """Whether a state of the unit is below, about or above zero."""
    value = value_of(viewed, ask)
    low, high = range_of(viewed, ask.symbol)
    right = "nothing" if abs(value) < EMPTY * (high - low) else "above" if value > 0 else "below"
    return Truth(right, ("below", "nothing", "above"), {"value": decimals(value)})


def answer(viewed: Viewed, ask: Ask) -> Truth:
    """What the network answers after the step asked about; options are answers by their own names."""
    said, output = viewed.source.answers(), viewed.run().output
    if said is None or output is None:
        raise ValueError("this network answers nothing: ask of a gate or a state")
    row = output[place_of(viewed, ask)]
    best, name = int(row.argmax()), called(said, viewed.words)
    blanks = {"answer": name(said.names[best]), "share": percent(float(row[best]))}
    return Truth(said.names[best], ask.options or said.names, blanks)


def correct(viewed: Viewed, ask: Ask) -> Truth:
    """Whether the answer after the step asked about is right."""
    right = right_of(viewed)[place_of(viewed, ask)]
    if right is None:
        raise ValueError(f"nobody knows the right answer after step {ask.step}")
    return Truth("right" if right else "wrong", ("right", "wrong"))


def first_wrong(viewed: Viewed, ask: Ask) -> Truth:
    """The first step after which the answer is wrong, from the step asked about on if one is named."""
    begin = ask.step and place_of(viewed, ask)
    places = [place for place, right in enumerate(right_of(viewed)) if right is False and place >= begin]
    if not places:
        raise ValueError("no answer to this text is wrong: take a longer one, or another network")
    return step_of(viewed, places[0])


def wrote_most(viewed: Viewed, ask: Ask) -> Truth:
    """The step that wrote most of what the unit's memory holds after the step asked about."""
    shares = provenance(trace_of(viewed), place_of(viewed, ask))[1:, unit_of(viewed)]
    place = int(np.abs(shares).argmax())
    return step_of(viewed, place, value=small(float(shares[place])))


def largest(viewed: Viewed, ask: Ask) -> Truth:
    """The step at which a symbol of the unit is largest."""
    values = trace_of(viewed)[ask.symbol][:, unit_of(viewed)]
    place = int(values.argmax())
    return step_of(viewed, place, value=decimals(float(values[place])))


def smallest(viewed: Viewed, ask: Ask) -> Truth:
    """The step at which a symbol of the unit is smallest."""
    values = trace_of(viewed)[ask.symbol][:, unit_of(viewed)]
    place = int(values.argmin())
    return step_of(viewed, place, value=decimals(float(values[place])))


def moves_most(viewed: Viewed, ask: Ask) -> Truth:
    """The step at which a state of the unit changes most."""
    trace = trace_of(viewed)
    change = np.abs(trace[ask.symbol] - trace.previous(ask.symbol))[:, unit_of(viewed)]
    place = int(change.argmax())
    return step_of(viewed, place, value=decimals(float(change[place])))


def telling_unit(viewed: Viewed, ask: Ask) -> Truth:
    """The unit of which a state goes best with a label of the text; the label is the page's `track`."""
    labels = TRACKS[viewed.selection.memory.track](viewed.tokens)
    first, last = viewed.window
    r = np.nan_to_num(correlations(trace_of(viewed)[ask.symbol], np.asarray(labels)[first:last]))
    unit = int(np.abs(r).argmax())
    name = viewed.words.names("unit")(viewed.source.unit_names(len(r))[unit])
    return Truth(name, (), {"unit": name, "r": decimals(float(r[unit]))})


def curve(viewed: Viewed, ask: Ask) -> Truth:
    """A symbol of the unit over all steps shown, to be drawn by hand."""
    low, high = range_of(viewed, ask.symbol)
    values = trace_of(viewed)[ask.symbol][:, unit_of(viewed)]
    return Truth("", (), {}, Curve(values, low, high))


def other_text(viewed: Viewed, ask: Ask) -> Truth:
    """Whether a symbol of the unit at the step asked about is another where the text is `ask.text`."""
    place, unit = place_of(viewed, ask), unit_of(viewed)
    here = float(trace_of(viewed)[ask.symbol][place, unit])
    there = float(trace_of(viewed.but(text=ask.text))[ask.symbol][place, unit])
    blanks = {
        "before": small(here),
        "after": small(there),
        "change": small(there - here),
        "exact": minus(repr(there)),
    }
    return Truth("same" if here == there else "moves", ("same", "moves"), blanks)


def best_score(_viewed: Viewed, ask: Ask) -> Truth:
    """Which of the trained networks in `options` does best on new texts, by the score that `symbol` names."""
    scores = {name: shipped.card(name).scores[ask.symbol] for name in ask.options}
    best = max(scores, key=lambda name: scores[name])
    return Truth(best, ask.options, {name.replace("-", "_"): small(score) for name, score in scores.items()})


@dataclass(frozen=True)
class Kind:
    """How a question is answered, and what computes its truth; `beside` where that looks at two views."""

    shape: Shape
    compute: Compute
    symbols: tuple[str, ...] = ()
    beside: bool = False


TRUTHS: Mapping[str, Kind] = {
    "direction": Kind("choice", direction),
    "level": Kind("choice", level),
    "sign": Kind("choice", sign),
    "answer": Kind("choice", answer),
    "correct": Kind("choice", correct),
    "other_text": Kind("choice", other_text),
    "best_score": Kind("choice", best_score),
    "value": Kind("choice", what_if.value),
    "other_view": Kind("choice", what_if.other_view, beside=True),
    "loses": Kind("choice", what_if.loses, beside=True),
    "keeps": Kind("choice", what_if.keeps, beside=True),
    "counts_to": Kind("choice", what_if.counts_to, beside=True),
    "half_life": Kind("choice", reaching.half_life),
    "grows": Kind("choice", reaching.grows),
    "reaches": Kind("choice", reaching.reaches),
    "same_function": Kind("choice", formulas.same_function),
    "which_differs": Kind("choice", formulas.which_differs),
    "best_r": Kind("choice", overview.best_r),
    "saturated": Kind("choice", overview.saturated),
    "strides": Kind("choice", overview.strides),
    "left": Kind("choice", beginnings.left),
    "bias_for": Kind("choice", beginnings.bias_for),
    "felt_most": Kind("choice", beginnings.felt_most),
    "bias_moved": Kind("choice", beginnings.bias_moved),
    "first_right": Kind("choice", trials.first_right),
    "only_right": Kind("choice", trials.only_right),
    "without": Kind("choice", trials.without),
    "spared": Kind("choice", trials.spared),
    "follows": Kind("choice", trials.follows),
    "waits": Kind("choice", later_words.waits),
    "answer_turns": Kind("choice", later_words.answer_turns, beside=True),
    "first_wrong": Kind("token", first_wrong),
    "wrote_most": Kind("token", wrote_most),
    "largest": Kind("token", largest),
    "smallest": Kind("token", smallest),
    "moves_most": Kind("token", moves_most),
    "first_differs": Kind("token", what_if.first_differs, beside=True),
    "telling_unit": Kind("unit", telling_unit),
    "forgets_fastest": Kind("unit", beginnings.forgets_fastest),
    "curve": Kind("curve", curve),
}


def truth(viewed: Viewed, ask: Ask) -> Truth:
    """The right answer to a question about a view; ValueError says why there is none."""
    kind = TRUTHS[ask.what]
    return kind.compute(viewed if kind.beside or not ask.instead else instead(viewed, ask), ask)
