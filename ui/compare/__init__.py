"""Several networks on one text under one cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui.compare import change_token, costs, formulas, gradient_flow, influence, own
from ui.compare.members import Comparison, Draw, Member, label, member, member_of, names_of
from ui.figures.axes import LETTERS
from ui.figures.heatmaps import grid
from ui.figures.panels import Panel, of_symbol
from ui.networks.comparable import MOST_COMPARED, comparable
from ui.networks.own import YOURS
from ui.page import controls, covered, notices, workspace
from ui.runs import passes, sentences
from ui.selection.records import SYMBOLS
from ui.session import private
from ui.session.chosen import Chosen
from ui.session.screen import PHONE_LETTERS, narrow
from ui.session.selection import from_widgets
from ui.stepper.view import View
from ui.words import Words

NETWORKS = ("tags", "count10", "count50", "brackets", "first", "random")


def networks() -> tuple[str, ...]:
    """The networks that have others beside them, the reader's own if it has."""
    return (*NETWORKS, *((YOURS,) if len(own.offered(private.present())) > 1 else ()))


def choose(chosen: Chosen) -> None:
    """Draw the widgets, folded away: which networks, and of random ones what they have in common."""
    words, networks, private_ = chosen.words, names_of(chosen), chosen.source.private
    key = own.CHOSEN if private_ else "compare"
    if private_:
        st.session_state[key] = list(networks)
    with st.popover(words("compare.networks", count=str(len(networks))), key="networks"):
        st.pills(
            words("compare.choose"),
            own.offered(private.present()) if private_ else comparable(chosen.choice.network),
            selection_mode="multi",
            format_func=lambda name: label(chosen, name),
            key=key,
            on_change=_few,
            args=(key, networks),
        )
        if chosen.source.entry.shaped:
            st.segmented_control(
                words("compare.matched"),
                ("units", "parameters"),
                format_func=words.names("matched"),
                key="matched",
                required=True,
            )
        if st.session_state.pop("compare_refused", False):
            st.caption(words("compare.few"))


def _few(key: str, before: tuple[str, ...]) -> None:
    """Two to four: a choice of fewer or more is taken back, and said so."""
    state = st.session_state
    state["compare_refused"] = not 1 < len(state[key]) <= MOST_COMPARED
    if state["compare_refused"]:
        state[key] = list(before)


def show(chosen: Chosen) -> None:
    """All networks on the text, or what is wrong and how to mend it."""
    if not workspace.legible(chosen):
        return
    if chosen.selection.compare.view == "sides":  # the others leave alone what they do not show, and the link
        token = min(chosen.selection.compare.token, len(chosen.tokens), passes.WINDOW)
        chosen = chosen.but(changed=token)
        st.session_state["changed"] = token
    found = [member_of(chosen, name) for name in names_of(chosen)]
    compare = chosen.selection.compare
    about = formulas.family(compare.formulas) if compare.view == "letter" else ""
    comparison = Comparison(chosen, found, about)
    draw, below = _drawing(comparison), lambda: None
    view = compare.view
    follows = view in FOLLOWING
    if follows:
        below = partial(_close, comparison, draw)
    # Heatmaps are read beside the cell; below the other views there would be no room for it.
    width = "full" if view == "maps" else "brief"
    with st.container(key="side_by_side"), st.container(key=width):
        workspace.step(_data(comparison), below)
        if not follows:
            _close(comparison, draw)
    notices.of_length(chosen)


def _drawing(comparison: Comparison) -> Draw:
    """The chosen view; two formulas need a GRU's or LSTM's weights, if none is here of one that could be."""
    view = comparison.chosen.selection.compare.view
    if comparison.edited and view in ASIDE:
        comparison = comparison.unedited
    if view != "letter":
        return VIEWS[view](comparison)
    kind = comparison.about
    if comparison.lead.trace.cell.startswith(kind):
        return formulas.one_letter(comparison)
    chosen = comparison.chosen
    offered = comparable(chosen.choice.network)
    beside = [name for name in offered if member(chosen, name).choice.cell.startswith(kind)]
    return formulas.one_letter(comparison, member_of(chosen, beside[0]) if beside else None)


def _data(comparison: Comparison) -> dict[str, Any]:
    """What the stepper is sent: the lead's numbers, the answers of all, whose they are."""
    chosen, lead, members = comparison.chosen, comparison.lead, comparison.members
    return {
        **workspace.message(lead.chosen, lead.view),
        "editable": False,
        "text": None,  # the page has one of the networks
        "original": None,  # side by side stand networks, each as it is
        "link": chosen.link,
        "tracks": [{**one.view.belief, "who": one.label} for one in members if one.view.belief],
        "lead": members.index(lead),
        "leads": [
            {
                "name": one.name,
                "label": one.label,
                "detail": _size(one),
                "apart": ""
                if one in comparison.leads
                else chosen.words("compare.apart", cell=comparison.about),
            }
            for one in members
        ],
        "look": chosen.words.parts(_look(comparison)),
        "fixed": True,
        "foldable": chosen.selection.compare.view != "maps",
    }


