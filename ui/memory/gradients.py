"""Gradient flow: how much of the beginning is still felt, in drawn networks and in the one shown."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
import streamlit as st

from cells.drawn_networks import GATES, LENGTHS, QUOTED, SEEDS, Start
from cells.gradient_flow import flow, output_gradient
from cells.phenomena.figures import Figure
from cells.phenomena.quoted import FACTOR, of_start
from cells.provenance import PARTS
from ui.figures.gradients import NormCurve, over_distance, over_tokens
from ui.figures.theme import HUES, NETWORKS
from ui.memory.context import PATIENCE, TURN, LongWork, Measure, MemoryContext, chart, letters, table
from ui.page.progress import Progress
from ui.runs import drawn
from ui.runs.drawn import Means, Read
from ui.selection.records import BIASES, bounds, options
from ui.text.numbers import factor, minus, percent, powers
from ui.words import Words

MOST_STEPS = 400  # steps over which Jacobians are chained
HEIGHT = 280  # px of the charts


def show(context: MemoryContext) -> None:
    """Drawn networks on the text or as quoted, or the network that is shown."""
    words = context.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="drawn_row"):
        st.segmented_control(
            words("pick.flow"), options("flow"), format_func=words.names("flow_of"), key="flow", required=True
        )
        if context.chosen.selection.memory.source != "this":
            _settings(context.chosen.selection.memory.source == "noise", words)
    if context.chosen.selection.memory.source == "this":
        _this(context)
    else:
        _drawn(context)


def _settings(noise: bool, words: Words) -> None:
    for name, offered, wide in (
        ("forget", BIASES, 105),
        ("update", BIASES, 105),
        ("gain", options("gain"), 105),
    ):
        st.selectbox(
            words(f"pick.{name}"),
            offered,
            format_func=minus,
            key=name,
            width=wide,
        )
    for name in ("drawn_units", "drawn_seed"):
        range_ = bounds(name)
        st.number_input(words(f"pick.{name}"), range_.low, range_.high, step=1, key=name, width=120)
    if noise:
        st.selectbox(words("pick.horizon"), options("horizon"), key="horizon", width=90)


def starts(context: MemoryContext) -> tuple[Start, ...]:
    """The three networks that the reader's choices draw."""
    chosen = context.chosen.selection.memory.ensemble
    biases = {"RNN": 0.0, "LSTM": float(chosen.forget), "GRU": float(chosen.update)}
    return tuple(Start(cell, chosen.units, float(chosen.gain), bias) for cell, bias in biases.items())


def quickly_drawn(context: MemoryContext) -> bool:
    """Draw and run the networks, as far as that goes within the reader's patience; whether that was all."""
    if context.chosen.selection.memory.source == "this":
        return True
    began = perf_counter()

    def report(_: float) -> None:
        if perf_counter() - began > PATIENCE:
            raise TimeoutError

    try:
        _draw(context, report)
    except TimeoutError:
        return False
    return True


def progress(context: MemoryContext) -> Progress:
    """The place of the bar while the rest is drawn."""
    (key, seeds), words = _drawing(context), context.words
    return Progress(
        words("gradient.drawing", seeds=str(seeds)),
        words("notice.stop"),
        on_stop=lambda: st.session_state.update(drawing_stopped=key),
        key="stop_drawing",
    )


def draw_on(context: MemoryContext, bar: Progress) -> None:
    """Draw and run more of them in the page's own run, for that alone can be stopped, and begin that again.

    Between two runs it hears of clicks within the view, which would not stop it.
    """
    began = perf_counter()

    def report(share: float) -> None:
        bar.report(share)
        if perf_counter() - began > TURN:
            st.rerun()

    _draw(context, report)
    bar.done()
    st.rerun()


def _draw(context: MemoryContext, report: Callable[[float], None]) -> None:
    drawing = _drawing(context)
    drawn.of_seeds(
        starts(context), _read(context), context.chosen.selection.memory.ensemble.seed, drawing[1], report
    )
    st.session_state["drawing_done"] = drawing


