"""What is said of a text, a link and the numbers: what is missing, broken, unknown, too long."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from ui.networks import looks, registry
from ui.networks.defaults import Selection, home
from ui.networks.registry import Inputs
from ui.networks.tokenize import Reading, shown
from ui.page.controls import NUMERIC
from ui.session import cache
from ui.session.selection import asked
from ui.stepper.view import View
from ui.words import Words


def linkless(selection: Selection) -> str:
    """The word for what the link can't carry, if there is anything."""
    if registry.private(selection):
        return "link_without_network"
    long = selection.text != home(selection.network).text and "text=" not in selection.link()
    return "link_without" if long else ""


def look(selection: Selection, view: View, inputs: Inputs, words: Words) -> str:
    """The sentence beside the cell: what the reader must know first, or else what to look for."""
    return (
        missing(selection, view, words)
        or broken(view, words)
        or unknown(inputs, words)
        or look_for(selection, words)
    )


def look_for(selection: Selection, words: Words) -> str:
    """What a reader should look for in this network."""
    return looks.said(
        words,
        selection.network,
        selection.cell,
        registry.card(selection),
        bool(selection.twin),
        selection.direction == "backward",
        selection.sharpness,
    )


def missing(selection: Selection, view: View, words: Words) -> str:
    """The step and the unit that the link asks for, where the view lacks them."""
    first, last, units = view.first, view.first + len(view.tokens) - 1, len(view.units)
    link, told = asked(selection), []
    if link.step and not first <= link.step <= last:
        told.append(words("notice.no_step", step=str(link.step), first=str(first), last=str(last)))
    if link.unit > units:
        told.append(words("notice.no_unit", unit=str(link.unit), units=str(units)))
    return words.joined(*told)


def broken(view: View, words: Words) -> str:
    """Where the numbers of a network grew beyond what can be computed, if they did."""
    finite = np.isfinite(view.trace["h"]).all(axis=1)
    return "" if finite.all() else words("notice.not_finite", step=str(view.first + int(finite.argmin())))


def unknown(inputs: Inputs, words: Words) -> str:
    """What the network can't read of this text, if anything: the reader needs that before any advice."""
    few = " ".join(shown(token) for token in inputs.unknown[:12])
    more = " …" if len(inputs.unknown) > 12 else ""
    return words(f"notice.{inputs.strange}", tokens=few + more) if inputs.unknown else ""


def notices(selection: Selection, total: int, words: Words, stopped: int) -> None:
    """What a reader of a long text should know: what is shown of it, and how to see the rest."""
    if stopped:
        st.caption(words("notice.stopped", most=f"{total:,}", total=f"{stopped:,}"))
        st.button(words("notice.go_on"), on_click=lambda: st.session_state.pop("stopped", None))
    elif total > cache.widest(selection):
        first, last = cache.window(selection, total)
        blanks = {"total": f"{total:,}", "first": f"{first + 1:,}", "last": f"{last:,}"}
        st.caption(words("notice.window", **blanks))
        st.session_state["start"] = first + 1
        st.slider(words("pick.start"), 1, total - cache.widest(selection) + 1, key="start")


def unless_stopped(selection: Selection, reading: Reading) -> tuple[Reading, int]:
    """The reading, cut to one window where the reader stopped a long pass over this very choice."""
    total = len(reading.tokens)
    if st.session_state.get("stopped") != cache.computed(selection) or total <= cache.LONG:
        return reading, 0
    most = cache.widest(selection)
    values = reading.values[:most] if reading.values is not None else None
    return replace(reading, tokens=reading.tokens[:most], values=values), total


def fault(reading: Reading, selection: Selection, words: Words) -> None:
    """Say what is wrong with the text and how to mend it."""
    numeric = selection.mode in NUMERIC
    key = "empty_numbers" if reading.fault == "empty" and numeric else reading.fault
    show = st.info if reading.fault == "empty" else st.error
    show(words(f"fault.{key}", **dict(reading.details)))
