"""How long a memory lasts: from a bias to a half-life, and what the network on the screen really keeps."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cells.cell import named
from cells.notation import LATEX
from cells.provenance import PARTS
from cells.squashing import SIGMOID
from cells.time_scale import Decay, decay, held, median, of_bias
from ui.figures.theme import HUES
from ui.figures.units import fading
from ui.memory.context import Measure, MemoryContext, chart, legend
from ui.selection.records import BIASES
from ui.text.numbers import minus, share, spans

SHORTEST, LONGEST = 20, 120  # steps of the picture


def show(context: MemoryContext) -> None:
    """A bias of the reader's, the formula with its numbers, and the decay of every unit on this text."""
    words, trace = context.words, context.trace
    gru, found = trace.cell.startswith("GRU"), measured(context)
    squash = named(trace.cell).functions.gate
    name, gate = ("update", "u") if gru else ("forget", "f")
    formula, picture = st.columns([2, 3], vertical_alignment="center")
    with formula:
        st.select_slider(words(f"lasting.{name}"), BIASES, format_func=minus, key=name)
        bias = float(st.session_state[name])
        scale = of_bias(-bias if gru else bias, squash)
        power, sign = (0 - bias, "-") if gru else (bias, "")
        kept, within, away = ("1 - u", "(1 - u)", "u") if gru else ("f", "f", "1 - f")
        called = [rf"\text{{{words(f'lasting.{what}')}}}\;" for what in ("half_life", "scale")]
        sigma = LATEX.function[squash.name]
        by_hand = f"1 + e^{{{power:g}}} = " if squash is SIGMOID else ""
        lines = (
            rf"{kept} &= {sigma}({sign}b_{gate}) = {sigma}({power:g}) = {share(float(scale.f))}",
            rf"{called[0]}t_{{1/2}} &= \frac{{\ln \frac12}}{{\ln {within}}}"
            rf" = {spans(float(scale.half_life))}",
            rf"{called[1]}\frac{{1}}{{{away}}} &= {by_hand}{spans(float(scale.steps))}",
        )
        st.latex(r"\begin{aligned}" + r" \\[6pt] ".join(lines) + r"\end{aligned}")
        if trace.cell in PARTS:
            means = words("lasting.means", scale="1 / u" if gru else "1 / (1 − f)")
            st.caption(words.explained(means), unsafe_allow_html=True)
            st.caption(_told(context, found))
        else:
            st.info(words("lasting.rnn"))
    steps = np.arange(min(max(len(trace), SHORTEST), LONGEST) + 1)
    units = product = None
    if found is not None:
        gates = held(trace)[:: -1 if trace.reverse else 1, context.unit]
        product = np.cumprod(np.concatenate(([1], gates[np.isfinite(gates)])))[: len(steps)]
        units = found.kept[None] ** steps[:, None]
    with picture:
        says = (words("lasting.by_bias"), words("lasting.unit"), words("lasting.product"))
        keys = [
            ("━", HUES[gate], says[0]),
            ("┅", HUES["h"], words("lasting.mean")),
            ("●", HUES["h"], says[2]),
        ]
        legend([*keys, ("─", "#888888", words("lasting.others"))] if units is not None else keys[:1])
        alone = np.asarray(of_bias(-bias if gru else bias, squash).f) ** steps
        figure = fading(
            alone, units, context.unit, product, HUES[gate], says, context.view.units, words("lasting.across")
        )
        chart(figure, "fading", 290, says[0])


def measured(context: MemoryContext) -> Decay | None:
    """The decay of every unit on this text; None where none ever had anything to keep."""
    found = decay(context.trace) if context.trace.cell in PARTS else None
    return found if found is not None and np.isfinite(found.kept).any() else None


def _told(context: MemoryContext, found: Decay | None) -> str:
    """What the gate of the chosen unit keeps on this text, and how long that lasts."""
    words, unit = context.words, context.view.units[context.unit]
    if found is None or np.isnan(found.kept[context.unit]):
        return words("lasting.empty", unit=unit)
    kept, own = share(float(found.kept[context.unit])), spans(float(found.half_life[context.unit]))
    return words("lasting.measured", unit=unit, kept=kept, own=own, middle=spans(median(found.half_life)))


VIEW = Measure(
    show,
    whole=True,
    advice=lambda context: "" if measured(context) is not None else "_alone",
    question=lambda context: "_gru" if context.trace.cell.startswith("GRU") else "",
)
