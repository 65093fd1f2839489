"""Unit finder: a label of the reader's on every token, and the units that go with it."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import streamlit as st

from cells.arrays import Vector
from cells.tracks import TRACKS, Found, found, labels
from ui.memory.seen import Seen, chart, go_to, letters
from ui.numerals import small
from ui.of_units import beside
from ui.reading import plain, shown
from ui.selection import MOST_LABELS, TRACK_KINDS
from ui.theme import HUES, NEGATIVE, POSITIVE, rgba

RANKED = 10  # units in the list
MOST_KINDS = 60  # different tokens that can be marked by a click


def show(seen: Seen) -> None:
    """The label, the ranked units, and the label as a strip over the curve of the chosen one."""
    words = seen.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="track_row"):
        st.selectbox(
            words("finder.track"), TRACK_KINDS, format_func=words.names("track"), key="track", width=230
        )
        track = _marked(seen) if seen.selection.track == "marked" else _typed(seen)
    if track is None:
        if seen.selection.track == "typed":
            st.info(_missing(seen))
        return
    ranked = found(seen.trace, track)
    known = [one for one in ranked if one.r is not None]
    if not known:
        st.info(words("finder.still"))
        return
    still = len(ranked) - len(known)
    rows, picture = st.columns([2, 3], gap="medium")
    with rows:
        _list(seen, known[:RANKED], (_symbol(seen, ranked), seen.unit))
    with picture:
        _match(seen, track, ranked)
        st.caption(words("finder.caution", still=str(still)))


def _typed(seen: Seen) -> Vector | None:
    """A label by its name, or the reader's own, one number a step; None where the numbers are not as many."""
    kind, words, tokens = seen.selection.track, seen.words, seen.reading.tokens
    if kind != "typed":
        return TRACKS[kind](tokens)[seen.window]
    st.text_input(
        words("finder.labels"),
        key="labels",
        live="300ms",
        max_chars=MOST_LABELS,
        placeholder="0 0 1 1 0",
        autocomplete="off",
    )
    st.button(
        words(
            "finder.toggle", step=str(seen.view.first + seen.step), token=plain(seen.view.tokens[seen.step])
        ),
        on_click=_toggle,
        args=(seen.view.first + seen.step - 1, len(tokens)),
    )
    try:
        return labels(seen.selection.labels, len(tokens))[seen.window]
    except ValueError:
        return None


def _missing(seen: Seen) -> str:
    """How many labels are wanted, and how many stand there: numbers, or the digits of one number."""
    given, steps = seen.selection.labels.split(), str(len(seen.reading.tokens))
    count = len(given[0]) if len(given) == 1 else len(given)
    return seen.words("finder.typed", steps=steps, count=str(count))


def _toggle(step: int, steps: int) -> None:
    """Mark the present step with 1, or take its mark away."""
    state = st.session_state
    try:
        marks = labels(state["labels"], steps)
    except ValueError:
        marks = np.zeros(steps)
    marks[step] = 0 if marks[step] else 1
    state["labels"] = " ".join(f"{mark:g}" for mark in marks)


def _marked(seen: Seen) -> Vector | None:
    """1 at every token that the reader has marked as a class."""
    words, state = seen.words, st.session_state
    kinds = list(dict.fromkeys(map(shown, seen.reading.tokens)))[:MOST_KINDS]
    state["marked"] = [kind for kind in kinds if kind in seen.selection.marks.split()]
    st.pills(
        words("finder.marked"),
        kinds,
        selection_mode="multi",
        format_func=plain,
        key="marked",
        on_change=lambda: state.update(marks=" ".join(state["marked"])[:MOST_LABELS]),
    )
    if not state["marked"]:
        st.caption(words("finder.mark_some"))
        return None
    chosen = set(state["marked"])
    return np.array([float(shown(token) in chosen) for token in seen.reading.tokens[seen.window]])


def _list(seen: Seen, ranked: Sequence[Found], chosen: tuple[str, int]) -> None:
    """A button for each unit, as long a bar behind it as its r; a click goes to the unit."""
    words, style = seen.words, []
    with st.container(key="ranked"):
        for place, one in enumerate(ranked):
            r = one.r or 0.0
            here = (one.symbol, one.unit) == chosen
            name = (
                f"{words(f'title.{one.symbol}')} · {words('title.unit')} {plain(seen.view.units[one.unit])}"
            )
            st.button(
                f"{'**' if here else ''}{name}{'**' if here else ''}   {'▲' if r > 0 else '▼'} {small(r)}",
                key=f"found_{place}",
                type="tertiary",
                width="stretch",
                on_click=go_to,
                args=(one.unit, one.symbol),
            )
            bar = rgba(POSITIVE if r > 0 else NEGATIVE, 0.3)
            fill = f"linear-gradient(to right,{bar} {100 * abs(r):.1f}%,transparent 0)"
            style.append(f".st-key-found_{place} button{{background:{fill}}}")
    st.html(f"<style>{''.join(style)}</style>")


def _symbol(seen: Seen, ranked: Sequence[Found]) -> str:
    """The symbol whose curve is shown: the one last chosen, else the one of this unit that goes closest."""
    chosen = seen.selection.found
    if chosen in seen.trace.symbols:
        return chosen
    return next(one.symbol for one in ranked if one.unit == seen.unit)


def _match(seen: Seen, track: Vector, ranked: tuple[Found, ...]) -> None:
    """The label as a strip over the curve of the chosen unit."""
    words, symbol = seen.words, _symbol(seen, ranked)
    r = next(one.r for one in ranked if (one.symbol, one.unit) == (symbol, seen.unit))
    name = words("finder.unit", symbol=words(f"title.{symbol}"), unit=seen.view.units[seen.unit])
    told = words("finder.never") if r is None else f"r = {small(r)}"
    label = words.names("track")(seen.selection.track)
    st.html(words("finder.match", label=html.escape(label), unit=html.escape(name), r=told))
    figure = beside(
        track,
        seen.trace[symbol][:, seen.unit],
        HUES[symbol],
        seen.view.tokens,
        seen.view.first,
        (label, name),
        letters(),
    )
    chart(figure, "match", 230, name)
