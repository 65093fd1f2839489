"""How long a gate remembers: from its bias to a half-life, and the decay of each unit on a trace."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Array, Steps, Vector
from cells.functions import sigmoid
from cells.provenance import memory_parts
from cells.squashing import SIGMOID, Squash
from cells.trace import Trace


def half_life(f: ArrayLike) -> Array:
    """Steps until half of a memory is left where f is constant, ln(1/2) / ln f: 0 for f = 0, ∞ for f = 1."""
    with np.errstate(divide="ignore"):
        lives: Array = np.log(0.5) / np.log(np.asarray(f))
    return np.where(np.asarray(f) == 1, np.inf, lives)


class TimeScale(NamedTuple):
    """A gate that its bias alone holds open: f = σ(bias) and how long it remembers.

    `steps` is 1 / (1 - f) = 1 + exp(bias), the time scale of Tallec & Ollivier (2018).
    """

    f: Array
    half_life: Array
    steps: Array


def of_bias(bias: ArrayLike, gate: Squash = SIGMOID) -> TimeScale:
    """The time scale of a forget bias; a GRU's is that of -b.u."""
    given = np.asarray(bias, "float64")
    with np.errstate(over="ignore", divide="ignore"):
        if gate is not SIGMOID:
            f = gate.value(given)
            return TimeScale(f, half_life(f), 1 / (1 - f))
        # Where f rounds to 1, ln f = -ln(1 + exp(-bias)) still tells how long it lasts.
        lives: Array = np.log(2) / np.logaddexp(0, -given)
        return TimeScale(sigmoid(given), lives, 1 + np.exp(given))


def held(trace: Trace) -> Steps:
    """What each step keeps of the memory that it is given, (time, unit): NaN where that is exactly 0.

    The first gate of a sequence that begins with nothing keeps nothing, whatever it says.
    """
    kept, _, memory = memory_parts(trace)
    return np.where(trace.previous(memory) == 0, np.nan, kept)


class Decay(NamedTuple):
    """What a unit keeps of its memory in a step, geometric mean over a trace, and its half-life: (unit,)."""

    kept: Vector
    half_life: Vector


def decay(trace: Trace) -> Decay:
    """The measured decay of each unit, of f, for a GRU of 1 - u: NaN where nothing was ever there to keep."""
    gates = held(trace).astype("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        logs: Vector = np.nansum(np.log(gates), axis=0) / np.isfinite(gates).sum(axis=0)
        lives: Vector = np.log(0.5) / logs
    return Decay(np.exp(logs), np.where(logs == 0, np.inf, lives))


def median(lives: Vector) -> float:
    """The median over the units that had something to keep, NaN where none had."""
    known = lives[~np.isnan(lives)]
    return float(np.median(known)) if len(known) else np.nan
