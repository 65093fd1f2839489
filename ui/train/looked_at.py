"""What the reader looks at on the stage: kept for the session, since the stage goes when the page does."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cells.training.written import read
from ui.train.stage import seen

KEY = "trained_at"  # the session's key of what she looked at last
TEXTS = "trained_texts"  # and of what she typed for each task


@dataclass(frozen=True)
class LookedAt:
    """Of each training, by its line, after how many updates; the text, and step and unit, from 1."""

    updates: dict[str, int]
    text: str
    step: int
    unit: int


def heard() -> None:
    """Before a run: the reader rests on the stage."""
    found = seen()
    if not found or not found["moments"]:
        return
    updates = {str(moment["recipe"]): int(moment["update"]) for moment in found["moments"]}
    text = str(found["text"])
    st.session_state[KEY] = LookedAt(updates, text, int(found["step"]), int(found["unit"]))
    task = read(next(iter(updates))).task
    st.session_state[TEXTS] = {**st.session_state.get(TEXTS, {}), task: text}


def last() -> LookedAt | None:
    """What she looked at last; None until she has done anything."""
    found: LookedAt | None = st.session_state.get(KEY)
    return found


def text(task: str) -> str:
    """What she typed for a task; empty where that is nothing of her own."""
    return str(st.session_state.get(TEXTS, {}).get(task, ""))


def take(task: str, example: str) -> None:
    """Read one of a task's examples."""
    st.session_state[TEXTS] = {**st.session_state.get(TEXTS, {}), task: example}
