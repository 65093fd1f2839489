"""Who wrote the memory: exact bars, and beside them what leaving the token out would change."""

from __future__ import annotations

from math import isqrt

import numpy as np
import streamlit as st

from cells import Network
from cells.arrays import Array
from cells.counterfactual import without
from cells.layers import directions_of
from cells.network import Run
from cells.provenance import memory_parts, provenance
from ui.figures.axes import DIAMOND
from ui.figures.contributions import contributions
from ui.figures.theme import NEGATIVE, POSITIVE
from ui.memory.context import MemoryContext, chart, legend, letters
from ui.session import private
from ui.text.numbers import rounding, small

MOST_REMOVED = 80  # steps up to which each token is left out once: one pass of the network for each
MOST_WORK = 1_300_000_000  # weights × steps × passes: a second or two of one core


def show(seen: MemoryContext) -> None:
    """What each token wrote into the memory, and what is left of it."""
    trace, words, unit = seen.trace, seen.words, seen.unit
    shares = provenance(trace, seen.step)[:, unit]
    memory = memory_parts(trace).memory
    value = trace[memory][seen.step, unit]
    st.html(
        words(
            "memory.sum_later" if _begun_outside(seen) else "memory.sum",
            memory=words(f"title.{memory}"),
            unit=seen.view.units[unit],
            step=str(seen.view.first + seen.step),
            value=f'<span title="{value:.17g}">{small(value)}</span>',
            initial=small(shares[0]),
            error=rounding(float(abs(shares.sum() - value))),
        )
    )
    left_out = _left_out(seen)
    removed = None if left_out is None else left_out[:, seen.step, unit]
    says = (words("memory.left"), words("memory.without"))
    keys = [("▲", POSITIVE, words("memory.up")), ("▼", NEGATIVE, words("memory.down"))]
    legend(keys if removed is None else [*keys, ("◇", DIAMOND, says[1])])
    bars = _all_steps(shares[1:], len(trace))
    figure = contributions(bars, removed, seen.view.tokens, seen.view.first, says, letters())
    chart(figure, "contributions", 220, says[0])
    st.caption(words.explained(_caution(seen, removed is not None)), unsafe_allow_html=True)


def _begun_outside(seen: MemoryContext) -> bool:
    """Whether the trace goes on from steps that are not shown."""
    if seen.trace.reverse:
        return seen.view.first - 1 + len(seen.trace) < seen.view.total
    return seen.view.first > 1


def _caution(seen: MemoryContext, done: bool) -> str:
    """What the bars say and what they do not, and why there are no diamonds."""
    words, layer, most = seen.words, seen.chosen.selection.at.layer, _most(seen)
    deep = "memory.deep_both" if done and seen.chosen.source.directions == 2 else "memory.deep"
    said = (
        words("memory.caution")
        if done
        else words("memory.caution_large", most=str(most))
        if 1 < most < MOST_REMOVED
        else words("memory.caution_long")
    )
    return words.joined(said, words(deep, layer=str(layer)) if layer > 1 else "")


def _all_steps(shares: np.ndarray, steps: int) -> np.ndarray:
    """A number for each step: tokens that were not read yet have written nothing."""
    return np.concatenate((shares, np.zeros(steps - len(shares))))


def _left_out(seen: MemoryContext) -> Array | None:
    """How much the memory differs where a token is left out: (token, step, unit), kept for this session."""
    if not removes(seen):
        return None
    network, rows = seen.chosen.network, np.asarray(seen.chosen.inputs.rows)

    def left_out() -> Array:
        actual = network.run(rows)
        return np.stack([_change(seen, network, rows, token, actual) for token in range(len(rows))])

    return private.once(("left out", seen.chosen.pass_over, seen.memory), left_out)


def removes(seen: MemoryContext) -> bool:
    """Whether the text is so short that each of its tokens is left out once."""
    return 1 < len(seen.text.tokens) <= _most(seen)


def _most(seen: MemoryContext) -> int:
    """The longest text of which each token is left out once: for a large network a short one."""
    layers = directions_of(seen.chosen.network.layers)
    weights = sum(array.size for *_, side in layers for blocks in side for array in blocks)
    return min(MOST_REMOVED, isqrt(MOST_WORK // weights))


def _change(seen: MemoryContext, network: Network, rows: np.ndarray, token: int, actual: Run) -> Array:
    changes = without(network, rows, token, actual=actual).layers[seen.chosen.selection.at.layer - 1]
    side = changes.backward if seen.trace.reverse else changes.forward
    assert side is not None, "a reverse trace comes from a network with that direction"
    return side[seen.memory]
