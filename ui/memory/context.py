"""What a view of the memory is drawn from, and what all of them do alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from cells.provenance import PARTS
from cells.trace import Trace
from ui.figures.axes import LETTERS
from ui.networks.tokenize import TokenizedText
from ui.page import charts, workspace
from ui.page.progress import Progress
from ui.session.chosen import Chosen
from ui.session.screen import PHONE_LETTERS, narrow
from ui.stepper.view import View
from ui.words import Words


@dataclass(frozen=True)
class MemoryContext:
    """What the reader chose, its run as the page shows it, and one step and one unit of that, from 0."""

    chosen: Chosen
    view: View
    step: int = 0
    unit: int = 0

    @property
    def words(self) -> Words:
        """In the reader's language."""
        return self.chosen.words

    @property
    def text(self) -> TokenizedText:
        """The whole text as it was read."""
        return self.chosen.read.text

    @property
    def trace(self) -> Trace:
        """The trace that is shown."""
        return self.view.trace

    @property
    def memory(self) -> str:
        """The symbol that carries the memory: c where there is one, else h."""
        return "c" if "c" in self.trace.initial else "h"

    @property
    def unedited(self) -> MemoryContext:
        """The same of the network without the reader's edits."""
        chosen = self.chosen.unedited
        return replace(self, chosen=chosen, view=workspace.viewed(chosen))

    @property
    def window(self) -> slice:
        """The steps shown, of all that were read."""
        return slice(self.view.first - 1, self.view.first - 1 + len(self.trace))


class LongWork(NamedTuple):
    """What a view computes in the page's own run, for that alone can be stopped; what is done of it is kept.

    `quickly` does as much as the reader has patience for, and says whether nothing is left to do; `go_on`
    does more of it below the bar of `progress`, and begins the page's run again.
    """

    quickly: Callable[[MemoryContext], bool]
    progress: Callable[[MemoryContext], Progress]
    go_on: Callable[[MemoryContext, Progress], None]


PATIENCE = 0.4  # seconds without a progress bar
TURN = 2.0  # seconds of work in one run of the page


@dataclass(frozen=True)
class Measure:
    """One view of the memory: how it is drawn, and what a cell must have for it.

    `needs` is "gates", "sum" (a memory that is a sum, and so gates too) or "" (nothing). `advice` and
    `question` say what follows the view's name in the keys of what to look for, and of its question; there is
    nothing to look for where `advice` is None. `aside` says why edits in force are left aside ("gradient",
    "sum", "sweep"), or "" where the view is of the edited run. `whole` views tell of all steps.
    `work` takes long before it can be shown.
    """

    show: Callable[[MemoryContext], None]
    needs: str = ""
    advice: Callable[[MemoryContext], str | None] = lambda _: ""
    question: Callable[[MemoryContext], str] = lambda _: ""
    aside: Callable[[MemoryContext], str] = lambda _: ""
    whole: bool = False
    work: LongWork | None = None


def of_sum(context: MemoryContext) -> str:
    """Why edits are left aside where a memory must be the sum of what was written: it is edited itself."""
    at = context.chosen.selection.at
    here = (context.memory, at.layer, at.direction)
    held = [(edit.symbol, edit.layer, edit.direction) for edit in context.chosen.edits.in_force]
    return "sum" if context.trace.cell in PARTS and here in held else ""


def letters() -> int:
    """The room for tick labels across."""
    return PHONE_LETTERS if narrow() else LETTERS


def chart(figure: go.Figure, key: str, height: int, alt: str) -> None:
    """A figure of this page."""
    charts.draw(figure, key, alt, height)


def legend(keys: Iterable[tuple[str, str, str]]) -> None:
    """What the marks of a figure are: (mark, colour, words) each."""
    parts = [f'<span><b style="color:{colour}">{mark}</b> {told}</span>' for mark, colour, told in keys]
    st.html(f'<div class="keys">{"".join(parts)}</div>')


def table(rows: Sequence[Sequence[str]]) -> str:
    """A small table, its first row and column being names."""
    head, *body = [[f"<td>{cell}</td>" for cell in row] for row in rows]
    lines = "".join(f"<tr>{''.join(row)}</tr>" for row in body)
    return f'<table class="numbers"><thead><tr>{"".join(head)}</tr></thead><tbody>{lines}</tbody></table>'


def go_to(unit: int, symbol: str) -> None:
    """Bring the stepper to a unit (from 0): the page is sent anew, and with it the unit."""
    state = st.session_state
    state["unit"], state["found"] = unit + 1, symbol
    state["sent"] = state.get("sent", 0) + 1
