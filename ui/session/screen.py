"""How wide the reader's page is."""

from __future__ import annotations

import streamlit as st

PHONE_LETTERS = 50  # letters along a time axis that a phone has room for


def narrow() -> bool:
    """Whether the page is as narrow as a phone: the browser says so; before it has, its name is a guess."""
    if "narrow" not in st.session_state:
        st.session_state["narrow"] = "Mobile" in (st.context.headers.get("User-Agent") or "")
    return bool(st.session_state["narrow"])
