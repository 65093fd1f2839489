"""Heatmaps as they are printed: drawn by lines and fills alone, so that no printer blurs or drops them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

import numpy as np

from ui.figures.axes import thin
from ui.figures.panels import Panel, range_said
from ui.figures.theme import HUES, scale

GRADES = 24  # of strength; more are not told apart on paper
LETTERS = 52  # of tokens below a heatmap
NAMES = 12  # of rows at its left
LONGEST = 8  # letters of a token below it


def figure(
    panel: Panel, tokens: Sequence[str], at: tuple[int, int] | None, blank: Collection[tuple[int, int]] = ()
) -> str:
    """A heatmap with its title, tokens below, names of rows at the left.

    `at` is the cell (step, row) that is framed, counted from 0; cells that are `blank` are to be coloured in.
    """
    steps, rows = panel.values.shape
    marks = "".join(_square(t, row, "blank") for t, row in blank)
    marks += _square(*at, "at") if at else ""
    return (
        f'<figure class="map"><figcaption><span style="color:{HUES[panel.symbol]}">■</span> '
        f"{escape(panel.title)} <i>{range_said(panel.limits)}</i></figcaption>"
        f'<div class="rows">{_names(panel.rows)}</div>'
        f'<svg viewBox="0 0 {steps} {rows}" preserveAspectRatio="none">{cells(panel, blank)}{marks}</svg>'
        f'<div class="ticks">{_ticks(tokens)}</div></figure>'
    )


def cells(panel: Panel, blank: Collection[tuple[int, int]] = ()) -> str:
    """All cells, those of one colour in one path; what is no number is hatched, 0 is the paper itself."""
    low, high = panel.limits
    shares = np.clip(panel.values / max(high, -low), -1, 1)
    grades = np.where(np.isfinite(shares), np.rint(GRADES * np.nan_to_num(shares)), GRADES + 1).astype(int)
    for t, row in blank:
        grades[t, row] = 0
    negative, positive = (scale(panel.symbol)[end][1] for end in (0, -1))
    drawn = []
    for grade in np.unique(grades[grades != 0]):
        path = "".join(_run(*one) for one in _runs(grades == grade))
        fill = "url(#missing)" if grade > GRADES else positive if grade > 0 else negative
        strength = 1 if grade > GRADES else abs(int(grade)) / GRADES
        drawn.append(f'<path fill="{fill}" fill-opacity="{strength:.3g}" d="{path}"/>')
    return "".join(drawn)


def _runs(chosen: np.ndarray) -> list[tuple[int, int, int]]:
    """(row, first step, how many): cells side by side are drawn as one."""
    edges = np.diff(np.pad(chosen.T.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    starts, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    return [(int(row), int(t), int(end - t)) for (row, t), (_, end) in zip(starts, ends, strict=True)]


def _run(row: int, t: int, wide: int) -> str:
    return f"M{t} {row}h{wide}v1h-{wide}z"


def _square(t: int, row: int, kind: str) -> str:
    return f'<rect class="{kind}" x="{t}" y="{row}" width="1" height="1"/>'


def _names(rows: Sequence[str]) -> str:
    chosen = thin(np.arange(len(rows)), NAMES)
    return "".join(_at("top", place, len(rows), rows[place]) for place in chosen)


def _ticks(tokens: Sequence[str]) -> str:
    names = [token if len(token) <= LONGEST else token[: LONGEST - 1] + "…" for token in tokens]
    widest = 1 + max(map(len, names))
    chosen = thin(np.arange(len(names)), max(1, LETTERS // widest))
    return "".join(_at("left", place, len(names), names[place]) for place in chosen)


def _at(side: str, place: int, count: int, name: str) -> str:
    return f'<bdi style="{side}:{100 * (place + 0.5) / count:.2f}%">{escape(name)}</bdi>'
