"""What a reader has chosen: one record, from the link, from the widgets, and back to the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import TypeAlias
from urllib.parse import urlencode

import streamlit as st

from cells import CELLS, shipped
from cells.notation import NOTATIONS
from cells.weights import INITIALISATIONS
from ui.networks import (
    CATALOGUE,
    KINDS,
    MOST_COMPARED,
    MOST_WRITTEN,
    comparable,
    directions,
    opening_unit,
)
from ui.reading import MODES, MOST
from ui.sorting import ORDERS
from ui.words import LANGUAGES

Value: TypeAlias = "str | int | tuple[str, ...]"
LONGEST_LINK = 4000  # bytes of a link: servers take 8,190, mail programs often less
SYMBOLS = ("x", "f", "i", "o", "u", "r", "c_tilde", "c", "h")


@dataclass(frozen=True)
class Selection:
    """The whole view; every field is also a name in the link and in the session's state."""

    network: str = "count10"
    model: str = "count10-lstm"
    twin: int = 0
    mode: str = "characters"
    text: str = "aaaaabbbbb"
    cell: str = "LSTM"
    units: int = 16
    layers: int = 1
    directions: int = 1
    seed: int = 7
    initialisation: str = "uniform"
    sharpness: int = 40
    write: int = 80
    temperature: int = 60
    layer: int = 1
    direction: str = "forward"
    symbols: tuple[str, ...] = ("f", "i", "o", "u", "r", "c_tilde", "c", "h")
    large: str = ""
    sort: str = "index"
    notation: str = "standard"
    compare: tuple[str, ...] = ("count10-lstm", "count10-gru", "count10-rnn")
    lead: str = "count10-lstm"
    panel: str = "h"
    matched: str = "units"
    together: str = "maps"
    pair: str = "keeps"
    changed: int = MOST
    instead: str = ""
    measure: str = "written"
    start: int = 1
    step: int = 6
    unit: int = 1
    lang: str = "en"

    def link(self) -> str:
        """The query string of this view: what its network's usual one has otherwise."""
        usual = {**asdict(home(self.network)), "network": Selection().network}
        if CATALOGUE[self.network].siblings:
            usual["cell"] = self.cell  # the model says it
        chosen = {
            name: ",".join(value) if isinstance(value, tuple) else str(value)
            for name, value in asdict(self).items()
            if name not in ("step", "unit") and value != usual[name]
        }
        link = urlencode(chosen)
        if len(link) > LONGEST_LINK:
            link = urlencode({name: value for name, value in chosen.items() if name != "text"})
        return link


@dataclass(frozen=True)
class OneOf:
    """A value from a list."""

    options: tuple[str, ...]

    def parse(self, written: str) -> str | None:
        """The value, or None for anything else."""
        return written if written in self.options else None


@dataclass(frozen=True)
class Between:
    """A whole number in a range, both ends included."""

    low: int
    high: int

    def parse(self, written: str) -> int | None:
        """The number, or None for anything else."""
        plain = written.isascii() and written.isdigit() and len(written) <= 12
        return int(written) if plain and self.low <= int(written) <= self.high else None


@dataclass(frozen=True)
class Some:
    """Any number of values from a list, joined by commas, in the list's order."""

    options: tuple[str, ...]

    def parse(self, written: str) -> tuple[str, ...] | None:
        """The values, or None where any is not in the list."""
        parts = written.split(",") if written else []
        return (
            tuple(part for part in self.options if part in parts) if set(parts) <= set(self.options) else None
        )


@dataclass(frozen=True)
class Text:
    """Any text up to a length."""

    most: int

    def parse(self, written: str) -> str | None:
        """The text, or None where it is too long."""
        return written if len(written) <= self.most else None


MEASURES = ("written", "map", "erased", "saturation", "finder")
COMPARED = (*KINDS, *(name for story in CATALOGUE.values() for name in story.siblings))

Field: TypeAlias = OneOf | Between | Some | Text

