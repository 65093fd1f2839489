"""For a reader without a file: one of ours as if it were hers, and the lines that save one of her own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import streamlit as st

from cells import shipped
from cells.saving import as_safetensors
from ui.networks.asked import answered
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import with_network
from ui.networks.own import YOURS
from ui.networks.uploaded import Uploaded, brought
from ui.networks.vocabulary import Vocabulary
from ui.session import private
from ui.session.selection import from_widgets, save
from ui.words import Words

SAMPLE = "brackets-lstm"
FILE = f"{SAMPLE}.safetensors"
# What people run who have a network: `model`, `vocabulary` and `labels` are theirs.
SAVES = {
    "PyTorch": """import torch

torch.save({
    "model": model.state_dict(),
    "vocabulary": vocabulary,
    "labels": labels,
}, "my-network.pt")""",
    "Keras": """model.save("my-network.keras")

import json
with open("my-vocabulary.json", "w") as file:
    json.dump(vocabulary, file)""",
}


@cache
def data() -> bytes:
    """The sample as a reader would have saved it: arrays, vocabulary, names of outputs."""
    card = shipped.card(SAMPLE)
    beside = {"vocabulary": json.dumps(card.vocabulary), "labels": json.dumps(card.answers)}
    return as_safetensors(shipped.network(SAMPLE, "float32"), beside)


def opened() -> Uploaded:
    """The sample once everything is taken that the file says, and its one question answered."""
    own = answered(brought(FILE, data()), "readout", shipped.card(SAMPLE).kind)
    says = [said.says for said in own.said]
    known = next(one for one in says if isinstance(one, Vocabulary))
    return replace(own, known=known, labels=next(one for one in says if isinstance(one, tuple)))


def draw_sample(words: Words, clear: Callable[[], None]) -> None:
    """Draw a button that opens the sample, one for its file, and the lines that save a network.

    `clear` takes back what was said of a file before.
    """
    card = shipped.card(SAMPLE)
    first, *others = st.columns((2, *(3 for _ in SAVES)), gap="medium")
    with first:
        st.markdown(f"**{words('sample.none')}**")
        says = words("sample.says", units=str(card.units), parameters=f"{card.parameters:,}")
        st.caption(words.explained(says), unsafe_allow_html=True)
        st.button(words("sample.open"), type="primary", key="sample_open", on_click=_open, args=(clear,))
        st.download_button(words("sample.download"), data, FILE, key="sample_file", on_click="ignore")
    for place, (library, lines) in zip(others, SAVES.items(), strict=True):
        with place:
            st.markdown(f"**{words('sample.save', library=library)}**")
            st.code(lines, language="python", wrap_lines=True)
    st.caption(words("sample.beside"))


def _open(clear: Callable[[], None]) -> None:
    clear()
    own = opened()
    private.take(own)
    entry = CATALOGUE[shipped.card(SAMPLE).task]
    mode, text = entry.examples[0]
    usual = with_network(from_widgets(), YOURS, own)
    save(usual.but(mode=mode, text=text, step=entry.opens))
