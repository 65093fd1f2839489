"""A view on paper: text, a step worked through, heatmaps; or three steps with blanks, and their solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from string import Template

import numpy as np

from ui.figures.panels import Panel, panels_of
from ui.figures.theme import HUES
from ui.handout.paper_maps import figure
from ui.handout.worked import Figure, WorkedRow, worked
from ui.networks.answers import best
from ui.runs.badge import badge, where
from ui.runs.viewed import Viewed
from ui.stepper.view import View
from ui.text.codes import picture, reach
from ui.text.sheets import compact

HERE = Path(__file__).parent
PAGE = Template((HERE / "worksheet.html").read_text("utf-8"))
MOST = 80  # steps that a heatmap on paper has room for
TRIED = 3  # steps that are worked through with blanks


@dataclass(frozen=True, eq=False)
class Worksheet:
    """A view as a page to be printed.

    `step` and `unit` count from 0 among those shown. Of the symbols that are `blank` no number of the steps
    worked through is written but among the solutions; without any, the present step is worked through whole.
    `link` is the view's address, "" where there is none.
    """

    chosen: Viewed
    view: View
    symbols: Sequence[str]
    step: int
    unit: int
    made: date
    blank: Sequence[str] = ()
    link: str = ""

    @property
    def page(self) -> str:
        """The page: it needs nothing else, and runs nothing. All that is the reader's is escaped."""
        words = self.chosen.words
        name = words.names("network")(self.chosen.choice.network)
        told = " · ".join(filter(None, (badge(self.chosen, True, self.chosen.changed), where(self.chosen))))
        return PAGE.substitute(
            language=words.language,
            title=escape(f"{name} · {words('sheet.worksheet')}"),
            style=compact(HERE / "worksheet.css") + compact(HERE.parent / "stepper/css/formulas.css"),
            name=escape(name),
            told=escape(told),
            person=escape(words("sheet.name")),
            day=escape(words("sheet.date")),
            code="" if self.blank else self._code,
            tokens=self._tokens,
            window=self._window_said,
            advice=f"<p>{escape(words('sheet.fill_in'))}</p>" if self.blank else "",
            steps=self._worked(self.blank, solved=False),
            maps=self._maps,
            solutions=self._solutions if self.blank else "",
            made=escape(words("handout.made", date=self.made.isoformat())),
        )

    @cached_property
    def steps(self) -> range:
        """The steps that are worked through: the present one, or with blanks the three from there on."""
        last = len(self.view.tokens)
        if not self.blank:
            return range(self.step, self.step + 1)
        first = max(0, min(self.step, last - TRIED))
        return range(first, min(last, first + TRIED))

    @cached_property
    def window(self) -> range:
        """The steps of which all is shown."""
        total = len(self.view.tokens)
        first = max(0, min(self.steps[0] - MOST // 2, total - MOST))
        return range(first, min(total, first + MOST))

    @property
    def _window_said(self) -> str:
        if len(self.window) == self.view.total:
            return ""
        first, last = (self.view.first + t for t in (self.window[0], self.window[-1]))
        blanks = {"first": f"{first:,}", "last": f"{last:,}", "total": f"{self.view.total:,}"}
        return f"<p>{escape(self.chosen.words('notice.window', **blanks))}</p>"

    @property
    def _tokens(self) -> str:
        answers, output = self.chosen.source.answers(), self.chosen.run().output
        said = [""] * len(self.view.tokens)
        if answers is not None and output is not None:
            said = best(answers, output, self.chosen.words)
        right = self.view.belief["right"] if self.view.belief else [None] * len(said)
        marks = {None: "", True: " ✓", False: " ✗"}
        return "".join(
            f'<li class="{"now" if t in self.steps else ""}"><small>{self.view.first + t}</small>'
            f"<bdi>{escape(self.view.tokens[t])}</bdi><small>{escape(said[t])}{marks[right[t]]}</small></li>"
            for t in self.window
        )

    def _worked(self, blank: Sequence[str], solved: bool) -> str:
        words, view = self.chosen.words, self.view
        notation = self.chosen.selection.display.notation
        found = worked(view.trace, view.weights, self.steps, self.unit, blank, notation)
        return "".join(
            f"<section><h2>{escape(self._where(t))}</h2>"
            f'<div class="rows-of-step">{"".join(_line(row, solved) for row in rows)}</div></section>'
            for t, rows in zip(self.steps, found, strict=True)
        ) + (f"<p>{escape(words('sheet.not_computed'))}</p>" if _holds(found) else "")

    def _where(self, t: int) -> str:
        at = self.chosen.words("stepper.at", step=str(self.view.first + t), token=self.view.tokens[t])
        return f"{at} · {self.chosen.words('stepper.unit')} {self.view.units[self.unit]}"

    @property
    def _maps(self) -> str:
        view, titles = self.view, self.chosen.words.under("title")
        trace = view.trace.slice(self.window.start, self.window.stop)
        original = None if view.original is None else view.original.trace
        panels = panels_of(trace, self.symbols, view.units, view.features, view.order, titles, original)
        return "".join(self._map(panel) for panel in panels)

    def _map(self, panel: Panel) -> str:
        tokens = [self.view.tokens[t] for t in self.window]
        row = int(np.flatnonzero(self.view.order == self.unit)[0])
        places = [(t - self.window.start, row) for t in self.steps]
        if panel.symbol in self.blank:
            return figure(panel, tokens, None, places)
        at = None if panel.symbol == "x" or self.blank else places[0]
        return figure(panel, tokens, at)

    @property
    def _solutions(self) -> str:
        title, solved = escape(self.chosen.words("sheet.solutions")), self._worked(self.blank, solved=True)
        return f'<article class="solutions"><h1>{title}</h1>{self._code}{solved}</article>'

    @property
    def _code(self) -> str:
        """The view's link, for who has the sheet: as a code, if others can open it and it is short enough."""
        source = picture(self.link) if self.link and reach(self.link) != "local" else None
        if source is None:
            return ""
        image = f'<img alt="{escape(self.link)}" src="{escape(source)}">'
        says = f"<figcaption>{escape(self.chosen.words('handout.live'))}</figcaption>"
        return f'<figure class="code">{image}{says}</figure>'


def _line(row: WorkedRow, solved: bool) -> str:
    pieces = "".join(
        escape(piece) if isinstance(piece, str) else _number(piece, solved) for piece in row.pieces
    )
    return (
        f'<p style="--hue:{HUES[row.symbol]}" data-symbol="{row.symbol}"><span>{row.mathml}</span>'
        f"<span>= {pieces}</span><span>{row.equals} {_number(row.result, solved)}</span></p>"
    )


def _number(one: Figure, solved: bool) -> str:
    if not one.blank:
        return f"<b>{escape(one.written)}</b>"
    return f'<b class="solved">{escape(one.written)}</b>' if solved else '<b class="blank"></b>'


def _holds(found: Sequence[Sequence[WorkedRow]]) -> bool:
    return any(row.equals != "=" for rows in found for row in rows)
