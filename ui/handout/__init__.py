"""A view as one page that steps by itself and reads what is typed: one file, no server, no request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import TypedDict

import numpy as np

from ui.figures.panels import COLUMNS, Panel, panels_of, range_said
from ui.figures.theme import DARK, HUES, LIGHT, Scale, scale
from ui.handout.packing import packed_parts
from ui.runs.badge import badge
from ui.runs.viewed import Viewed
from ui.stepper.bundle import bundle
from ui.stepper.network_message import NetworkMessage, packed
from ui.stepper.run_message import Message, alone
from ui.stepper.view import View
from ui.text.lines import boxed
from ui.text.sheets import compact

HERE = Path(__file__).parent
STEPPER = HERE.parent / "stepper"
PAGE, BODY = (Template((HERE / name).read_text("utf-8")) for name in ("page.html", "body.html"))


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


@dataclass(frozen=True, eq=False)
class Handout:
    """A view with its message and the symbols whose heatmaps stand below, as a page or a part of one.

    `made` is the day that it tells, `live` the address of the app if it is known; `called` names a network
    that has a name of its own, and `agrees` says how far its h may be from the live model's.
    """

    chosen: Viewed
    view: View
    message: Message
    symbols: Sequence[str]
    made: date
    live: str = ""
    called: str = ""
    agrees: float | None = None

    @property
    def data(self) -> dict[str, object]:
        """What the page's script is given: the network, the run, the heatmaps."""
        message, network = self.message, _network(self.message)
        run = alone(message)
        run |= {"text": message["text"] if reads(message) else None, "training": None, "large": ""}
        if run["text"] is None and message["layer"] and message["steps"] == message["total"]:
            run["rows"] = packed(self.chosen.inputs.rows)
        run["editable"] = message["editable"] and network["layers"] is not None and message["first"] == 1
        return {"network": network, "run": run, "maps": maps_of(self.chosen, self.view, self.symbols)}

    @property
    def name(self) -> str:
        """What it is called."""
        return self.called or self.chosen.words.names("network")(self.chosen.choice.network)

    @property
    def told(self) -> str:
        """What its numbers are."""
        told = badge(self.chosen, True, self.chosen.changed)
        if self.agrees is None or self.chosen.changed:
            return told
        return f"{told} · {self.chosen.words('handout.agrees', by=f'{self.agrees:.0e}')}"

    @property
    def body(self) -> str:
        """The page's HTML without its data. All that is the reader's is escaped."""
        return self._around(_stepper())

    def _around(self, stepper: str) -> str:
        words, link = self.chosen.words, f"{self.live}?{self.chosen.link}"
        return BODY.substitute(
            name=escape(self.name),
            badge=escape(self.told),
            made=escape(words("handout.made", date=self.made.isoformat())),
            live=f'<a href="{escape(link)}">{escape(words("handout.live"))}</a>' if self.live else "",
            typed=_box(self.chosen) if reads(self.message) else "",
            unread=escape(words("handout.unread")),
            stepper=stepper,
        )

    @property
    def page(self) -> str:
        """One file that needs nothing else. All that is the reader's is packed or escaped."""
        code = f"{bundle('hosts/page.js')}\nhandout.stepper = startPage(handout);"
        parts = {
            "style": style(),
            "code": code,
            "data": {**self.data, "live": self.live},
            "stepper": _stepper(),
        }
        return PAGE.substitute(
            language=self.chosen.selection.display.lang,
            title=escape(f"{self.name} · {self.told}"),
            body=self._around(""),
            old=escape(self.chosen.words("handout.old")),
            style=page_style(),
            **packed_parts(parts),
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
    low, high = panel.limits
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


def _stepper() -> str:
    return (STEPPER / "stepper.html").read_text("utf-8")


def _network(message: Message) -> NetworkMessage:
    known: NetworkMessage = json.loads(message["packed"].sent[64:])
    return known


def _box(chosen: Viewed) -> str:
    words, text = chosen.words, boxed(chosen.selection.text.text)
    plain = 'autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"'
    asks = f"<span>{escape(words('pick.text'))}</span>"
    return f'<label class="typed">{asks}<input value="{escape(text)}" {plain}></label>'


def style() -> str:
    """The sheets of the stepper."""
    return " ".join(map(compact, sorted((STEPPER / "css").glob("*.css"))))


def sheets() -> str:
    """The sheets of the stepper and of what stands around it."""
    return f"{style()} {compact(HERE / 'handout.css')}"


def page_style() -> str:
    """What a page of its own shows before it is unpacked, light or dark."""
    colours = "@media screen and (prefers-color-scheme: dark) {:root {%s}}"
    light, dark = (
        f"--st-text-color: {one['ink']}; --st-background-color: {one['paper']};" for one in (LIGHT, DARK)
    )
    own = compact(HERE / "handout.css")
    return f":root {{color-scheme: light dark; {light}}} {colours % dark} {own}"
