"""What one token changed: the network runs again without it, or with another in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Array, Steps
from cells.bptt import forward
from cells.edits import Edit, Means
from cells.layers import directions_of
from cells.network import Network, Run
from cells.trace import Trace

ROOM = 1_000_000  # numbers of a symbol that the runs of one batch hold at once
Changes = Mapping[str, Steps]  # {"h": (time, unit), "c": …}


class LayerChanges(NamedTuple):
    """How the states of a layer's directions differ."""

    forward: Changes
    backward: Changes | None = None


class Counterfactual(NamedTuple):
    """Two runs, and for each layer the first's states minus the second's, at the first's steps.

    `layers[0].forward["c"][t, unit]` is how much higher c of that unit stood after step t because of the
    token. Where the token was removed, the second run's state after it is the one before it.
    """

    actual: Run
    other: Run
    layers: tuple[LayerChanges, ...]


def without(
    network: Network,
    inputs: ArrayLike,
    step: int,
    replacement: ArrayLike | None = None,
    actual: Run | None = None,
    edits: Sequence[Edit] = (),
) -> Counterfactual:
    """Run with and without the token at a step; a `replacement`, as the network reads it, takes its place.

    `actual` is the run on all inputs, where that is there already. `edits` are in force in both runs: on the
    same tokens, and with the means of all inputs, lest what stands before the token change.
    """
    rows = np.asarray(inputs)
    if not 0 <= step < len(rows):
        raise IndexError(f"step {step} is not in this sequence; choose 0..{len(rows) - 1}")
    if replacement is None and len(rows) == 1:
        raise ValueError("nothing is left of a single token; give a replacement")
    if replacement is None:
        changed = np.delete(rows, step, axis=0)
    else:
        changed = np.concatenate((rows[:step], np.asarray(replacement)[None], rows[step + 1 :]))
    gap = step if replacement is None else None
    actual = network.run(rows, edits=edits) if actual is None else actual
    other = network.run(changed, edits=_of_other(network, rows, edits, gap))
    layers = tuple(
        LayerChanges(
            _changes(one.forward, two.forward, gap),
            _changes(one.backward, two.backward, gap) if one.backward and two.backward else None,
        )
        for one, two in zip(actual.layers, other.layers, strict=True)
    )
    return Counterfactual(actual, other, layers)


def answers_without(network: Network, inputs: ArrayLike) -> Array:
    """The answers with each token in turn left out, as batches: (token left out, step, answer).

    Steps are those of the whole text. At that of the token itself stands the answer before it: none, so NaN,
    at the first step, and in a network that reads in both directions.
    """
    rows = np.asarray(inputs)
    steps, readout = len(rows), network.readout
    if readout is None:
        raise ValueError("a network without a readout does not answer; give one with a readout")
    if steps < 2:
        raise ValueError("nothing is left of a single token; give two or more")
    sides = [*directions_of(network.layers)]
    units = sum(len(weights.U[0]) for *_, weights in sides)
    size, others = max(1, ROOM // (steps * units)), np.arange(steps - 1)[:, None]
    found = np.full((steps, steps, len(readout.b)), np.nan, readout.b.dtype)
    for start in range(0, steps, size):
        tokens = np.arange(start, min(start + size, steps))
        passes = forward(network, rows[others + (others >= tokens)], np.full(len(tokens), steps - 1))
        answers = readout(passes.top)
        for column, token in enumerate(tokens):
            found[token, :token], found[token, token + 1 :] = answers[:token, column], answers[token:, column]
            if token and len(sides) == len(network.layers):
                found[token, token] = answers[token - 1, column]
    return found


def _of_other(network: Network, rows: np.ndarray, edits: Sequence[Edit], gap: int | None) -> tuple[Edit, ...]:
    """The edits of the second run: at its own steps of the same tokens, at the means of the first."""
    means = network.means(rows) if any(edit.how == "mean" for edit in edits) else {}
    found = []
    for edit in edits:
        first, last = edit.steps or (0, None)
        if gap is not None:
            first, last = first - (first > gap), last if last is None else last - (last >= gap)
        if first <= (len(rows) - (gap is not None) - 1 if last is None else last):
            steps = edit.steps and (first, last)
            found.append(_held_at(replace(edit, steps=steps), means))
    return tuple(found)


def _held_at(edit: Edit, means: Mapping[tuple[int, str], Means]) -> Edit:
    """The edit with its mean as values; numbers beyond all bounds have none that could be held."""
    if edit.how != "mean":
        return edit
    whole = means[edit.layer - 1, edit.direction][edit.symbol]
    units = tuple(range(len(whole))) if edit.units is None else edit.units
    values = whole[list(units)]
    if not np.isfinite(values).all():
        return edit
    return replace(edit, units=units, how="set", value=tuple(values.tolist()))


def _changes(actual: Trace, other: Trace, gap: int | None) -> Changes:
    return {state: actual[state] - _aligned(other, state, gap) for state in actual.initial}


def _aligned(trace: Trace, state: str, gap: int | None) -> Array:
    """The state at every step; at the gap, which the trace never read, the one that was carried over it."""
    if gap is None:
        return trace[state]
    initial = trace.initial[state]
    if trace.reverse:
        carried = trace[state][gap] if gap < len(trace) else initial
    else:
        carried = trace[state][gap - 1] if gap > 0 else initial
    return np.insert(trace[state], gap, carried, axis=0)
