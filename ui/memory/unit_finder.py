"""Unit finder: a label of the reader's on every token, and the units that go with it."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import streamlit as st

from cells.arrays import Vector
from cells.tracks import TRACKS, Found, entries, finite, found, labels
from ui.figures.theme import HUES, NEGATIVE, POSITIVE, rgba
from ui.figures.units import beside
from ui.memory.context import Measure, MemoryContext, chart, go_to, letters
from ui.networks.answers import called
from ui.networks.tokenize import brief, plain, shown
from ui.selection.records import MOST_LABELS, options
from ui.text.numbers import correlation

RANKED = 10  # units in the list, beside the chosen one
MOST_KINDS = 60  # different tokens that can be marked by a click


def show(context: MemoryContext) -> None:
    """The label, the ranked units, and the label as a strip over the curve of the chosen one."""
    words = context.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="track_row"):
        st.selectbox(
            words("finder.track"),
            [kind for kind in options("track") if kind != "answer" or context.chosen.selection.memory.answer],
            format_func=words.names("track"),
            key="track",
            width=230,
        )
        track = OWN.get(context.chosen.selection.memory.track, _known)(context)
    if isinstance(track, str):
        st.info(track)
        return
    ranked = found(context.trace, track)
    known = [one for one in ranked if one.r is not None]
    if not known:
        st.info(words("finder.still" if np.ptp(track) else "finder.constant"))
        return
    still = len(ranked) - len(known)
    rows, picture = st.columns([2, 3], gap="medium")
    with rows:
        _list(context, known, (_symbol(context, ranked), context.unit))
    with picture:
        _match(context, track, ranked)
        unmoved = words("finder.unmoved", still=str(still)) if still else ""
        st.caption(words.joined(words("finder.caution"), unmoved))


def _known(context: MemoryContext) -> Vector:
    """A label that the tokens themselves give."""
    return TRACKS[context.chosen.selection.memory.track](context.text.tokens)[context.window]


def _answer(context: MemoryContext) -> Vector:
    """The network's own number for one of its answers, at every step."""
    said = context.chosen.source.answers()
    output = context.chosen.run().output  # the run on the screen
    assert said is not None and output is not None, "the label is offered where the network answers"
    st.selectbox(
        context.words("finder.answer"),
        said.names,
        format_func=called(said, context.words),
        key="answer",
        width=225,
    )
    track: Vector = np.asarray(output)[:, said.names.index(context.chosen.selection.memory.answer)]
    return track


def _typed(context: MemoryContext) -> Vector | str:
    """The reader's own label, one number a step, or what is wrong with it."""
    words, steps, at = context.words, len(context.text.tokens), context.view.first + context.step
    if steps > MOST_LABELS:
        return words("memory.too_long", most=f"{MOST_LABELS:,}")
    st.text_input(
        words("finder.labels"),
        key="labels",
        live="300ms",
        max_chars=MOST_LABELS,
        placeholder="0 0 1 1 0",
        autocomplete="off",
    )
    given = entries(context.chosen.selection.memory.labels, steps)
    strange = next((entry for entry in given if not finite(entry)), None)
    marked = len(given) >= at and strange is None and float(given[at - 1]) != 0
    st.button(
        words(
            "finder.unmark" if marked else "finder.mark",
            step=str(at),
            token=plain(context.view.tokens[context.step]),
        ),
        on_click=_mark,
        args=(at - 1, steps, not marked),
        disabled=strange is not None or len(given) > steps,
    )
    if strange is not None:
        return words("finder.no_number", entry=plain(brief(strange)))
    if len(given) != steps:
        wrong = "finder.typed" if len(given) < steps else "finder.typed_many"
        return words(wrong, steps=str(steps), count=str(len(given)))
    return labels(context.chosen.selection.memory.labels, steps)[context.window]


def _mark(step: int, steps: int, mark: bool) -> None:
    """Give a step the label 1 or 0; what was typed stays, and steps without a label get 0."""
    given = entries(st.session_state["labels"], steps)
    given += ["0"] * (steps - len(given))
    given[step] = str(int(mark))
    apart = "" if steps > 1 and all(len(one) == 1 and one.isdigit() for one in given) else " "
    st.session_state["labels"] = apart.join(given)  # digits alone, as more would not fit into the box


