"""Parts of the page that a link hides, and the way back to all of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.selection.hideable import HIDEABLE
from ui.words import Words

# Of diagram and equations the one that is left has the room of both.
_ALONE = ".stepper .panels {grid-template-columns: minmax(0, 1fr) !important} "


def hide(names: Sequence[str]) -> None:
    """Leave these parts out of sight, before the page draws any; nothing is withheld from the browser."""
    if not names:
        return
    hidden = ", ".join(HIDEABLE[name] for name in names)
    alone = _ALONE if {"diagram", "equations"} & {*names} else ""
    foot = "" if "showall" in names else ":root {--foot: calc(1.7rem + 8px)}"
    # A style takes no place on the page: whatever is hidden, what follows stays in its own for the browser.
    st.html(f"<style>{hidden} {{display: none !important}} {alone}{foot}</style>")


def way_back(names: Sequence[str], words: Words) -> None:
    """Where parts are hidden, a button at the foot of the page that shows everything."""
    place = st.empty()
    if names:
        place.button(words("hide.show_all"), key="show_all", type="tertiary", on_click=_show_all)


def _show_all() -> None:
    st.session_state["hide"] = []
