"""What came out of training goes on: to the other pages, to files, to code that trains it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from cells.loading.layouts import LAYOUTS
from cells.saving import as_npz, as_safetensors
from ui.networks.learned import Learned, begun, learned
from ui.page import lesson
from ui.session.taken import take
from ui.train import looked_at
from ui.train.looked_at import LookedAt
from ui.train.stage import Arm
from ui.trainer.pool import pool
from ui.words import Words

PAGES = ("step", "compare", "memory")


def show(arms: Sequence[Arm], words: Words) -> None:
    """Where each training goes from where it was looked at last."""
    at = looked_at.last()
    found = [(arm, own) for arm in arms if at is not None and (own := at_update(arm, at)) is not None]
    if at is None or not found:
        st.caption(words("recipe.onward_later"))
        return
    for place, (arm, own) in enumerate(found):
        others = [one for _, one in found if one is not own]
        there = replace(at, unit=0) if at.unit == arm.viewed.selection.at.unit else at
        with st.container(horizontal=True, vertical_alignment="center", key=f"onward_{place}"):
            who = " · ".join(filter(None, (arm.label and f"**{arm.label}**", own.told(words))))
            st.markdown(words("recipe.onward", who=who), width="content")
            for page in PAGES:
                where, key = words(f"menu.{page}"), f"onward_{page}_{place}"
                if st.button(where, key=key, on_click=goes, args=(page, (*others, own), there)):
                    st.rerun()  # of the whole page, which leads there
            with st.popover(words("take.open"), key=f"onward_take_{place}"):
                _files(own, place, words)


def at_update(arm: Arm, at: LookedAt) -> Learned | None:
    """The network of a training as it was looked at; None where that is kept no more."""
    update = at.updates.get(arm.line)
    if update is None:
        return None
    if not update:
        return begun(arm.recipe)
    look = pool().look(arm.line, update)
    return None if look is None else learned(arm.recipe, look)


def goes(page: str, networks: Sequence[Learned], at: LookedAt) -> None:
    """Before a run: to a page with these networks, the last in front, at the same text, step and unit.

    Unit 0 stands for the most telling one of each.
    """
    for own in networks:
        take(own, at.text, at.step, at.unit)
    st.session_state[lesson.ON] = page


def _files(own: Learned, place: int, words: Words) -> None:
    """The network as files, its card, and the command that trains it again."""
    start = own.line.replace("=", "-")
    files: Mapping[str, Callable[[], str | bytes]] = {
        "safetensors": partial(as_safetensors, own.network),
        "npz": partial(as_npz, own.network),
        "json": lambda: own.described,
    }
    with st.container(horizontal=True, gap="xsmall"):
        for suffix, make in files.items():
            st.download_button(
                words("take.card") if suffix == "json" else suffix,
                make,
                f"{start}-update-{own.update}.{suffix}",
                key=f"onward_{suffix}_{place}",
                on_click="ignore",
                disabled=suffix == "safetensors" and ("PyTorch", own.card.cell) not in LAYOUTS,
            )
    st.caption(words("take.card_says"))
    st.code(own.command, language="bash", wrap_lines=True)
