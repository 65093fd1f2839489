"""Step by step: what is left of what each token wrote, and which step took it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from cells.arrays import Matrix
from cells.provenance import erased, provenance_map
from cells.trace import Trace
from ui.figures.contributions import step_by_step
from ui.memory.context import MemoryContext, chart, letters
from ui.text.numbers import digits

MOST_SQUARE = 400  # steps up to which the square of all steps is drawn


def survives(seen: MemoryContext) -> None:
    """The provenance at every step at once: rows are steps, columns the tokens that wrote."""
    _square(seen, "map", provenance_map)


def erases(seen: MemoryContext) -> None:
    """What the gate that keeps took away at each step, of what each token had written."""
    _square(seen, "erased", erased)


def _square(seen: MemoryContext, view: str, measure: Callable[[Trace, int], Matrix]) -> None:
    words, steps = seen.words, len(seen.trace)
    if steps > MOST_SQUARE:
        st.info(words("memory.too_long", most=str(MOST_SQUARE)))
        return
    values = measure(seen.trace, seen.unit)[:, 1:]
    bound = float(np.abs(values).max())
    told = words("memory.left" if view == "map" else "memory.erased_of")
    if bound == 0:
        st.info(words(f"memory.nothing_{view}", unit=seen.view.units[seen.unit]))
        return
    axes = (words("memory.across"), words("memory.at"))
    figure = step_by_step(values, seen.view.tokens, seen.view.first, told, axes, bound, letters())
    st.caption(words("memory.range", unit=seen.view.units[seen.unit], what=told, bound=digits(bound)))
    chart(figure, "square", 320, told)
