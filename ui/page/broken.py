"""What a reader is told where our own code failed: never a trace of it, and in her language."""

from __future__ import annotations

import streamlit as st

from ui.words import LANGUAGES, Words


def told(_: Exception) -> bool:
    """Say so in the place of what failed; True, since Streamlit, which has logged it, need not say more."""
    language = st.session_state.get("lang", "en")
    st.error(Words(language if language in LANGUAGES else "en")("fault.ours"))
    return True