def _drawing(context: MemoryContext) -> tuple[object, int]:
    """What is drawn, and how many seeds of it: one where the reader stopped it."""
    key = (starts(context), _read(context), context.chosen.selection.memory.ensemble.seed)
    return key, 1 if st.session_state.get("drawing_stopped") == key else SEEDS


def _drawn(context: MemoryContext) -> None:
    drawing = _drawing(context)
    if st.session_state.get("drawing_done") == drawing:
        with st.container():
            _means_of(context, drawing[1])
    else:  # one element for that container: what stood there goes at once, and the question stays where it is
        st.html(f'<div style="height: {HEIGHT + 40}px"></div>')


def _means_of(context: MemoryContext, seeds: int) -> None:
    """The means of the networks that were drawn, as a picture and in numbers."""
    words, chosen = context.words, starts(context)
    read, first = _read(context), context.chosen.selection.memory.ensemble.seed
    means = drawn.of_seeds(chosen, read, first, seeds, lambda _: None)
    quoted = [QUOTED.get(start, ()) if read.noise and seeds == SEEDS else () for start in chosen]
    curves = [
        NormCurve(
            start.cell,
            NETWORKS[start.cell],
            found.mean,
            found.spread,
            found.alone if start.cell in GATES else None,
            tuple(zip(LENGTHS, quotes, strict=False)),
        )
        for start, found, quotes in zip(chosen, means, quoted, strict=True)
    ]
    says = (words("gradient.band"), words("gradient.alone"), words("gradient.quoted"))
    picture, numbers = st.columns([3, 2], vertical_alignment="center")
    with picture:
        chart(
            over_distance(curves, words("gradient.steps"), words("gradient.norm"), says),
            "reach",
            HEIGHT,
            says[0],
        )
    with numbers:
        _numbers(chosen, means, bool(read.noise and seeds == SEEDS), words)
        if seeds == 1 and st.button(words("gradient.go_on", seeds=str(SEEDS))):
            del st.session_state["drawing_stopped"]
            st.rerun()  # the page's own run draws on
    last = str(first + seeds - 1)
    drawn_from = (
        words("gradient.means", seeds=str(seeds), first=str(first), last=last)
        if seeds > 1
        else words("gradient.single", first=str(first))
    )
    quotes = words("gradient.quotes") if any(map(len, quoted)) else ""
    st.caption(words.joined(drawn_from, words("gradient.drawn"), words("gradient.marks"), quotes))
    if not read.noise and len(context.text.tokens) > MOST_STEPS:
        st.caption(words("gradient.cut", most=str(MOST_STEPS)))


def _read(context: MemoryContext) -> Read:
    if context.chosen.selection.memory.source == "noise":
        return Read(noise=int(context.chosen.selection.memory.ensemble.horizon))
    if context.text.values is not None and context.chosen.choice.mode == "numbers":
        return Read(values=context.text.values[:MOST_STEPS])
    return Read(tokens=context.text.tokens[:MOST_STEPS])


