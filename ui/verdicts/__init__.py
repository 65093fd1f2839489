"""What others found in such networks, a card a claim: what they measured, and what came out here."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from cells.phenomena.findings import verdict
from cells.phenomena.kept import kept
from cells.phenomena.table import CLAIMS
from ui.session.chosen import Chosen
from ui.verdicts.card import card


def show(chosen: Chosen) -> None:
    """How many claims hold, and a card for each, in the order in which they are measured."""
    words = chosen.words
    found = Counter(verdict(claim, kept()[name].findings) for name, claim in CLAIMS.items())
    counts = {name: str(found[name]) for name in ("reproduced", "not", "untested")}
    said = words("verdict.counts", count=str(len(CLAIMS)), **counts)
    cards = "".join(card(claim, kept()[name], words) for name, claim in CLAIMS.items())
    st.html(
        f'<div class="verdicts"><h1>{words("menu.claims")}</h1><p class="says">{said}</p>'
        f'<p class="says">{words("verdict.how")}</p><div class="grid">{cards}</div></div>'
    )
