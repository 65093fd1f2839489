"""Change a token: read the text again with one token changed, and see who notices where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from cells.counterfactual import Counterfactual, without
from ui.compare.members import Comparison, Draw, Member, both
from ui.figures.curves import Curve, Plot
from ui.networks.answers import best
from ui.networks.comparable import comparable
from ui.networks.kinds import Inputs
from ui.networks.tokenize import TokenizedText, read, shown
from ui.page import workspace
from ui.page.notices import fault
from ui.runs import passes
from ui.text.numbers import digits
from ui.text.tables import changes
from ui.words import Words


def controls(comparison: Comparison) -> None:
    """The token that is changed, and what stands there instead."""
    words, names = comparison.words, [*map(shown, comparison.text.tokens[: passes.WINDOW])]
    st.selectbox(
        words("sides.changed"),
        range(1, len(names) + 1),
        format_func=lambda place: f"{place} · {names[place - 1]}",
        key="changed",
        width=170,
        label_visibility="collapsed",
        help=words("sides.changed"),
    )
    st.text_input(
        words("sides.instead"),
        key="instead",
        placeholder=words("sides.instead"),
        max_chars=40,
        live="300ms",
        width=190,
        label_visibility="collapsed",
        autocomplete="off",
    )


def both_sides(comparison: Comparison) -> Draw:
    """The change of each direction's h at every step, and of the answers."""
    words, changed = comparison.words, comparison.chosen.selection.compare.token - 1
    if len(comparison.text.tokens) > passes.WINDOW:
        return lambda *_: workspace.said(words("view.too_long", most=f"{passes.WINDOW:,}"))
    other = replaced(comparison)
    if other is None:
        return lambda *_: workspace.said(_several(comparison))
    if other.fault:
        return lambda *_: fault(other, comparison.chosen.choice.mode, words)
    instead = not emptied(comparison)
    found = {member.name: _again(member, other, changed, instead) for member in comparison.members}
    plots, told_of = _plots(comparison, found, changed), _told(comparison, found, changed)
    rows = [
        (member.label, *_answers(member, found[member.name], words))
        for member in comparison.members
        if member.chosen.source.answers()
    ]
    figure, heads = comparison.figure(plots), [*map(shown, comparison.text.tokens)]
    became = _became(comparison, other, changed)

    def draw(step: int, _: int) -> None:
        workspace.heat(figure, words("together.sides"), words("sides.alt"), len(plots), bool(rows))
        st.markdown(words.joined(told_of, _waiting(comparison, step)))
        if rows:
            st.html(changes(heads, rows, changed))
        if below := words.joined(became, comparison.one_line):
            st.caption(below)

    return draw


def _several(comparison: Comparison) -> str:
    typed = _typed(comparison).tokens
    return comparison.words("swapped.several", count=str(len(typed)), first=shown(typed[0]))


def _became(comparison: Comparison, other: TokenizedText, changed: int) -> str:
    """What the networks read in the token's place, where that is nothing or strange, and which of them."""
    words, empty = comparison.words, emptied(comparison)
    found: dict[str, list[str]] = {}
    for member in comparison.members:
        inputs = member.chosen.source.inputs(other)
        if empty or other.tokens[changed] in inputs.unknown:
            found.setdefault(inputs.strange, []).append(member.label)
    token = shown(comparison.text.tokens[changed] if empty else other.tokens[changed])
    told = {how: {"token": token, "networks": ", ".join(names)} for how, names in found.items()}
    if empty:
        return words.joined(*(words(f"sides.emptied.{how}", **blanks) for how, blanks in told.items()))
    return words.joined(*(words(f"sides.strange.{how}", **blanks) for how, blanks in told.items()))


def _typed(comparison: Comparison) -> TokenizedText:
    """What was typed for the token."""
    return read(comparison.chosen.selection.compare.replacement, comparison.chosen.choice.mode)


