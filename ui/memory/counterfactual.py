"""Another token in one's place, or none: the network runs again, and the difference is shown."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from cells.counterfactual import without
from ui.figures.units import instead
from ui.memory.context import Measure, MemoryContext, chart, letters
from ui.networks.kinds import Inputs
from ui.networks.tokenize import shown
from ui.runs import sentences
from ui.text.lines import unboxed
from ui.text.numbers import apart

MOST_STEPS = 2_000  # steps of a text that is read again


def show(context: MemoryContext) -> None:
    """Which token, and what instead; then one unit in both runs, and all units' differences."""
    words, tokens, state = context.words, context.text.tokens, st.session_state
    if len(tokens) > MOST_STEPS:
        st.info(words("swapped.too_long", most=f"{MOST_STEPS:,}"))
        return
    state["swap_at"] = min(int(state["swap_at"]), len(tokens))
    with st.container(horizontal=True, vertical_alignment="bottom", key="swap_row"):
        st.selectbox(
            words("pick.swap_at"),
            range(1, len(tokens) + 1),
            format_func=lambda place: f"{place}  {shown(tokens[place - 1])}",
            key="swap_at",
            width=190,
        )
        st.text_input(
            words("pick.swap"),
            key="swap",
            live="300ms",
            max_chars=40,
            placeholder=words("swapped.none"),
            width=230,
            autocomplete="off",
        )
    at = int(state["swap_at"]) - 1
    other, wrong = _other(context, unboxed(str(state["swap"])))
    if wrong:
        st.info(wrong)
        return
    changes = without(
        context.chosen.network,
        context.chosen.inputs.rows,
        at,
        None if other is None else np.asarray(other.rows)[0],
        edits=context.chosen.edits.in_force,
    ).layers[context.chosen.selection.at.layer - 1]
    side = changes.backward if context.trace.reverse else changes.forward
    assert side is not None, "a reverse trace comes from a network with that direction"
    difference = side[context.memory][context.window]
    values = context.trace[context.memory][:, context.unit]
    mine = difference[:, context.unit]
    st.html(_not_yet(context, at) or _said(context, at, other, values[context.step], mine[context.step]))
    says = (words("swapped.was"), words("swapped.would"), words("swapped.difference"))
    figure = instead(
        values,
        values - mine,
        difference,
        at + 1,
        context.memory,
        context.view.units,
        context.unit,
        context.view.tokens,
        context.view.first,
        says,
        letters(),
    )
    chart(figure, "instead", 265, says[2])
    st.caption(words.joined(sentences.unknown(other, words) if other else "", words("swapped.all")))


def _not_yet(context: MemoryContext, at: int) -> str:
    """That the token is still to be read at this step, if no later layer has read it before."""
    here = context.view.first - 1 + context.step
    known = context.chosen.selection.at.layer > 1 and context.chosen.source.directions == 2
    if known or not (at < here if context.trace.reverse else at > here):
        return ""
    return context.words("swapped.not_yet", at=str(at + 1), step=str(here + 1))


def _other(context: MemoryContext, typed: str) -> tuple[Inputs | None, str]:
    """What the network would read, None where the token is left out; or what is wrong and how to mend it."""
    words, mode = context.words, context.chosen.choice.mode
    alone = context.chosen.but(text=typed, mode="rows" if mode == "kept" else mode, write=0)
    reading = alone.typed
    if reading.fault == "empty":
        return None, "" if len(context.text.tokens) > 1 else words("swapped.alone")
    if reading.fault:
        return None, words(f"fault.{reading.fault}", **dict(reading.details))
    inputs = alone.source.inputs(reading)
    # A token that the network does not know is refused where it would be read as nothing.
    refused = inputs.unknown if inputs.strange == "unknown" else ()
    if refused:
        known = " ".join(shown(token) for token in inputs.features[:40])
        return None, words("swapped.unknown", token=shown(refused[0]), known=known)
    if len(reading.tokens) > 1:
        return None, words("swapped.several", count=str(len(reading.tokens)), first=shown(reading.tokens[0]))
    return inputs, ""


def _said(context: MemoryContext, at: int, other: Inputs | None, value: float, difference: float) -> str:
    words, state = context.words, st.session_state
    was, would, gap = apart(value, value - difference)
    blanks = {
        "memory": words(f"title.{context.memory}"),
        "unit": context.view.units[context.unit],
        "step": str(context.view.first + context.step),
        "at": str(at + 1),
        "token": html.escape(shown(context.text.tokens[at])),
        "value": was,
        "would": would,
        "difference": gap,
    }
    if other is None:
        return words("swapped.without", **blanks)
    return words("swapped.with", other=html.escape(shown(unboxed(str(state["swap"])))), **blanks)


VIEW = Measure(show)
