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
from ui.memory.context import Measure, MemoryContext, chart, legend, letters, of_sum
from ui.session import private
from ui.text.numbers import rounding, small

MOST_REMOVED = 80  # steps up to which each token is left out once: one pass of the network for each
MOST_WORK = 1_300_000_000  # weights × steps × passes: a second or two of one core


def show(context: MemoryContext) -> None:
    """What each token wrote into the memory, and what is left of it."""
    trace, words, unit = context.trace, context.words, context.unit
    shares = provenance(trace, context.step)[:, unit]
    memory = memory_parts(trace).memory
    value = trace[memory][context.step, unit]
    st.html(
        words(
            "memory.sum_later" if _begun_outside(context) else "memory.sum",
            memory=words(f"title.{memory}"),
            unit=context.view.units[unit],
            step=str(context.view.first + context.step),
            value=f'<span title="{value:.17g}">{small(value)}</span>',
            initial=small(shares[0]),
            error=rounding(float(abs(shares.sum() - value))),
        )
    )
    left_out = _left_out(context)
    removed = None if left_out is None else left_out[:, context.step, unit]
    says = (words("memory.left"), words("memory.without"))
    keys = [("▲", POSITIVE, words("memory.up")), ("▼", NEGATIVE, words("memory.down"))]
    legend(keys if removed is None else [*keys, ("◇", DIAMOND, says[1])])
    bars = _all_steps(shares[1:], len(trace))
    figure = contributions(bars, removed, context.view.tokens, context.view.first, says, letters())
    chart(figure, "contributions", 220, says[0])
    st.caption(words.explained(_caution(context, removed is not None)), unsafe_allow_html=True)


def _begun_outside(context: MemoryContext) -> bool:
    """Whether the trace goes on from steps that are not shown."""
    if context.trace.reverse:
        return context.view.first - 1 + len(context.trace) < context.view.total
    return context.view.first > 1


def _caution(context: MemoryContext, done: bool) -> str:
    """What the bars say and what they do not, and why there are no diamonds."""
    words, layer, most = context.words, context.chosen.selection.at.layer, _most(context)
    deep = "memory.deep_both" if done and context.chosen.source.directions == 2 else "memory.deep"
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


def _left_out(context: MemoryContext) -> Array | None:
    """How much the memory differs where a token is left out: (token, step, unit), kept for this session."""
    if not removes(context):
        return None
    network, rows = context.chosen.network, np.asarray(context.chosen.inputs.rows)

    def left_out() -> Array:
        actual = network.run(rows, edits=context.chosen.edits.in_force)
        return np.stack([_change(context, network, rows, token, actual) for token in range(len(rows))])

    return private.once(("left out", context.chosen.pass_over, context.memory), left_out)


def removes(context: MemoryContext) -> bool:
    """Whether the text is so short that each of its tokens is left out once."""
    return 1 < len(context.text.tokens) <= _most(context)


def _most(context: MemoryContext) -> int:
    """The longest text of which each token is left out once: for a large network a short one."""
    layers = directions_of(context.chosen.network.layers)
    weights = sum(array.size for *_, side in layers for blocks in side for array in blocks)
    return min(MOST_REMOVED, isqrt(MOST_WORK // weights))


def _change(context: MemoryContext, network: Network, rows: np.ndarray, token: int, actual: Run) -> Array:
    edits, layer = context.chosen.edits.in_force, context.chosen.selection.at.layer
    changes = without(network, rows, token, actual=actual, edits=edits).layers[layer - 1]
    side = changes.backward if context.trace.reverse else changes.forward
    assert side is not None, "a reverse trace comes from a network with that direction"
    return side[context.memory]


VIEW = Measure(show, needs="sum", advice=lambda context: "" if removes(context) else "_alone", aside=of_sum)