def _numbers(chosen: tuple[Start, ...], means: tuple[Means, ...], judged: bool, words: Words) -> None:
    """The norms at a few distances beside the quoted ones, and what is felt through the memory alone."""
    steps = len(means[0].mean)
    lengths = [length for length in (*LENGTHS, 100, 200) if length <= steps]
    lengths = lengths if steps in lengths or len(lengths) > 4 else [*lengths, steps]
    rows = [["T", *(start.cell for start in chosen)]]
    verdicts = [
        dict(zip(LENGTHS, of_start(start, found.norms[:, _AT]), strict=True))
        if judged and start in QUOTED
        else {}
        for start, found in zip(chosen, means, strict=True)
    ]
    for length in lengths:
        cells = []
        for found, known in zip(means, verdicts, strict=True):
            cell = powers(float(found.mean[length - 1]))
            if found.spread is not None and np.isfinite(found.spread[length - 1]):
                cell += f" <small>×/÷{factor(float(found.spread[length - 1]))}</small>"
            if length in known:
                mark = _verdict(known[length], words)
                said = words("gradient.said", quoted=powers(known[length].quoted))
                cell += f"<br><small>{said} {mark}</small>"
            cells.append(cell)
        rows.append([str(length), *cells])
    shares = [
        "–" if start.cell not in GATES or np.isnan(found.share[-1]) else percent(float(found.share[-1]))
        for start, found in zip(chosen, means, strict=True)
    ]
    st.html(table([*rows, [words("gradient.share"), *shares]]))
    if judged:
        missed = [figure for known in verdicts for figure in known.values() if not figure.reproduced]
        total = sum(len(known) for known in verdicts)
        blanks = {"good": str(total - len(missed)), "total": str(total)}
        st.caption(words("gradient.judged" if total else "gradient.unquoted", **(blanks if total else {})))


def _verdict(figure: Figure, words: Words) -> str:
    """✓ or ✗; where the reference is farther off than the factor, what makes it a ✓ nevertheless."""
    if not figure.reproduced:
        return "✗"
    apart = max(figure.quoted, figure.found) / min(figure.quoted, figure.found)
    return "✓" if apart <= FACTOR else f"✓ {words('gradient.errors')}"


_AT = np.array(LENGTHS) - 1


def _this(context: MemoryContext) -> None:
    """The network that is shown: how much the present step moves with every state and token before it."""
    words, trace = context.words, context.trace
    if len(trace) > MOST_STEPS:
        st.info(words("memory.too_long", most=str(MOST_STEPS)))
        return
    found = flow(trace, context.view.weights[0][1], context.step)
    memory = found.c if found.c is not None else found.state
    read = slice(1 + context.step, None) if trace.reverse else slice(1, 2 + context.step)
    curves = [NormCurve(words("gradient.all", state=context.memory), HUES[context.memory], memory[read])]
    if trace.cell in PARTS:
        curves.append(NormCurve(words("gradient.alone"), HUES[context.memory], found.alone[read].max(axis=1)))
    if found.c is not None:
        curves.append(NormCurve(words("gradient.all", state="h"), HUES["h"], found.h[read]))
    figure = over_tokens(
        curves,
        _felt(context),
        context.view.tokens,
        context.view.first,
        words("gradient.norms"),
        letters(),
        trace.reverse,
    )
    chart(figure, "felt", HEIGHT, words("gradient.alt"))
    blanks = {
        "memory": words(f"title.{context.memory}"),
        "step": str(context.view.first + context.step),
        "felt": powers(float(memory[0])),
    }
    ways = {"alone": powers(float(found.alone[0].max())), "around": powers(float(found.around[0]))}
    st.html(
        words.joined(
            words("gradient.this", **blanks), words("gradient.through", **ways) if trace.cell in PARTS else ""
        )
    )


def _felt(context: MemoryContext) -> tuple[str, np.ndarray] | None:
    """How much the likeliest answer at the step moves with each token, where the network answers."""
    output = context.chosen.run().output  # the run on the screen
    if output is None or context.view.first > 1:
        return None
    network, inputs = context.chosen.network, context.chosen.inputs.rows
    answer = int(np.argmax(output[context.step]))
    both = context.chosen.source.directions == 2
    says = context.words("gradient.answer_both" if both else "gradient.answer")
    return says, output_gradient(network, inputs, context.step, answer).norm


def _of_this(context: MemoryContext) -> bool:
    """Whether the network shown is asked, and not others that are drawn."""
    return context.chosen.selection.memory.source == "this"


VIEW = Measure(
    show,
    advice=lambda context: "_this" if _of_this(context) else "",
    aside=lambda context: "gradient" if _of_this(context) else "",
    work=LongWork(quickly_drawn, progress, draw_on),
)
