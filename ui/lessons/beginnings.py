"""Questions of how a network begins: its forget biases, and how far its first steps are felt."""

from __future__ import annotations

import numpy as np

from cells.arrays import Vector
from cells.cell import named
from cells.gradient_flow import flow
from cells.time_scale import decay, of_bias
from ui.lessons.records import Ask
from ui.lessons.truth import Truth, instead, trace_of
from ui.runs.viewed import Viewed
from ui.text.numbers import decimals, digits, rounding, small

NOTHING, HALF = 0.01, 0.5  # of what was written: less is said to be nothing, more to be most of it
HARDLY, FAR = 0.5, 2.0  # that a bias moves
CLEARLY = 100.0  # so many times more is felt with one option than with each other
FASTER = 1.2  # times as fast is by far


def left(viewed: Viewed, ask: Ask) -> Truth:
    """How much is left after the steps asked about where the forget bias of the view alone sets the gate."""
    found = of_bias(float(instead(viewed, ask).selection.memory.ensemble.forget))
    share = float(found.f) ** ask.step
    right = "nothing" if share < NOTHING else "most" if share > HALF else "some"
    told = rounding(share) if share < NOTHING else small(share)
    return Truth(right, ("most", "some", "nothing"), {"value": told, "f": decimals(float(found.f))})


def bias_for(_viewed: Viewed, ask: Ask) -> Truth:
    """The smallest of the biases on offer that keeps more than half for the steps asked about."""
    lives = {bias: float(of_bias(float(bias)).half_life) for bias in ask.options}
    enough = [bias for bias in sorted(ask.options, key=float) if lives[bias] > ask.step]
    if not enough:
        raise ValueError(f"no bias on offer keeps half for {ask.step} steps: offer a larger one")
    return Truth(enough[0], ask.options, {f"b{bias}": digits(life) for bias, life in lives.items()})


def felt_most(viewed: Viewed, ask: Ask) -> Truth:
    """With which option, each a view of its own, the last state feels the first step most, by far."""
    felt = {option: _felt(instead(viewed, ask, option)) for option in ask.options}
    first, second = sorted(ask.options, key=lambda option: -felt[option])[:2]
    if felt[first] < CLEARLY * felt[second]:
        raise ValueError(f"{first} and {second} reach nearly as far")
    blanks = {option.replace("-", "_"): _told(value) for option, value in felt.items()}
    return Truth(first, ask.options, blanks)


def _felt(viewed: Viewed) -> float:
    """By what factor a small change of the state after the first step is felt after the last, at most."""
    trace, at = trace_of(viewed), viewed.selection.at
    weights = viewed.network.layers[at.layer - 1].forward
    return float(flow(trace, weights, len(trace) - 1).state[1])


def _told(value: float) -> str:
    return rounding(value) if value < NOTHING else small(value)


def bias_moved(viewed: Viewed, _ask: Ask) -> Truth:
    """How far training moved the forget bias that it moved farthest."""
    start, now = (_forget_bias(one) for one in (viewed.but(checkpoint="0"), viewed))
    most = float(np.abs(now - start).max())
    right = "hardly" if most < HARDLY else "far" if most > FAR else "somewhat"
    return Truth(right, ("far", "somewhat", "hardly"), {"value": decimals(most)})


def _forget_bias(viewed: Viewed) -> Vector:
    weights = viewed.network.layers[0].forward
    return np.asarray(dict(zip(named(viewed.network.cell).biases, weights.b, strict=True))["f"])


def forgets_fastest(viewed: Viewed, _ask: Ask) -> Truth:
    """The unit that loses what it holds fastest on this text, if it is so by far."""
    lives = decay(trace_of(viewed)).half_life
    first, second = np.argsort(lives)[:2]
    if lives[second] < FASTER * lives[first]:
        raise ValueError(f"units {first + 1} and {second + 1} forget nearly as fast")
    name = viewed.words.names("unit")(viewed.source.unit_names(len(lives))[first])
    blanks = {"unit": name, "life": digits(float(lives[first])), "longest": digits(float(lives.max()))}
    return Truth(name, (), blanks)
