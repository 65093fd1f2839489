"""Step by step: what is left of what each token wrote, and which step took it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from cells.arrays import Matrix
from cells.provenance import erased, provenance_map
from cells.trace import Trace
from ui.figures.contributions import step_by_step
from ui.memory.context import Measure, MemoryContext, chart, letters, of_sum
from ui.text.numbers import digits

MOST_SQUARE = 400  # steps up to which the square of all steps is drawn


def survives(context: MemoryContext) -> None:
    """The provenance at every step at once: rows are steps, columns the tokens that wrote."""
    _square(context, "map", provenance_map)


def erases(context: MemoryContext) -> None:
    """What the gate that keeps took away at each step, of what each token had written."""
    _square(context, "erased", erased)


def _square(context: MemoryContext, view: str, measure: Callable[[Trace, int], Matrix]) -> None:
    words, steps = context.words, len(context.trace)
    if steps > MOST_SQUARE:
        st.info(words("memory.too_long", most=str(MOST_SQUARE)))
        return
    values = measure(context.trace, context.unit)[:, 1:]
    bound = float(np.abs(values).max())
    told = words("memory.left" if view == "map" else "memory.erased_of")
    if bound == 0:
        st.info(words(f"memory.nothing_{view}", unit=context.view.units[context.unit]))
        return
    axes = (words("memory.across"), words("memory.at"))
    figure = step_by_step(values, context.view.tokens, context.view.first, told, axes, bound, letters())
    st.caption(words("memory.range", unit=context.view.units[context.unit], what=told, bound=digits(bound)))
    chart(figure, "square", 320, told)


SURVIVES, ERASES = (Measure(show, needs="sum", aside=of_sum, whole=True) for show in (survives, erases))