def _size(member: Member) -> str:
    """What random networks have in common, else the units."""
    words, chosen = member.chosen.words, member.chosen
    if chosen.source.entry.shaped and chosen.selection.compare.matched_by == "parameters":
        return words("badge.parameters", count=f"{member.network.parameters:,}")
    units = words("badge.units", units=str(member.trace["h"].shape[1]))
    return f"2 × {units}, {words('direction.forward')}" if member.both else units


def _look(comparison: Comparison) -> str:
    """The sentence beside the cell: what the reader must know first, or else what is edited."""
    chosen, members, words = comparison.chosen, comparison.members, comparison.words
    held = (sentences.held(member.chosen) for member in members if member.chosen.changed)
    return (
        words.joined(notices.missing(chosen, comparison.lead.view), _at_rest(members, words))
        or _strange(members, words)
        or next(held, "")
    )


def _at_rest(members: Sequence[Member], words: Words) -> str:
    """The first edit that rests on some of the networks, and on which, and how many more there are."""
    found: dict[str, list[str]] = {}
    for one in members:
        for edit, _ in sentences.resting(one.chosen):
            found.setdefault(edit, []).append(one.label)
    said = [words("compare.rests", edit=edit, networks=", ".join(who)) for edit, who in found.items()]
    return sentences.first_at_rest(said, words)


def _strange(members: Sequence[Member], words: Words) -> str:
    """Tokens that are strange to some of the networks, and to whom, where not all of them say the same."""
    told = {member.label: sentences.unknown(member.chosen.inputs, words) for member in members}
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return words.joined(*(f"{name}: {said}" for name, said in told.items() if said))


def _close(comparison: Comparison, draw: Draw) -> None:
    """The view in a column without wide gaps."""
    with st.container(gap="xsmall"):
        _below(comparison, draw)


def _below(comparison: Comparison, draw: Draw) -> None:
    """The switch among the views, what to look for, and the view at the step and unit told last."""
    words, state, compare = comparison.words, st.session_state, comparison.chosen.selection.compare
    # Within the fragment a switch reruns nothing else: the page, and its link, are made anew here.
    if from_widgets().compare != compare:
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
        if compare.view in CONTROLS:
            CONTROLS[compare.view](comparison)
        if compare.view != "maps":
            st.toggle(words("memory.whole"), key="whole")
    if comparison.edited and compare.view in ASIDE:
        st.caption(words(f"aside.{ASIDE[compare.view]}"))
    with st.container(key="look_for"):
        st.caption(words.explained(words(f"together.{compare.view}.look")), unsafe_allow_html=True)
    step = min(max(int(state["step"]) - comparison.first, 0), len(comparison.tokens) - 1)
    here = partial(draw, step, max(int(state["unit"]) - 1, 0))
    if compare.view in WHOLE:
        covered.draw(comparison.chosen, compare.view, here)
    else:
        here()
    controls.question(compare.formulas if compare.view == "letter" else compare.view, words)


def _panel(comparison: Comparison) -> None:
    """What the heatmaps show."""
    words, compare = comparison.words, comparison.chosen.selection.compare
    symbols = {symbol for one in comparison.members for symbol in one.trace.symbols}
    if compare.symbol not in symbols:
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
    words, compare = comparison.words, comparison.chosen.selection.compare
    titles = words.under("title")
    symbol = compare.symbol if compare.symbol in one.trace.symbols else "h"
    letter = titles[symbol].rsplit(" ", 1)[-1]

    def panel(view: View, known: str, arrow: str) -> Panel:
        title = f"{one.label}{arrow}: {letter}"
        return of_symbol(view.trace, symbol, known, title, view.units, view.order, titles)

    known = symbol if one is comparison.lead else f"{symbol}@{one.name}"
    if not one.both:
        return [panel(one.view, known, "")]
    behind = workspace.viewed(one.chosen.but(direction="backward"))
    return [panel(one.view, known, " →"), panel(behind, f"{symbol}@{one.name} backward", " ←")]


VIEWS: Mapping[str, Callable[[Comparison], Draw]] = {
    "maps": maps,
    "table": costs.table,
    "flow": gradient_flow.lines,
    "influence": influence.bars,
    "sides": change_token.both_sides,
    "letter": formulas.one_letter,
}
# Views that leave edits aside, and why.
ASIDE: Mapping[str, str] = {"flow": "gradients", "influence": "gradients", "letter": "formulas"}
WHOLE = ("table", "sides", "letter")  # views whose tables and sentences tell of all steps
FOLLOWING = ("influence", "sides", "letter")  # views of the stepper's step or unit
CONTROLS: Mapping[str, Callable[[Comparison], None]] = {
    "maps": _panel,
    "sides": change_token.controls,
    "letter": formulas.controls,
}
