"""A network that was trained here becomes the reader's own, and the one that she looks at."""

from __future__ import annotations

import streamlit as st

from ui.networks.defaults import with_network
from ui.networks.learned import Learned
from ui.networks.own import YOURS
from ui.runs.link import from_link
from ui.session import private
from ui.session.chosen import chosen
from ui.session.selection import arrive, from_widgets


def take(learned: Learned, text: str = "", step: int = 0, unit: int = 0) -> None:
    """Keep it for this session, and look at it: at a text that it can read, a step and a unit, from 1.

    Where a link has asked for this very network, the view is the link's.
    """
    private.take(learned)
    usual = with_network(from_widgets(), YOURS, learned)
    wanted = st.session_state.get(private.WANTED, {})
    if all(wanted.get(name) == value for name, value in learned.link.items()):
        del st.session_state[private.WANTED]
        arrive(from_link(wanted, usual, learned)[0])
        return
    read = chosen(usual.but(text=text or usual.text.text))
    if not read.legible or read.inputs.unknown:
        arrive(usual)
        return
    at = {"step": step} if 1 <= step <= len(read.tokens) else {}
    at |= {"unit": unit} if 1 <= unit <= learned.card.units else {}
    arrive(read.selection.but(**at))
