"""Texts that are answered beside Streamlit's wire: the numbers alone, for a page that draws them by itself.

In a crowd the box of the text tells Streamlit nothing. The page reads what is typed, shows its own pass, and
asks here for NumPy's; the session hears of the text when it hears of anything else, or when the reader turns
to what only a run of the script draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import streamlit as st

from ui.networks.registry import resolve
from ui.page.notices import linkless
from ui.page.text_box import UNANSWERED
from ui.runs import sentences
from ui.runs.link import from_link
from ui.selection.records import Selection
from ui.serving.faults import Refused
from ui.session import cache
from ui.session.chosen import Chosen
from ui.session.crowd import crowded
from ui.session.selection import link_request
from ui.stepper.run_message import LONGEST, alone, data_of
from ui.stepper.view import view_of
from ui.words import Words


class _Typed(Chosen):
    """A view of no session, of which a short text is read whole."""

    stopped = False


def answers(chosen: Chosen) -> bool:
    """Whether other texts of this view are answered here: of many readers, where no more hangs on them."""
    if not crowded() or st.session_state.get(UNANSWERED, False):
        return False
    selection = chosen.selection
    changed = selection.edits.written or chosen.choice.altered
    usual = selection.display.sort == Selection().display.sort and len(selection.text.text) <= LONGEST
    return usual and chosen.legible and not (changed or told(chosen))


def told(chosen: Chosen) -> bool:
    """Whether the page says something of the text besides: in a lesson, or of a link with faults."""
    return bool(chosen.selection.course.lesson or link_request(chosen.link).faults)


def answer(link: str, narrow: bool) -> Mapping[str, object]:
    """What the stepper is sent of the view of a link, without its network, which the page has."""
    selection, faults = from_link(dict(parse_qsl(link, keep_blank_values=True)), Selection())
    if faults:  # as a link to a reader's own network has them, which is in her session alone
        raise Refused("nonsense", 400)
    chosen = _Typed(selection, resolve(selection.network), Words(selection.display.lang))
    if chosen.fault or not chosen.legible:
        raise Refused("illegible", 200)  # no error: an empty box is what typing begins with
    if len(chosen.tokens) > min(cache.widest(chosen.source), cache.LONG):
        raise Refused("too_large", 200)
    view = view_of(chosen)
    look = sentences.look(chosen, view.trace)
    said = alone(data_of(chosen, view, look, linkless(chosen), narrow))
    del said["training"]  # it is the network's, and the page has it
    return said
