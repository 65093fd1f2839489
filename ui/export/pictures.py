"""Figures as they leave: a title above, a scale beside each heatmap, a background of their own."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, TypeAlias

import plotly.graph_objects as go

from ui.figures.theme import DARK, LIGHT

Patch: TypeAlias = Mapping[str, Any]

FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"  # a picture brings no font along
ROOM = 56  # pixels above a figure for its title
LEGEND = 26  # pixels between a figure and its title for a legend
BAR = 0.22  # length of a heatmap's scale, as a share of the heatmap's width


def dressed(figure: go.Figure, title: str, beneath: str) -> dict[str, Any]:
    """What a figure lacks on its own, away from the page that explains it.

    `layout` and `traces` go over the figure's own, `room` is how much higher that makes it; the browser does
    that for PNG and SVG, `as_html` for HTML. Colours of paper and ink are not among it.
    """
    plain = figure.to_plotly_json()
    layout, data = plain["layout"], plain["data"]
    margin = layout.get("margin", {})
    top = margin.get("t", 0) + (LEGEND if layout.get("showlegend") else 0)
    return {
        "layout": {
            "annotations": [*layout.get("annotations", ()), _title(title, beneath, top)],
            "margin": {**margin, "l": 14, "r": 16, "b": 10, "t": top + ROOM},
            "template": {"layout": {"xaxis": {"automargin": True}, "yaxis": {"automargin": True}}},
            "font": {"family": FONT, "size": 12},
            "autosize": False,
        },
        "traces": [
            {"showscale": True, "colorbar": _bar(layout, trace)} if trace["type"] == "heatmap" else {}
            for trace in data
        ],
        "room": ROOM + top - margin.get("t", 0),
    }


def _title(title: str, beneath: str, above: int) -> dict[str, Any]:
    """Two lines, so many pixels above the figure."""
    return {
        "text": f"<b>{html.escape(title, quote=False)}</b><br>{html.escape(beneath, quote=False)}",
        "font": {"size": 13},
        "align": "left",
        "showarrow": False,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": above + 4,
    }


def _bar(layout: Patch, trace: Patch) -> dict[str, Any]:
    """The scale of a heatmap: in the line of its title, or beside it where it is the only one."""
    if not layout.get("annotations"):
        return {"thickness": 12, "outlinewidth": 1, "outlinecolor": "rgba(128,128,128,0.5)"}
    x, y = (layout[f"{axis}axis{trace[f'{axis}axis'][1:]}"]["domain"] for axis in "xy")
    return {
        "orientation": "h",
        "x": x[1],
        "xanchor": "right",
        "xref": "paper",
        "xpad": 0,
        "y": y[1],
        "yanchor": "bottom",
        "yref": "paper",
        "ypad": 5,
        "len": BAR * (x[1] - x[0]),
        "thickness": 7,
        "ticks": "",
        "showticklabels": False,  # the title says the range
        "outlinewidth": 1,
        "outlinecolor": "rgba(128,128,128,0.5)",
    }


PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --paper: {light_paper}; --ink: {light_ink}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --paper: {dark_paper}; --ink: {dark_ink}; }} }}
body {{ margin: 0; background: var(--paper); color: var(--ink); }}
.js-plotly-plot text {{ fill: currentColor !important; }}
</style>
{figure}
</html>
"""


def as_html(figure: go.Figure, patch: Patch, title: str, language: str) -> str:
    """A page with Plotly in it, for readers without a network: zoomable, light or dark as they have it."""
    plain = figure.to_plotly_json()
    layout = {
        name: {**part, "fixedrange": False} if name.startswith(("xaxis", "yaxis")) else part
        for name, part in plain["layout"].items()
    }
    whole = {
        "data": [{**trace, **more} for trace, more in zip(plain["data"], patch["traces"], strict=True)],
        "layout": {**layout, **patch["layout"], "autosize": True, "dragmode": "zoom"},
    }
    return PAGE.format(
        language=language,
        title=html.escape(title),
        light_paper=LIGHT["paper"],
        light_ink=LIGHT["ink"],
        dark_paper=DARK["paper"],
        dark_ink=DARK["ink"],
        figure=go.Figure(whole, _validate=False).to_html(
            full_html=False,
            include_plotlyjs=True,
            default_height="100vh",
            config={"displaylogo": False, "responsive": True},
        ),
    )
