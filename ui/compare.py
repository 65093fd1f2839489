"""Several networks on one text under one cursor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from cells import CELLS, shipped
from cells.costs import costs, matched_units
from ui import cards, networks, stage
from ui.choose import among
from ui.heatmap import LETTERS, Panel, grid, of_symbol
from ui.measures import VIEWS, Member
from ui.networks import CATALOGUE, KINDS, MOST_COMPARED, comparable
from ui.reading import Reading
from ui.stage import COLUMNS, PHONE_LETTERS, View
from ui.state import SYMBOLS, Selection
from ui.words import Words

MOST_UNITS = 256
STORIES = ("tags", "count10", "count50", "brackets", "first", "random")


def choose(selection: Selection, words: Words) -> None:
    """Draw the widgets: which networks, which of them in the diagram, what the heatmaps show."""
    offered = comparable(selection.network)
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare_row"):
        st.pills(
            words("compare.networks"),
            offered,
            selection_mode="multi",
            format_func=lambda name: label(name, words),
            key="compare",
            on_change=_few,
            args=(selection.compare,),
        )
        st.selectbox(
            words("compare.lead"),
            selection.compare,
            format_func=lambda name: label(name, words),
            key="lead",
            width=200,
        )
        symbols = {symbol for name in selection.compare for symbol in symbols_of(selection, name)}
        if selection.panel not in symbols:
            st.session_state["panel"] = "h"
        st.selectbox(
            words("compare.panel"),
            [symbol for symbol in SYMBOLS if symbol in symbols],
            format_func=words.names("title"),
            key="panel",
            width=200,
        )
        if CATALOGUE[selection.network].shaped:
            st.segmented_control(
                words("compare.matched"),
                ("units", "parameters"),
                format_func=words.names("matched"),
                key="matched",
                required=True,
            )
    if st.session_state.pop("compare_refused", False):
        st.caption(words("compare.few"))


def _few(before: tuple[str, ...]) -> None:
    """Two to four: a choice of fewer or more is taken back, and said so."""
    state = st.session_state
    state["compare_refused"] = not 1 < len(state["compare"]) <= MOST_COMPARED
    if state["compare_refused"]:
        state["compare"] = list(before)


def label(name: str, words: Words) -> str:
    """How a network of the comparison is called."""
    return name if name in KINDS else cards.sibling(shipped.card(name), words)


def member(selection: Selection, name: str) -> Selection:
    """The selection of one of the networks alone."""
    plain = replace(selection, layer=1, direction="forward")
    if name in KINDS:
        cell, directions = KINDS[name]
        units = selection.units
        if selection.matched == "parameters":
            features = networks.features(selection)
            wanted = costs("LSTM", features, units, layers=selection.layers).parameters
            units = matched_units(cell, features, wanted, directions, selection.layers)
        return replace(plain, cell=cell, directions=directions, units=min(units, MOST_UNITS))
    return replace(plain, model=name, cell=shipped.card(name).cell)


def symbols_of(selection: Selection, name: str) -> tuple[str, ...]:
    """What the cell of one of the networks computes."""
    return CELLS[member(selection, name).cell].symbols


def show(selection: Selection, words: Words) -> None:
    """All networks on the text, or what is wrong and how to mend it."""
    reading = stage.legible(selection, words)
    if reading is None:
        return
    lead, at = member(selection, selection.lead), selection.compare.index(selection.lead)
    views = {name: _view(member(selection, name), reading, words) for name in selection.compare}
    inputs = networks.inputs(lead, reading)
    tracks = [{**view.belief, "who": label(name, words)} for name, view in views.items() if view.belief]
    stage.step(
        {
            **stage.data_of(lead, views[selection.lead], inputs, None, words),
            "tracks": tracks,
            "lead": at,
            "fixed": True,
        }
    )
    stage.notices(selection, len(reading.tokens), words, 0)
    panels = [
        panel for name, view in views.items() for panel in _panels(selection, name, view, reading, words)
    ]
    narrow = stage.narrow()
    figure = grid(
        panels,
        views[selection.lead].tokens,
        words("title.token"),
        1 if narrow else COLUMNS.get(len(panels), 4),
        views[selection.lead].first,
        PHONE_LETTERS if narrow else LETTERS,
    )
    told = ", ".join(panel.title for panel in panels)
    stage.heat(figure, told, words("heat.alt", symbols=told))
    members = [_member(selection, name, views[name], reading, words) for name in selection.compare]
    among("together", {name: partial(view, members, words) for name, view in VIEWS.items()}, words)


def _member(selection: Selection, name: str, view: View, reading: Reading, words: Words) -> Member:
    chosen = member(selection, name)
    inputs = networks.inputs(chosen, reading)
    return Member(name, label(name, words), chosen, inputs, view.trace, view.weights[0][1])


def _view(selection: Selection, reading: Reading, words: Words) -> View:
    return stage.view_of(selection, reading, networks.inputs(selection, reading), words)


def _panels(selection: Selection, name: str, view: View, reading: Reading, words: Words) -> list[Panel]:
    """One heatmap of a network for each direction; h stands for a symbol that its cell lacks."""
    chosen, titles = member(selection, name), words.under("title")
    symbol = selection.panel if selection.panel in symbols_of(selection, name) else "h"

    def panel(view: View, known: str, arrow: str) -> Panel:
        title = f"{label(name, words)}{arrow}: {titles[symbol]}"
        return of_symbol(view.trace, symbol, known, title, view.units, view.order, titles)

    own = symbol if name == selection.lead else f"{symbol}@{name}"
    if networks.directions(chosen) == 1:
        return [panel(view, own, "")]
    behind = _view(replace(chosen, direction="backward"), reading, words)
    forward, backward = (f" {words(f'direction.{way}')}" for way in ("forward", "backward"))
    return [panel(view, own, forward), panel(behind, f"{symbol}@{name} backward", backward)]