def emptied(comparison: Comparison) -> bool:
    """Whether nothing was typed for the token: it is left empty."""
    return _typed(comparison).fault == "empty"


def replaced(comparison: Comparison) -> TokenizedText | None:
    """The text with what was typed in one place, or its fault; None where more than one token was typed.

    Where nothing was typed it is the text itself.
    """
    compare, text, typed = comparison.chosen.selection.compare, comparison.text, _typed(comparison)
    if typed.fault == "empty":
        return text
    if typed.fault:
        return typed
    if len(typed.tokens) > 1:
        return None
    place = compare.token - 1

    def put(many: tuple, one: object) -> tuple:  # type: ignore[type-arg]  # of tokens or of numbers
        return (*many[:place], one, *many[place + 1 :])

    values = put(text.values, typed.values[0]) if text.values and typed.values else None
    return replace(text, tokens=put(text.tokens, typed.tokens[0]), values=values)


def _again(member: Member, other: TokenizedText, changed: int, instead: bool) -> Counterfactual:
    """The network's run on the text as it is and as it would be; a token left empty is a row of zeros."""
    inputs: Inputs = member.chosen.source.inputs(other)
    row = np.asarray(inputs.rows)[changed]
    put = row if instead else np.zeros_like(row)
    return without(member.network, member.rows, changed, put, edits=member.chosen.edits.in_force)


def _plots(comparison: Comparison, found: dict[str, Counterfactual], changed: int) -> list[Plot]:
    """‖Δh‖ of every network's first layer at each step, one plot for each direction of time."""
    ahead, behind = [], []
    for member, look in zip(comparison.members, comparison.looks, strict=True):
        layer = found[member.name].layers[0]
        ahead.append(Curve(member.label, np.linalg.norm(layer.forward["h"], axis=1), *look))
        if layer.backward is not None:
            behind.append(Curve(member.label, np.linalg.norm(layer.backward["h"], axis=1), *look))
    words = comparison.words
    sides = [("forward", ahead), ("backward", behind)] if behind else [("forward", ahead)]
    return [
        Plot(f"‖Δh‖ {words(f'direction.{way}')}", curves, log=True, marked=changed) for way, curves in sides
    ]


def _told(comparison: Comparison, found: dict[str, Counterfactual], changed: int) -> str:
    """The largest changes before the token, as numbers: of forward states there is none."""
    words = comparison.words
    if changed == 0:
        return words("sides.first")
    ahead = max(_largest(one.layers[0].forward["h"][:changed]) for one in found.values())
    backward = [one.layers[0].backward for one in found.values()]
    behind = [_largest(side["h"][:changed]) for side in backward if side is not None]
    if not behind:
        here = any(map(both, comparable(comparison.chosen.choice.network)))
        where = words("sides.add_both" if here else "sides.elsewhere")
        return words.joined(words("sides.one_way", ahead=digits(ahead)), where)
    return words("sides.found", ahead=digits(ahead), behind=digits(max(behind)), token=str(changed + 1))


def _largest(change: np.ndarray) -> float:
    """The largest ‖Δh‖ of these steps, as the curves show it."""
    return float(np.linalg.norm(change, axis=1).max())


def _waiting(comparison: Comparison, step: int) -> str:
    """What reading from both sides costs: how many tokens an answer at the step has to wait for."""
    words = comparison.words
    whose = [member.label for member in comparison.members if member.both]
    left = len(comparison.text.tokens) - comparison.first - step
    blanks = {"step": str(comparison.first + step), "left": str(left)}
    return words("sides.waits", network=whose[0], **blanks) if whose else ""


def _answers(member: Member, found: Counterfactual, words: Words) -> tuple[list[str], list[str]]:
    """The answers of the network on the text as it is, and as it would be."""
    said = member.chosen.source.answers()
    assert said is not None
    assert found.actual.output is not None
    assert found.other.output is not None
    return best(said, found.actual.output, words), best(said, found.other.output, words)
