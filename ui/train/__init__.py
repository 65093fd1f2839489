"""The page on which a network learns while one watches: settings, the stage, and where it goes on."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from cells.training.faults import RecipeError
from cells.training.written import read
from ui.selection.records import names_of
from ui.session.chosen import Chosen
from ui.train import controls, onward
from ui.train.arms import arms
from ui.train.looked_at import heard
from ui.train.presets import preset_of
from ui.train.stage import Arm, stage
from ui.train.told import fault
from ui.words import Words

PAGE = "train"
IN_LINK = (*names_of("train"), "lang", "theme", "notation", "hide")


def show(chosen: Chosen) -> None:
    """What is trained, chosen above; its gates below, while it learns."""
    view, words = chosen.selection.train, chosen.words
    both, wrong = _arms(chosen)
    examples = [text for _, text in both[0].viewed.source.entry.examples] if both else []
    controls.row(view, examples, words)
    preset = preset_of(view)
    says = f"preset.{preset}.says" if preset else f"exercise.{read(view.recipe).task}.says"
    told = words.joined(words(says), words("recipe.intro"))
    st.caption(words.explained(told), unsafe_allow_html=True)
    _address(chosen)
    if wrong:
        st.error(wrong)
    else:
        _watch(both, words)


def _arms(chosen: Chosen) -> tuple[tuple[Arm, ...], str]:
    """What the stage shows, or why it cannot show anything."""
    try:
        return arms(chosen), ""
    except RecipeError as found:
        return (), fault(found, chosen.words)


@st.fragment
def _watch(both: tuple[Arm, ...], words: Words) -> None:
    """The stage, and where what is seen on it goes: when the reader rests, this runs again and no more."""
    stage(both, words, PAGE, heard)
    onward.show(both, words)


def _address(chosen: Chosen) -> None:
    """Have the address hold what is trained: whoever opens it trains the same."""
    link = {name: value for name, value in parse_qsl(chosen.link, keep_blank_values=True) if name in IN_LINK}
    if st.query_params.to_dict() != link:
        st.query_params.from_dict(link)
