"""Sweep: a gate or state held at one step and unit at a time, and what each such edit does to an answer."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter

import numpy as np
import streamlit as st

from cells import Edit
from cells.arrays import Matrix, Vector
from cells.edit_text import parsed, written
from cells.edits import MOST
from cells.sweep import answer_at, distance_at, sweeping
from ui.figures.sweep import effects
from ui.memory.context import PATIENCE, TURN, LongWork, Measure, MemoryContext, chart, letters
from ui.networks.answers import called
from ui.networks.tokenize import shown
from ui.page.progress import Progress
from ui.selection.meanings import MEANINGS
from ui.session import private
from ui.text.edits import told
from ui.text.numbers import digits, percent

HEIGHT = 300  # px of the picture
MOST_STEPS = 400  # steps of a text that is swept
KEPT = "sweeping"  # the session's key of the sweep that it last began
STOPPED = "sweep_stopped"  # and of the one that the reader stopped


@dataclass
class Sweeping:
    """A sweep under way: what it is of, what is left to do, and what is done of it."""

    of: object
    left: Iterator[tuple[float, Vector]]
    share: float = 0.0
    done: bool = False
    rows: list[Vector] = field(default_factory=list)
    turn: Lock = field(default_factory=Lock)

    def advance(self, seconds: float, bar: Progress | None = None) -> bool:
        """Do more of it for so many seconds; whether nothing is left."""
        end = perf_counter() + seconds
        # A run of the page that was stopped ends with its row, when the next has begun already.
        with self.turn, np.errstate(over="ignore", invalid="ignore"):  # a file's weights may be very large
            for share, row in self.left:
                self.rows.append(row)
                self.share = share
                if bar:
                    bar.report(share)
                if perf_counter() > end:
                    return False
        self.done = True
        return True


def show(context: MemoryContext) -> None:
    """Which gate, at which value, and which answer; then the effect of every step and unit."""
    words, view = context.words, context.view
    if too_long(context):
        st.info(words("sweep.too_long", most=f"{MOST_STEPS:,}"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="sweep_row"):
        _choices(context)
    found = sweep_of(context)
    if st.session_state.get(STOPPED) == found.of:
        with st.container():
            st.info(words("sweep.stopped", share=percent(found.share)))
            if st.button(words("sweep.go_on")):
                del st.session_state[STOPPED]
                st.rerun()
        return
    if not found.done:  # the page's own run goes on with it; what stood here goes at once
        st.html(f'<div style="height: {HEIGHT + 40}px"></div>')
        return
    values = np.stack(found.rows)[context.window]
    if not np.isfinite(values).any() or not values.any():
        st.info(words("sweep.not_finite" if np.isnan(values).any() else "sweep.nothing"))
        return
    _said(context, values)
    figure = effects(
        values[:, view.order],
        bool(context.chosen.selection.memory.sweep_of),
        view.tokens,
        view.first,
        [view.units[unit] for unit in view.order],
        (words("title.token"), words("title.unit")),
        letters(),
    )
    chart(figure, "sweep", HEIGHT, words("measure.sweep"))
    symbol = words(f"title.{context.chosen.selection.memory.swept}")
    st.caption(words("sweep.caption", symbol=symbol, what=_what(context)))


def too_long(context: MemoryContext) -> bool:
    """Whether a text has too many steps to run the network once for each of them and each unit."""
    return len(context.text.tokens) > MOST_STEPS


def go_with_edit(context: MemoryContext, step: int, unit: int) -> None:
    """Take the edit of a step and unit (from 1) to the first page, beside those that are there."""
    edit, state = edit_of(context, step - 1, unit - 1), st.session_state
    edits = [one for one in parsed(context.chosen.selection.edits.written) or () if one != edit]
    if len(edits) >= MOST:
        st.warning(context.words("sweep.too_many", most=str(MOST)))
        return
    state.update(edit=written([*edits, edit]), step=step, unit=unit)
    st.switch_page("app.py")


def edit_of(context: MemoryContext, step: int | None = None, unit: int | None = None) -> Edit:
    """The edit that is swept, at one step and unit (from 0), or at all of them."""
    memory, at = context.chosen.selection.memory, context.chosen.selection.at
    how = "mean" if memory.sweep_how == "mean" else "set"
    return Edit(
        memory.swept,
        None if unit is None else (unit,),
        None if step is None else (step, step),
        how,
        0.0 if how == "mean" else float(memory.sweep_how),
        at.layer,
        at.direction,
    )


def sweep_of(context: MemoryContext) -> Sweeping:
    """The sweep of what is chosen, as far as it has come; another one takes its place."""
    chosen, memory = context.chosen, context.chosen.selection.memory
    place = (chosen.selection.at.layer, chosen.selection.at.direction)
    asked = (memory.swept, memory.sweep_how, memory.sweep_of, _at(context))
    key = (private.digest(), chosen.choice, chosen.selection.text, chosen.most, place, asked)
    kept: Sweeping | None = st.session_state.get(KEPT)
    if kept is None or kept.of != key:
        said, step = chosen.source.answers(), _at(context)
        one = said.names.index(memory.sweep_of) if said and memory.sweep_of else None
        effect = distance_at(step) if one is None else answer_at(step, one)
        kept = Sweeping(key, sweeping(chosen.network, chosen.inputs.rows, edit_of(context), effect))
        st.session_state[KEPT] = kept
    return kept


def quickly(context: MemoryContext) -> bool:
    """Sweep as far as that goes within the reader's patience; whether nothing is left to do."""
    if too_long(context):
        return True
    found = sweep_of(context)
    return st.session_state.get(STOPPED) == found.of or found.advance(PATIENCE)


