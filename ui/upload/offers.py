"""What the file says of its network beside the weights, taken with one click."""

from __future__ import annotations

import json
from dataclasses import replace

import streamlit as st

from ui.networks.found import Said
from ui.networks.scaling import Scaling
from ui.networks.tokenize import plain
from ui.networks.uploaded import Uploaded
from ui.networks.vocabulary import Vocabulary
from ui.upload.names import attempt
from ui.upload.rows import written
from ui.words import Words


def draw_offers(own: Uploaded, words: Words) -> None:
    """Draw a button for each thing that the file says and that is not taken yet."""
    for place, said in enumerate(own.said):
        if not taken(own, said):
            st.button(plain(_asks(said, words)), key=f"own_offer_{place}", on_click=_take, args=(said,))


def taken(own: Uploaded, said: Said) -> bool:
    """Whether the network is known as the file says."""
    match said.says:
        case Vocabulary(tokens=tokens):
            return own.vocabulary == tokens
        case Scaling():
            return own.scaling == said.says
    return own.labels == said.says


def _asks(said: Said, words: Words) -> str:
    match said.says:
        case Vocabulary(tokens=tokens):
            count = f"{sum(map(bool, tokens)):,}"
            return words("yours.take_vocabulary", name=said.where, count=count)
        case Scaling():
            return words("yours.take_scaling", name=said.where)
    return words("yours.take_labels", name=said.where, count=f"{len(said.says):,}")


def _take(said: Said) -> None:
    state = st.session_state
    match said.says:
        case Vocabulary() as known:
            state["own_vocabulary"] = ""
            attempt(lambda own: replace(own, known=known))
        case Scaling() as scaling:
            for key, row in written(scaling).items():
                state[key] = row
            attempt(lambda own: replace(own, scaling=scaling))
        case labels:
            state["own_labels"] = json.dumps(labels, ensure_ascii=False)
            attempt(lambda own: replace(own, labels=labels))
