"""Several networks on one text under one cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from ui.compare import change_token, costs, formulas, gradient_flow, influence
from ui.compare.members import Comparison, Draw, Member, label, member, symbols_of
from ui.figures.axes import LETTERS
from ui.figures.heatmaps import Panel, grid, of_symbol
from ui.networks import registry
from ui.networks.comparable import MOST_COMPARED, comparable
from ui.networks.defaults import SYMBOLS, Selection
from ui.networks.registry import CATALOGUE
from ui.networks.tokenize import Reading
from ui.page import notices, workspace
from ui.session import cache
from ui.session.screen import PHONE_LETTERS, narrow
from ui.stepper.view import View
from ui.words import Words

STORIES = ("tags", "count10", "count50", "brackets", "first", "random")


def choose(selection: Selection, words: Words) -> None:
    """Draw the widgets, folded away: which networks, and of random ones what they have in common."""
    with st.popover(words("compare.networks", count=str(len(selection.compare))), key="networks"):
        st.pills(
            words("compare.choose"),
            comparable(selection.network),
            selection_mode="multi",
            format_func=lambda name: label(selection, name, words),
            key="compare",
            on_change=_few,
            args=(selection.compare,),
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


def show(selection: Selection, words: Words) -> None:
    """All networks on the text, or what is wrong and how to mend it."""
    reading = workspace.legible(selection, words)
    if reading is None:
        return
    if selection.together == "sides":  # the others leave alone what they do not show, and the link with it
        selection = replace(selection, changed=min(selection.changed, len(reading.tokens), cache.WINDOW))
        st.session_state["changed"] = selection.changed
    found = [_member(selection, name, reading, words) for name in selection.compare]
    comparison = Comparison(selection, found, reading, words)
    draw, below = _drawing(comparison), lambda: None
    follows = selection.together in FOLLOWING
    if follows:
        below = partial(_close, comparison, draw)
    # Heatmaps are read beside the cell; below the other views there would be no room for it.
    width = "full" if selection.together == "maps" else "brief"
    with st.container(key="side_by_side"), st.container(key=width):
        workspace.step(_data(comparison), below)
        if not follows:
            _close(comparison, draw)
    notices.notices(selection, len(reading.tokens), words, 0)


def _drawing(comparison: Comparison) -> Draw:
    """The chosen view; one letter needs a GRU's or LSTM's weights, if none is here of one that could be."""
    selection = comparison.selection
    if selection.together != "letter":
        return VIEWS[selection.together](comparison)
    kind, here = formulas.family(comparison), [member.trace.cell for member in comparison.members]
    if any(cell.startswith(kind) for cell in here):
        return formulas.one_letter(comparison)
    beside = next(
        name for name in comparable(selection.network) if member(selection, name).cell.startswith(kind)
    )
    return formulas.one_letter(comparison, _member(selection, beside, comparison.reading, comparison.words))


def _data(comparison: Comparison) -> dict[str, Any]:
    """What the stepper is sent: the lead's numbers, the answers of all, whose they are."""
    lead, words = comparison.lead, comparison.words
    members = comparison.members
    return {
        **workspace.message(lead.selection, lead.view, lead.inputs, None, words),
        "link": comparison.selection.link(),
        "tracks": [{**one.view.belief, "who": one.label} for one in members if one.view.belief],
        "lead": members.index(lead),
        "leads": [{"name": one.name, "label": one.label, "detail": _size(one, words)} for one in members],
        "look": notices.missing(comparison.selection, lead.view, words) or _strange(members, words),
        "fixed": True,
        "foldable": comparison.selection.together != "maps",
    }


def _size(member: Member, words: Words) -> str:
    """What random networks have in common, else the units."""
    if CATALOGUE[member.selection.network].shaped and member.selection.matched == "parameters":
        return words("badge.parameters", count=f"{member.network.parameters:,}")
    units = words("badge.units", units=str(member.trace["h"].shape[1]))
    return f"2 × {units}, {words('direction.forward')}" if member.both else units


def _strange(members: Sequence[Member], words: Words) -> str:
    """Tokens that are strange to some of the networks, and to whom, where not all of them say the same."""
    told = {member.label: notices.unknown(member.inputs, words) for member in members}
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return words.joined(*(f"{name}: {said}" for name, said in told.items() if said))


