"""A view as one page that steps by itself and reads what is typed: one file, no server, no request."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import TypedDict

import numpy as np

from ui.figures.panels import COLUMNS, Panel, panels_of, range_said
from ui.figures.theme import DARK, HUES, LIGHT, Scale, limits, scale
from ui.runs.badge import badge
from ui.runs.viewed import Viewed
from ui.stepper.bundle import bundle
from ui.stepper.network_message import NetworkMessage
from ui.stepper.run_message import Message
from ui.stepper.view import View
from ui.text.lines import boxed
from ui.text.sheets import compact

HERE = Path(__file__).parent
STEPPER = HERE.parent / "stepper"
PAGE = Template((HERE / "page.html").read_text("utf-8"))


class PanelMessage(TypedDict):
    """A heatmap: its symbol, what stands above it, the colours of low..high, the names of its units."""

    symbol: str
    title: str
    hue: str
    range: str
    scale: Scale
    low: float
    high: float
    names: Sequence[str]


class MapsMessage(TypedDict):
    """All heatmaps; `difference` are the colours of what an edit changed."""

    panels: list[PanelMessage]
    difference: Scale
    columns: int


def reads(message: Message) -> bool:
    """Whether the page can read another text: all steps are shown, and it has all that it needs for it."""
    network = _network(message)
    whole = message["first"] == 1 and message["steps"] == message["total"] and message["text"] is not None
    return whole and network["layers"] is not None and network["alphabet"] is not None


def handout(
    chosen: Viewed, view: View, message: Message, symbols: Sequence[str], made: date, live: str = ""
) -> str:
    """The page: the stepper with a message of the view, heatmaps of these symbols, a box for another text.

    `live` is the address of the app, if it is known. All that is the reader's is packed or escaped.
    """
    words, types, network = chosen.words, reads(message), _network(message)
    run = {name: value for name, value in message.items() if name != "packed"}
    run |= {"text": message["text"] if types else None, "training": None, "large": ""}
    run["editable"] = message["editable"] and network["layers"] is not None and message["first"] == 1
    parts = {
        "code": f"{bundle('hosts/page.js')}\nhandout.stepper = startPage(handout);",
        "data": {"network": network, "run": run, "maps": maps_of(chosen, view, symbols), "live": live},
    }
    packed = gzip.compress(json.dumps(parts, allow_nan=False).encode(), mtime=0)
    name, told = words.names("network")(chosen.choice.network), badge(chosen, True, chosen.changed)
    link = f"{live}?{chosen.link}"
    return PAGE.substitute(
        language=chosen.selection.display.lang,
        title=escape(f"{name} · {told}"),
        name=escape(name),
        badge=escape(told),
        made=escape(words("handout.made", date=made.isoformat())),
        live=f'<a href="{escape(link)}">{escape(words("handout.live"))}</a>' if live else "",
        typed=_box(chosen) if types else "",
        unread=escape(words("handout.unread")),
        old=escape(words("handout.old")),
        style=_style(),
        stepper=(STEPPER / "stepper.html").read_text("utf-8"),
        packed=base64.b64encode(packed).decode("ascii"),
    )


def maps_of(chosen: Viewed, view: View, symbols: Sequence[str]) -> MapsMessage:
    """The heatmaps as the page draws them: colours and ranges as on the app's own."""
    titles, original = chosen.words.under("title"), None if view.original is None else view.original.trace
    order = np.arange(len(view.units))  # the stepper knows in which order they stand
    panels = panels_of(view.trace, symbols, view.units, view.features, order, titles, original)
    return {
        "panels": [_panel(panel) for panel in panels],
        "difference": scale("h"),
        "columns": COLUMNS[len(symbols)],
    }


def _panel(panel: Panel) -> PanelMessage:
    low, high = limits(panel.symbol, panel.values if panel.ranged is None else panel.ranged)
    return {
        "symbol": panel.symbol,
        "title": panel.title,
        "hue": HUES[panel.symbol],
        "range": range_said((low, high)),
        "scale": scale(panel.symbol),
        "low": low,
        "high": high,
        "names": panel.rows,
    }


def _network(message: Message) -> NetworkMessage:
    known: NetworkMessage = json.loads(message["packed"].sent[64:])
    return known


def _box(chosen: Viewed) -> str:
    words, text = chosen.words, boxed(chosen.selection.text.text)
    return (
        f'<label class="typed"><span>{escape(words("pick.text"))}</span>'
        f'<input value="{escape(text)}" autocomplete="off" autocapitalize="none" spellcheck="false"></label>'
    )


def _style() -> str:
    """The stepper's sheets and the page's own, in light and dark."""
    colours = "@media screen and (prefers-color-scheme: dark) {:root {%s}}"
    light, dark = (
        f"--st-text-color: {one['ink']}; --st-background-color: {one['paper']};" for one in (LIGHT, DARK)
    )
    sheets = [*sorted((STEPPER / "css").glob("*.css")), HERE / "handout.css"]
    return f":root {{{light}}} {colours % dark} {' '.join(map(compact, sheets))}"
