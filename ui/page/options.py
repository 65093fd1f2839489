"""What is folded away until it is asked for: how a network is drawn, how it is shown."""

from __future__ import annotations

import streamlit as st

from cells import CELLS, shipped
from cells.notation import NOTATIONS
from cells.shipped import Card
from cells.weights import INITIALISATIONS, initialisations
from ui.figures.unit_order import ORDERS
from ui.networks import cards
from ui.networks.trained import checkpoints, recorded
from ui.page import projector
from ui.page.fields import number, segments, select
from ui.selection.records import SYMBOLS, TRAINED
from ui.session.chosen import Chosen


def draw(chosen: Chosen, alone: bool, symbols: bool) -> None:
    """Draw them; `alone` and `symbols` as in controls.row."""
    choice, entry, words = chosen.choice, chosen.source.entry, chosen.words
    shape, view = st.columns(2, gap="medium")
    with shape:
        if len(entry.modes) > 1:
            segments("mode", entry.modes, words)
        if entry.shaped:
            number("units", words("pick.units"), help=words("means.unit"))
            if alone:
                segments("layers", (1, 2, 3), words)
                segments("directions", (1, 2), words)
            select("initialisation", beginnings(chosen, alone), words)
        elif entry.siblings:
            # Where heatmaps can be chosen, the stepper has a slider through training itself.
            _twin(chosen, choice.model if alone else chosen.selection.compare.lead, slider=not symbols)
        elif (learned := chosen.source.learned) is not None:
            st.caption(cards.learned_sentence(learned.card, learned.command, words))
        elif entry.kind == "handbuilt":
            st.selectbox(words("pick.cell"), entry.cells, key="cell", help=words("means.cell"))
            st.slider(words("pick.sharpness"), 1, 40, key="sharpness", help=words("pick.sharpness_help"))
    with view:
        if symbols:
            _symbols(chosen)
        segments("sort", tuple(ORDERS), words)
        segments("notation", tuple(NOTATIONS), words, asked=words("pick.notation_help"))
        segments("predict", (0, 1), words, asked=words("pick.predict_help"))
        projector.switch(words)


def beginnings(chosen: Chosen, alone: bool) -> tuple[str, ...]:
    """How weights may be drawn: of a page's one cell, or of any of several."""
    return initialisations(CELLS[chosen.choice.cell]) if alone else tuple(INITIALISATIONS)


def _symbols(chosen: Chosen) -> None:
    """Which heatmaps are shown.

    Their labels are what comes over the wire, so that in each language they are a widget of their own: of
    labels in another one, from a page that is a run behind, nothing would be left.
    """
    words, shown = chosen.words, chosen.selection.display.symbols
    offered = [symbol for symbol in SYMBOLS if symbol in ("x", *CELLS[chosen.choice.cell].symbols)]
    key = f"shown_{words.language}"
    st.session_state[key] = [symbol for symbol in offered if symbol in shown]
    st.pills(
        words("pick.symbols"),
        offered,
        selection_mode="multi",
        format_func=words.names("title"),
        key=key,
        on_change=_show,
        args=(key, tuple(offered)),
    )


def _twin(chosen: Chosen, model: str, slider: bool) -> None:
    words = chosen.words
    st.segmented_control(
        words("pick.twin"), (0, 1), format_func=words.names("twin"), key="twin", required=True
    )
    if chosen.choice.twin:
        number("seed", words("pick.seed"), help=words("pick.seed_help"))
    elif slider and checkpoints(shipped.card(model)):
        _checkpoint(chosen, shipped.card(model))
    st.caption(cards.card_sentence(shipped.card(model), words))


def _checkpoint(chosen: Chosen, card: Card) -> None:
    """A slider through the training of a network, and what it had reached there."""
    words = chosen.words
    st.select_slider(
        words("pick.checkpoint"),
        checkpoints(card),
        format_func=lambda name: words("checkpoint.trained") if name == TRAINED else f"{int(name):,}",
        key="checkpoint",
    )
    st.caption(cards.reached_sentence(card, recorded(card, chosen.choice), words))


def _show(key: str, offered: tuple[str, ...]) -> None:
    """Keep the choice for symbols that the present cell lacks, so that it returns with the cell."""
    state = st.session_state
    others = [symbol for symbol in state["symbols"] if symbol not in offered]
    state["symbols"] = [*state[key], *others]
