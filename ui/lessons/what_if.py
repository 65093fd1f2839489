"""Questions about a view that is not on the screen: with something held, another text, another formula."""

from __future__ import annotations

import numpy as np

from cells.alternative_formulas import reread
from cells.training.scores import counting
from ui.lessons.records import Ask
from ui.lessons.truth import Truth, instead, range_of, step_of, trace_of, unit_of, value_of
from ui.runs.viewed import Viewed
from ui.text.numbers import decimals, minus, small

NEAR = 0.0051  # of an option: numbers on the screen have two decimals
CLEAR = 0.2  # of a symbol's range: by so much one option leaves more than each other, or less


def value(viewed: Viewed, ask: Ask) -> Truth:
    """The symbol of the unit at the step asked about; options are numbers."""
    return nearest(value_of(viewed, ask), ask)


def nearest(found: float, ask: Ask, **blanks: str) -> Truth:
    """The one option that is the number found."""
    right = [option for option in ask.options if abs(float(option) - found) < NEAR]
    if len(right) != 1:
        raise ValueError(f"one of {', '.join(ask.options)} must be {found:.2f}")
    return Truth(right[0], ask.options, {"value": minus(right[0]), **blanks})


def other_view(viewed: Viewed, ask: Ask) -> Truth:
    """Whether a symbol of the unit at the step asked about is another in the view that is asked about."""
    here, there = (value_of(one, ask) for one in (viewed, instead(viewed, ask)))
    blanks = {"before": small(here), "after": small(there), "change": small(there - here)}
    return Truth("same" if here == there else "moves", ("same", "moves"), blanks)


def loses(viewed: Viewed, ask: Ask) -> Truth:
    """With which option, each a view of its own, least is in the unit at the step asked about."""
    return _clearly(viewed, ask, -1)


def keeps(viewed: Viewed, ask: Ask) -> Truth:
    """With which option, each a view of its own, most is in the unit at the step asked about."""
    return _clearly(viewed, ask, 1)


def _clearly(viewed: Viewed, ask: Ask, sign: int) -> Truth:
    """The option with most, or with -1 least, if it is so by far; blanks say what each leaves."""
    found = {option: value_of(instead(viewed, ask, option), ask) for option in ask.options}
    first, second = sorted(ask.options, key=lambda option: -sign * abs(found[option]))[:2]
    low, high = range_of(viewed, ask.symbol)
    if abs(abs(found[first]) - abs(found[second])) < CLEAR * (high - low) / 2:
        raise ValueError(f"{first} and {second} leave nearly the same")
    return Truth(first, ask.options, {option: decimals(left) for option, left in found.items()})


def first_differs(viewed: Viewed, ask: Ask) -> Truth:
    """The first step at which a symbol of the unit is another in the view that is asked about."""
    here, there = (trace_of(one)[ask.symbol][:, unit_of(one)] for one in (viewed, instead(viewed, ask)))
    places = np.flatnonzero(here != there)
    if not len(places):
        raise ValueError(f"{ask.symbol} is the same at every step: ask of a view in which it differs")
    place = int(places[0])
    blanks = {"here": decimals(float(here[place])), "there": decimals(float(there[place]))}
    return step_of(viewed, place, **blanks)


def counts_to(viewed: Viewed, ask: Ask) -> Truth:
    """Up to which n a network that counts is right when its weights are read by the formulas of `symbol`."""
    own, other = (
        int(counting(reread(viewed.network, cell))["longest"]) for cell in (viewed.network.cell, ask.symbol)
    )
    return nearest(other, ask, own=str(own))