def _marked(context: MemoryContext) -> Vector | str:
    """1 at every token that the reader has marked as a class, or that there is none yet."""
    words, state = context.words, st.session_state
    kinds = list(dict.fromkeys(map(shown, context.text.tokens)))[:MOST_KINDS]
    state["marked"] = [kind for kind in kinds if kind in context.chosen.selection.memory.marks.split()]
    st.pills(
        words("finder.marked"),
        kinds,
        selection_mode="multi",
        format_func=plain,
        key="marked",
        on_change=lambda: state.update(marks=" ".join(state["marked"])[:MOST_LABELS]),
    )
    if not state["marked"]:
        return words("finder.mark_some")
    chosen = set(state["marked"])
    return np.array([float(shown(token) in chosen) for token in context.text.tokens[context.window]])


OWN: Mapping[str, Callable[[MemoryContext], Vector | str]] = {
    "answer": _answer,
    "marked": _marked,
    "typed": _typed,
}  # labels that need more than the tokens


def _list(context: MemoryContext, ranked: Sequence[Found], chosen: tuple[str, int]) -> None:
    """A button for each of the first units and for the chosen one, as long a bar behind it as its r.

    A click goes to the unit.
    """
    words, style = context.words, []
    listed = [
        (place, one) for place, one in enumerate(ranked) if place < RANKED or (one.symbol, one.unit) == chosen
    ]
    with st.container(key="ranked"):
        for row, (place, one) in enumerate(listed):
            r = one.r or 0.0
            here = "**" if (one.symbol, one.unit) == chosen else ""
            unit = plain(context.view.units[one.unit])
            name = f"{words(f'title.{one.symbol}')} · {words('title.unit')} {unit}"
            st.button(
                f"{place + 1}\\. {here}{name}{here}   {'▲' if r > 0 else '▼'} {correlation(r)}",
                key=f"found_{row}",
                type="tertiary",
                width="stretch",
                on_click=go_to,
                args=(one.unit, one.symbol),
            )
            bar = rgba(POSITIVE if r > 0 else NEGATIVE, 0.3)
            fill = f"linear-gradient(to right,{bar} {100 * abs(r):.1f}%,transparent 0)"
            style.append(f".st-key-found_{row} button{{background:{fill}}}")
    st.html(f"<style>{''.join(style)}</style>")


def _symbol(context: MemoryContext, ranked: Sequence[Found]) -> str:
    """The symbol whose curve is shown: the one last chosen, else the one of this unit that goes closest."""
    chosen = context.chosen.selection.memory.found
    if chosen in context.trace.symbols:
        return chosen
    return next(one.symbol for one in ranked if one.unit == context.unit)


def _match(context: MemoryContext, track: Vector, ranked: tuple[Found, ...]) -> None:
    """The label as a strip over the curve of the chosen unit."""
    words, symbol = context.words, _symbol(context, ranked)
    r = next(one.r for one in ranked if (one.symbol, one.unit) == (symbol, context.unit))
    name = words("finder.unit", symbol=words(f"title.{symbol}"), unit=context.view.units[context.unit])
    told = words("finder.never") if r is None else f"r = {correlation(r)}"
    says = html.escape(_label(context)), html.escape(name)  # both may be of a reader's file
    st.html(words("finder.match", label=says[0], unit=says[1], r=told))
    figure = beside(
        track,
        context.trace[symbol][:, context.unit],
        HUES[symbol],
        context.view.tokens,
        context.view.first,
        says,
        letters(),
    )
    chart(figure, "match", 230, name)


def _label(context: MemoryContext) -> str:
    words, memory = context.words, context.chosen.selection.memory
    if memory.track == "answer":
        return words("finder.of_answer", answer=called(context.chosen.source.answers(), words)(memory.answer))
    return words.names("track")(memory.track)


VIEW = Measure(show, whole=True)
