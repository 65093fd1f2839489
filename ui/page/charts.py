"""Charts on the page; the page remembers those that it shows, for a reader who takes them away."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import plotly.graph_objects as go
import streamlit as st

PLOT = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
Place: TypeAlias = Literal["heat", "view"]  # a page has heatmaps, and perhaps one chart in the view below


@dataclass(frozen=True, eq=False)
class Chart:
    """One chart: the key under which the page finds it, what it shows, its figure."""

    key: str
    says: str
    figure: go.Figure


def shown() -> MutableMapping[str, Chart]:
    """The charts on the page by their place; a new run begins with none."""
    charts: MutableMapping[str, Chart] = st.session_state.setdefault("charts", {})
    return charts


def draw(
    figure: go.Figure,
    key: str,
    says: str,
    height: int | Literal["stretch"],
    place: Place = "view",
    alt: str = "",
    clicked: Callable[[], None] | None = None,
) -> None:
    """Draw a chart and remember it; `alt` describes it where `says` is short, `clicked` hears of points."""
    shown()[place] = Chart(key, says, figure)
    st.plotly_chart(
        figure,
        key=key,
        config=PLOT,
        height=height,
        alt=alt or says,
        on_select=clicked or "ignore",
        selection_mode="points",
    )