def progress(context: MemoryContext) -> Progress:
    """The place of the bar while the rest is swept."""
    of, words = sweep_of(context).of, context.words
    return Progress(
        words("sweep.sweeping"),
        words("notice.stop"),
        on_stop=lambda: st.session_state.update({STOPPED: of}),
        key="stop_sweep",
    )


def go_on(context: MemoryContext, bar: Progress) -> None:
    """Sweep more steps, and begin the page's run again: between two of them it hears of clicks."""
    if sweep_of(context).advance(TURN, bar):
        bar.done()
    st.rerun()


def _choices(context: MemoryContext) -> None:
    words, memory = context.words, context.chosen.selection.memory
    titles, tokens = words.under("title"), context.text.tokens
    st.selectbox(
        words("pick.swept"),
        context.trace.symbols,
        format_func=titles.__getitem__,
        key="swept",
        width=230,
    )
    st.segmented_control(
        words("pick.sweep_how"),
        list(MEANINGS[memory.swept]),
        format_func=lambda how: words(f"stepper.mean_{MEANINGS[memory.swept][how]}"),
        key="sweep_how",
        required=True,
    )
    if said := context.chosen.source.answers():
        names = called(said, words)
        st.selectbox(
            words("pick.sweep_of"),
            ("", *said.names),
            format_func=lambda answer: names(answer) if answer else words("sweep.all_answers"),
            key="sweep_of",
            width=190,
        )
    st.selectbox(
        words("pick.sweep_at"),
        range(len(tokens) + 1),
        format_func=lambda step: f"{step}  {shown(tokens[step - 1])}" if step else words("sweep.any"),
        key="sweep_at",
        width=170,
    )


def _at(context: MemoryContext) -> int | None:
    """The step after which the answer is asked, from 0; None for whichever it changes most."""
    step = min(context.chosen.selection.memory.sweep_at, len(context.text.tokens))
    return step - 1 if step else None


def _what(context: MemoryContext) -> str:
    """What the effect is on: an answer, all of them, or h where a network answers nothing."""
    words, memory, at = context.words, context.chosen.selection.memory, _at(context)
    step = words("sweep.after_any") if at is None else words("sweep.after", step=f"{at + 1:,}")
    said = context.chosen.source.answers()
    if not said:
        return words("sweep.on_h", step=step)
    if not memory.sweep_of:
        return words("sweep.on_all", step=step)
    return words("sweep.on_answer", answer=called(said, words)(memory.sweep_of), step=step)


def _said(context: MemoryContext, values: Matrix) -> None:
    """The largest effect, and the one at the stepper's place with the way to the first page."""
    words, step, unit = context.words, context.step, context.unit
    most, best = np.unravel_index(int(np.nanargmax(np.abs(values))), values.shape)
    blanks = [
        {
            "edit": told(edit_of(context, context.window.start + t, row), words),
            "effect": _effect(values[t, row]),
        }
        for t, row in ((int(most), int(best)), (step, unit))
    ]
    with st.container(horizontal=True, vertical_alignment="center", key="swept_here"):
        st.html(
            html.escape(words("sweep.most", **blanks[0]))
            + "<br>"
            + html.escape(words("sweep.here", **blanks[1]))
        )
        if st.button(words("sweep.go")):
            go_with_edit(context, context.window.start + step + 1, unit + 1)


def _effect(value: float) -> str:
    return digits(value) if np.isfinite(value) else "—"


VIEW = Measure(show, aside=lambda _: "sweep", whole=True, work=LongWork(quickly, progress, go_on))
