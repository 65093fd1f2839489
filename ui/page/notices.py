"""What is said of a text, a link and the numbers: what is missing, broken, unknown, too long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from ui.networks import looks
from ui.networks.kinds import Inputs
from ui.networks.tokenize import TokenizedText, shown
from ui.session import cache
from ui.session.chosen import STOPPED, Chosen
from ui.session.selection import link_request
from ui.stepper.network_message import too_large
from ui.stepper.view import View
from ui.text.edits import told, told_alteration
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
    return (
        chosen.words.joined(missing(chosen, view), at_rest(chosen))
        or broken(view, chosen.words)
        or unknown(chosen.inputs, chosen.words)
        or held(chosen)
        or look_for(chosen)
    )


def held(chosen: Chosen) -> str:
    """What is edited, if anything is: of the network as it came nothing is said then."""
    words, edits, alterations = chosen.words, chosen.edits.in_force, chosen.alterations.in_force
    first, *more = [
        *(told(edit, words) for edit in edits),
        *(told_alteration(one, words) for one in alterations),
        "",
    ]
    if not first:
        return ""
    others = words("look.edited_more", count=str(len(more) - 1)) if len(more) > 1 else ""
    return words.joined(words("look.edited", edit=first), others)


def look_for(chosen: Chosen) -> str:
    """What a reader should look for in this network."""
    choice = chosen.choice
    return looks.said(
        chosen.words,
        choice.network,
        choice.cell,
        chosen.source.card,
        bool(choice.twin),
        chosen.selection.at.direction == "backward",
        choice.sharpness,
        chosen.source.recorded,
    )


def missing(chosen: Chosen, view: View) -> str:
    """The step and the unit that the link asks for, where the view lacks them."""
    first, last, units = view.first, view.first + len(view.tokens) - 1, len(view.units)
    words, link, lacks = chosen.words, link_request(chosen.link), []
    if link.step and not first <= link.step <= last:
        lacks.append(words("notice.no_step", step=str(link.step), first=str(first), last=str(last)))
    if link.unit > units:
        lacks.append(words("notice.no_unit", unit=str(link.unit), units=str(units)))
    return words.joined(*lacks)


def broken(view: View, words: Words) -> str:
    """Where the numbers of a network grew beyond what can be computed, if they did."""
    finite = np.isfinite(view.trace["h"]).all(axis=1)
    return "" if finite.all() else words("notice.not_finite", step=str(view.first + int(finite.argmin())))


def unknown(inputs: Inputs, words: Words) -> str:
    """What the network can't read of this text, if anything: the reader needs that before any advice."""
    few = " ".join(shown(token) for token in inputs.unknown[:12])
    more = " …" if len(inputs.unknown) > 12 else ""
    return words(f"notice.{inputs.strange}", tokens=few + more) if inputs.unknown else ""


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


def at_rest(chosen: Chosen) -> str:
    """The first edit that rests, and how many more do."""
    said = [chosen.words("rests.said", edit=edit, why=why) for edit, why in resting(chosen)]
    return first_at_rest(said, chosen.words)


def first_at_rest(said: Sequence[str], words: Words) -> str:
    """The first of the sentences about edits that rest, and how many more there are."""
    first, *more = said or [""]
    return words.joined(first, words("rests.more", count=str(len(more))) if more else "")


def resting(chosen: Chosen) -> list[tuple[str, str]]:
    """Each edit that rests on this network and text, and why."""
    words = chosen.words
    found = [
        *((told(edit, words), *why) for edit, *why in chosen.edits.resting),
        *((told_alteration(one, words), *why) for one, *why in chosen.alterations.resting),
    ]
    return [(edit, words(f"rests.{why}", asked=asked, there=there)) for edit, why, asked, there in found]


def fault(text: TokenizedText, mode: str, words: Words) -> None:
    """Say what is wrong with a text and how to mend it."""
    key = "empty_numbers" if text.fault == "empty" and mode in NUMERIC else text.fault
    show = st.info if text.fault == "empty" else st.error
    show(words(f"fault.{key}", **dict(text.details)))