def _close(comparison: Comparison, draw: Draw) -> None:
    """The view in a column without wide gaps."""
    with st.container(gap="xsmall"):
        _below(comparison, draw)


def _below(comparison: Comparison, draw: Draw) -> None:
    """The switch among the views, what to look for, and the view at the step and unit told last."""
    selection, words, state = comparison.selection, comparison.words, st.session_state
    # Within the fragment a switch reruns nothing else: the page, and its link, are made anew here.
    if any(state[name] != getattr(selection, name) for name in ("together", "pair", "changed", "instead")):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="together_row"):
        st.segmented_control(
            words("pick.together"),
            list(VIEWS),
            format_func=words.names("together"),
            key="together",
            required=True,
            label_visibility="collapsed",
        )
        if selection.together in CONTROLS:
            CONTROLS[selection.together](comparison)
        if selection.together != "maps":
            st.toggle(words("memory.whole"), key="whole")
    st.caption(words.explained(words(f"together.{selection.together}.look")), unsafe_allow_html=True)
    step = min(max(int(state["step"]) - comparison.first, 0), len(comparison.tokens) - 1)
    draw(step, max(int(state["unit"]) - 1, 0))
    about = selection.pair if selection.together == "letter" else selection.together
    with st.expander(words(f"question.{about}")):
        st.markdown(words.explained(words(f"reply.{about}")), unsafe_allow_html=True)


def _member(selection: Selection, name: str, reading: Reading, words: Words) -> Member:
    chosen = member(selection, name)
    inputs = registry.inputs(chosen, reading)
    return Member(
        name, label(selection, name, words), chosen, inputs, workspace.viewed(chosen, reading, inputs, words)
    )


def _panel(comparison: Comparison) -> None:
    """What the heatmaps show."""
    selection, words = comparison.selection, comparison.words
    symbols = {symbol for name in selection.compare for symbol in symbols_of(selection, name)}
    if selection.panel not in symbols:
        st.session_state["panel"] = "h"
    st.selectbox(
        words("compare.panel"),
        [symbol for symbol in SYMBOLS if symbol in symbols],
        format_func=words.names("title"),
        key="panel",
        width=200,
        label_visibility="collapsed",
    )


def maps(comparison: Comparison) -> Draw:
    """A heatmap for each network, of a Bi-LSTM for each direction."""
    words = comparison.words
    panels = [panel for one in comparison.members for panel in _panels(comparison, one)]
    phone = narrow()
    figure = grid(
        panels,
        comparison.tokens,
        words("title.token"),
        1 if phone else len(panels),
        comparison.first,
        PHONE_LETTERS if phone else LETTERS,
    )
    told = ", ".join(panel.title for panel in panels)
    alt = words("heat.alt", symbols=told)
    return lambda *_: workspace.heat(figure, told, alt)


def _panels(comparison: Comparison, one: Member) -> list[Panel]:
    """One heatmap of a network for each direction; h stands for a symbol that its cell lacks."""
    selection, words = comparison.selection, comparison.words
    titles = words.under("title")
    symbol = selection.panel if selection.panel in symbols_of(selection, one.name) else "h"
    letter = titles[symbol].rsplit(" ", 1)[-1]

    def panel(view: View, known: str, arrow: str) -> Panel:
        title = f"{one.label}{arrow}: {letter}"
        return of_symbol(view.trace, symbol, known, title, view.units, view.order, titles)

    own = symbol if one.name == selection.lead else f"{symbol}@{one.name}"
    if not one.both:
        return [panel(one.view, own, "")]
    chosen = replace(one.selection, direction="backward")
    behind = workspace.viewed(chosen, comparison.reading, one.inputs, words)
    return [panel(one.view, own, " →"), panel(behind, f"{symbol}@{one.name} backward", " ←")]


VIEWS: Mapping[str, Callable[[Comparison], Draw]] = {
    "maps": maps,
    "table": costs.table,
    "flow": gradient_flow.lines,
    "influence": influence.bars,
    "sides": change_token.both_sides,
    "letter": formulas.one_letter,
}
FOLLOWING = ("influence", "sides", "letter")  # views of the stepper's step or unit
CONTROLS: Mapping[str, Callable[[Comparison], None]] = {
    "maps": _panel,
    "sides": change_token.controls,
    "letter": formulas.controls,
}
