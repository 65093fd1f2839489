"""The row in which a reader chooses: network, text, examples, and options folded away until asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from cells import shipped
from ui.networks import cards
from ui.networks.defaults import made_consistent, with_network
from ui.networks.own import YOURS
from ui.networks.registry import entry_of, offered
from ui.page import charts, options
from ui.page.fields import number, segments
from ui.page.text_box import text_box
from ui.session import private
from ui.session.chosen import Chosen
from ui.session.chosen import chosen as resolved
from ui.session.selection import from_widgets, give, keep, save, with_last_text
from ui.text.lines import unboxed
from ui.words import Words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


class Row(NamedTuple):
    """Places among the widgets: of the text's box, and beside them all."""

    text: DeltaGenerator
    beside: DeltaGenerator


def row(
    chosen: Chosen,
    networks: Sequence[str] | None = None,
    alone: bool = True,
    also: Callable[[], None] = lambda: None,
    symbols: bool = True,
    apart: bool = False,
) -> Row:
    """Draw the widgets, each one's key a part of the selection, and give the places that are left among them.

    `networks` are those on offer. Not `alone` where the page itself chooses among cells and networks: `also`
    draws that choice; no `symbols` where it shows the same heatmap whatever is chosen. The box of the text is
    drawn `apart` where it is drawn anew without the others.
    """
    choice, entry, words = chosen.choice, chosen.source.entry, chosen.words
    networks = offered(private.present()) if networks is None else networks
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose"):
        if networks != (YOURS,):  # its own page needs no picker
            st.selectbox(
                words("pick.network"),
                networks,
                format_func=words.names("network"),
                key="network",
                on_change=_turn,
                args=(chosen,),
                width=250,
            )
        hers = private.files() if networks == (YOURS,) else private.own()
        if alone and choice.network == YOURS and len(hers) > 1:
            st.selectbox(
                words("pick.own"),
                tuple(hers),
                format_func=private.labels(words).__getitem__,
                key="model",
                on_change=_turn_own,
                width=190,
            )
        if alone and len(entry.siblings) > 1:
            st.selectbox(
                words("pick.model"),
                entry.siblings,
                format_func=lambda name: cards.sibling(shipped.card(name), words, choice),
                key="model",
                on_change=_turn_unit,
                args=(chosen,),
                width=190,
            )
        if entry.shaped:
            if alone:
                st.selectbox(words("pick.cell"), entry.cells, key="cell", width=175, help=words("means.cell"))
            number("seed", words("pick.seed"), width=125, help=words("pick.seed_help"))
        text = st.container(key="text_place")
        if not apart:
            with text:
                text_box(chosen)
        if entry.writes:
            number("write", words("pick.write"), width=110)
            st.slider(words("pick.temperature"), 0, 200, step=5, format="%d %%", key="temperature", width=150)
        if len(entry.examples) > 1:
            st.menu_button(
                words("pick.examples"), entry.examples, format_func=_short, key="example", on_click=_take
            )
        also()
        if entry.shaped and choice.initialisation not in (beginnings := options.beginnings(chosen, alone)):
            st.session_state["initialisation"] = beginnings[0]
        more = st.popover(words("pick.more"), key="options", on_change="rerun")
        if more.open:  # drawn at each run, it would cost more than all the rest of the row
            with more:
                options.draw(chosen, alone, symbols)
        return Row(text, st.container(key="beside", width="content"))


def depth(chosen: Chosen) -> None:
    """Draw the switches for the layer and the direction shown, where there is more than one."""
    if chosen.source.layers > 1:
        segments("layer", tuple(range(1, chosen.source.layers + 1)), chosen.words, label="collapsed")
    if chosen.source.directions == 2:
        segments("direction", ("forward", "backward"), chosen.words, label="collapsed")


def among(
    name: str, views: Mapping[str, Callable[[], None]], words: Words, asked: Mapping[str, str] = {}
) -> None:
    """A switch among views, whose key is a field of Selection; below the view its question, folded.

    `asked` are views whose question has another name than the view.
    """
    chosen = str(
        st.segmented_control(
            words(f"pick.{name}"),
            list(views),
            format_func=words.names(name),
            key=name,
            required=True,
            label_visibility="collapsed",
        )
    )
    charts.shown().pop("view", None)
    views[chosen]()
    question(asked.get(chosen, chosen), words)


def question(about: str, words: Words) -> None:
    """A question about what is shown, its reply folded."""
    with st.expander(words(f"question.{about}")):
        st.markdown(words.explained(words(f"reply.{about}")), unsafe_allow_html=True)


def _turn(before: Chosen) -> None:
    """Another network: the reader's own text if it knows that, else what it read last, or its example."""
    state, own, chosen = st.session_state, private.present(), from_widgets()
    keep(chosen.but(network=before.choice.network))  # her text may come with this choice
    after = with_last_text(before.selection, chosen.network.network)
    entries = [entry_of(name, own) for name in offered(own)]
    text = unboxed(state["text"])
    typed, hers = after.but(text=text), text not in {text for entry in entries for _, text in entry.examples}
    save(typed if hers and readable(resolved(typed)) else after)


def readable(chosen: Chosen) -> bool:
    """Whether the chosen network knows every token of the text."""
    return not (chosen.typed.fault or chosen.fault or chosen.source.inputs(chosen.typed).unknown)


def _turn_own() -> None:
    """Another of the reader's own networks: the text stays if it can be read."""
    private.turn(st.session_state["model"])
    after, _ = made_consistent(from_widgets(), private.present())
    save(after if readable(resolved(after)) else with_network(after, YOURS, private.present()))


def _turn_unit(before: Chosen) -> None:
    """Another network of the same task: at the unit that tells most."""
    model = from_widgets().network.model
    if model != before.choice.model:
        st.session_state["unit"] = shipped.card(model).unit


def _short(example: tuple[str, str]) -> str:
    text = example[1]
    return f"{text[:40]}… ({len(text)})" if len(text) > 40 else text


def _take() -> None:
    state = st.session_state
    state["mode"], text = state["example"]
    give(text)