FIELDS: Mapping[str, Field] = {
    "network": OneOf(tuple(CATALOGUE)),
    "model": OneOf(tuple(name for story in CATALOGUE.values() for name in story.siblings)),
    "twin": Between(0, 1),
    "mode": OneOf(tuple(MODES)),
    "text": Text(MOST),
    "cell": OneOf(tuple(CELLS)),
    "units": Between(1, 128),
    "layers": Between(1, 3),
    "directions": Between(1, 2),
    "seed": Between(0, 999_999),
    "initialisation": OneOf(tuple(INITIALISATIONS)),
    "sharpness": Between(1, 40),
    "write": Between(0, MOST_WRITTEN),
    "temperature": Between(0, 200),
    "layer": Between(1, 3),
    "direction": OneOf(("forward", "backward")),
    "symbols": Some(SYMBOLS),
    "large": OneOf(("", *SYMBOLS)),
    "sort": OneOf(tuple(ORDERS)),
    "notation": OneOf(tuple(NOTATIONS)),
    "compare": Some(COMPARED),
    "lead": OneOf(COMPARED),
    "panel": OneOf(SYMBOLS[1:]),
    "matched": OneOf(("units", "parameters")),
    "together": OneOf(("maps", "table", "flow", "influence", "sides", "letter")),
    "pair": OneOf(("keeps", "reset", "misprint")),
    "changed": Between(1, MOST),
    "instead": Text(40),
    "measure": OneOf(MEASURES),
    "start": Between(1, MOST),
    "step": Between(1, MOST),
    "unit": Between(1, 256),
    "lang": OneOf(tuple(LANGUAGES)),
}


def told(selection: Selection, network: str) -> Selection:
    """The selection with another network, its first example, and its most telling unit."""
    mode, text = CATALOGUE[network].examples[0]
    chosen, _ = fitted(replace(selection, network=network, mode=mode, text=text, twin=0, start=1, large=""))
    return replace(chosen, unit=opening_unit(chosen))


@cache
def home(network: str) -> Selection:
    """The usual view of a network."""
    return told(Selection(), network)


def from_link(query: Mapping[str, str], otherwise: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The view that a link asks for, and the names of its parts that are nonsense and fell back."""
    good: dict[str, Value] = {}
    faults = []
    for name, written in query.items():
        value = FIELDS[name].parse(written) if name in FIELDS else None
        if value is None:
            faults.append(name)
        else:
            good[name] = value
    usual = replace(home(str(good.get("network", otherwise.network))), lang=otherwise.lang)
    selection, misfits = fitted(replace(usual, **good))  # type: ignore[arg-type]  # each field's parser gives its type
    if "unit" not in good:
        selection = replace(selection, unit=opening_unit(selection))
    return selection, (*faults, *(name for name in misfits if name in good))


def fitted(selection: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The selection with parts that contradict each other put right, and the names of those parts."""
    story = CATALOGUE[selection.network]
    right: dict[str, Value] = {}
    if story.siblings:
        if selection.model not in story.siblings:
            right["model"] = story.siblings[0]
        card = shipped.card(str(right.get("model", selection.model)))
        right |= {"cell": card.cell} if card.cell != selection.cell else {}
    elif selection.cell not in story.cells:
        right["cell"] = story.cells[0]
    if selection.mode not in story.modes:
        right["mode"] = story.modes[0]
    layers = selection.layers if story.shaped else 1
    if offered := comparable(selection.network):
        compared = tuple(name for name in offered if name in selection.compare)[:MOST_COMPARED]
        compared = compared if len(compared) > 1 else offered[:MOST_COMPARED]
        right |= {"compare": compared} if compared != selection.compare else {}
        lead = "LSTM" if "LSTM" in compared else compared[0]  # its diagram tells more than an RNN's
        right |= {"lead": lead} if selection.lead not in compared else {}
    if selection.layer > layers:
        right["layer"] = layers
    chosen = replace(selection, **right)  # type: ignore[arg-type]  # values come from typed tables
    if selection.direction == "backward" and directions(chosen) == 1:
        right["direction"] = "forward"
    return replace(chosen, direction=str(right.get("direction", chosen.direction))), tuple(right)


def current(stories: Sequence[str] = tuple(CATALOGUE)) -> Selection:
    """The session's selection, seeded from the link on its first run; faults stay in `link_faults`.

    A network that is not among the page's stories gives way to the first of them.
    """
    state = st.session_state
    if "link_faults" not in state:
        language = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
        query = st.query_params.to_dict()
        selection, state["link_faults"] = from_link(query, Selection(lang=language))
    else:
        chosen = {field.name: state[field.name] for field in fields(Selection)}
        for name, field in FIELDS.items():
            if isinstance(field, Some):
                chosen[name] = tuple(option for option in field.options if option in chosen[name])
        selection, _ = fitted(Selection(**chosen))
    if selection.network not in stories:
        selection = told(selection, stories[0])
    keep(selection)  # assigning also keeps the values of widgets that this run doesn't draw
    return selection


def keep(selection: Selection) -> None:
    """Make a selection the session's."""
    for name, value in asdict(selection).items():
        st.session_state[name] = list(value) if isinstance(value, tuple) else value
