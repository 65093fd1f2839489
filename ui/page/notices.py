"""What is said of a text, a link and the numbers: what is missing, broken, unknown, too long."""

from __future__ import annotations

import streamlit as st

from ui.networks.tokenize import TokenizedText
from ui.runs import sentences
from ui.session import cache
from ui.session.chosen import STOPPED, Chosen
from ui.session.selection import link_request
from ui.stepper.network_message import too_large
from ui.stepper.view import View
from ui.words import Words

NUMERIC = ("numbers", "marked", "rows")


def linkless(chosen: Chosen) -> str:
    """The word for what the link can't carry, if there is anything."""
    if chosen.source.private:
        return "link_without_network"
    usual, selection = chosen.source.entry.examples[0][1], chosen.selection
    asked = {"text=": selection.text.text != usual, "second=": bool(selection.memory.second)}
    return "link_without" if any(asked[name] and name not in chosen.link for name in asked) else ""


def look(chosen: Chosen, view: View) -> str:
    """The sentence beside the cell: what the reader must know first, or else what to look for."""
    return sentences.look(chosen, view.trace, missing(chosen, view))


def missing(chosen: Chosen, view: View) -> str:
    """The step and the unit that the link asks for, where the view lacks them."""
    first, last, units = view.first, view.first + len(view.tokens) - 1, len(view.units)
    words, link, lacks = chosen.words, link_request(chosen.link), []
    if link.step and not first <= link.step <= last:
        lacks.append(words("notice.no_step", step=str(link.step), first=str(first), last=str(last)))
    if link.unit > units:
        lacks.append(words("notice.no_unit", unit=str(link.unit), units=str(units)))
    return words.joined(*lacks)


def of_length(chosen: Chosen) -> None:
    """What a reader of a long text should know: what is shown of it, and how to see the rest."""
    words, total, most = chosen.words, len(chosen.tokens), cache.widest(chosen.source)
    if chosen.stopped:
        all_tokens = len(chosen.typed.tokens)
        st.caption(words("notice.stopped", most=f"{total:,}", total=f"{all_tokens:,}"))
        st.button(words("notice.go_on"), on_click=lambda: st.session_state.pop(STOPPED, None))
    elif total > most:
        first, last = chosen.window
        blanks = {"total": f"{total:,}", "first": f"{first + 1:,}", "last": f"{last:,}"}
        st.caption(words("notice.window", **blanks))
        st.session_state["start"] = first + 1
        st.slider(words("pick.start"), 1, total - most + 1, key="start")


def of_size(chosen: Chosen) -> None:
    """That a network is too large for the page, where the page would answer by itself otherwise."""
    if too_large(chosen.network) and chosen.source.alphabet() is not None:
        st.caption(chosen.words("notice.large"))


def fault(text: TokenizedText, mode: str, words: Words) -> None:
    """Say what is wrong with a text and how to mend it."""
    key = "empty_numbers" if text.fault == "empty" and mode in NUMERIC else text.fault
    show = st.info if text.fault == "empty" else st.error
    show(words(f"fault.{key}", **dict(text.details)))
