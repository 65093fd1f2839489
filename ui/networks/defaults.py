"""What a reader can choose: one record, from the link and back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from urllib.parse import urlencode

from cells import CELLS, shipped
from cells.notation import NOTATIONS
from cells.tracks import TRACKS
from cells.weights import INITIALISATIONS
from ui.figures.unit_order import ORDERS
from ui.networks import registry
from ui.networks.catalogue import CATALOGUE, MOST_WRITTEN
from ui.networks.comparable import KINDS, MOST_COMPARED, comparable
from ui.networks.registry import opening_unit
from ui.networks.tokenize import MODES, MOST
from ui.networks.uploaded import YOURS
from ui.selection.fields import Between, Field, OneOf, Some, Text, Value
from ui.words import LANGUAGES

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
    changed: int = 5
    instead: str = ""
    measure: str = "written"
    swap_at: int = 1
    swap: str = ""
    flow: str = "text"
    forget: str = "3"
    update: str = "-3"
    gain: str = "1"
    drawn_units: int = 32
    drawn_seed: int = 0
    horizon: str = "50"
    track: str = "position"
    answer: str = ""
    marks: str = ""
    labels: str = ""
    found: str = ""
    start: int = 1
    step: int = 6
    unit: int = 1
    lang: str = "en"

    def link(self) -> str:
        """The query string of this view: what its network's usual one has otherwise."""
        usual = {**asdict(home(self.network)), "network": Selection().network}
        if registry.story(self.network).siblings:
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


MEASURES = ("written", "swapped", "map", "erased", "gradient", "lasting", "saturation", "finder")
FLOWS = ("text", "noise", "this")  # gradients of drawn networks on the text, or as quoted; of the one shown
BIASES = tuple(f"{half / 2:g}" for half in range(-8, 17))
GAINS = ("0.5", "0.9", "1", "1.5", "2", "4", "8", "16")
HORIZONS = ("50", "100", "200")
TRACK_KINDS = (*TRACKS, "answer", "marked", "typed")
OF_THE_VIEW = (  # fields that say how numbers are looked at: no number of the chosen network depends on them
    "symbols", "large", "sort", "notation", "step", "unit", "lang",
    "compare", "lead", "panel", "matched", "together", "pair", "changed", "instead",
    "measure", "swap_at", "swap", "flow", "forget", "update", "gain", "drawn_units", "drawn_seed", "horizon",
    "track", "answer", "marks", "labels", "found",
)  # fmt: skip
MOST_LABELS = 1_000  # letters of typed labels, and of marked tokens
COMPARED = (*KINDS, *(name for story in CATALOGUE.values() for name in story.siblings))

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
    "swap_at": Between(1, MOST),
    "swap": Text(40),
    "flow": OneOf(FLOWS),
    "forget": OneOf(BIASES),
    "update": OneOf(BIASES),
    "gain": OneOf(GAINS),
    "drawn_units": Between(1, 128),
    "drawn_seed": Between(0, 999_999),
    "horizon": OneOf(HORIZONS),
    "track": OneOf(TRACK_KINDS),
    "answer": Text(40),
    "marks": Text(MOST_LABELS),
    "labels": Text(MOST_LABELS),
    "found": OneOf(("", *SYMBOLS[1:])),
    "start": Between(1, MOST),
    "step": Between(1, MOST),
    "unit": Between(1, 256),
    "lang": OneOf(tuple(LANGUAGES)),
}


def told(selection: Selection, network: str) -> Selection:
    """The selection with another network, its first example, its most telling unit, and what it goes with."""
    story = registry.story(network)
    mode, text = story.examples[0]
    beginning = {"mode": mode, "text": text, "twin": 0, "start": 1, "step": story.opens, "large": ""}
    chosen, _ = fitted(replace(selection, network=network, **beginning))  # type: ignore[arg-type]
    tells = registry.tells(chosen)
    track = tells if tells in TRACKS else "answer" if chosen.answer else Selection.track
    return replace(chosen, unit=opening_unit(chosen), track=track)


def home(network: str) -> Selection:
    """The usual view of a network."""
    return told(Selection(), network) if network == YOURS else _home(network)


@cache
def _home(network: str) -> Selection:
    return told(Selection(), network)


def from_link(query: Mapping[str, str], otherwise: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The view that a link asks for, and the names of its parts that are nonsense and fell back.

    A link to a network that somebody brought says nothing without it: of such a one the language is kept.
    """
    if query.get("network") == YOURS:
        language = FIELDS["lang"].parse(query.get("lang", ""))
        return replace(home(otherwise.network), lang=str(language or otherwise.lang)), (YOURS,)
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
    story = registry.story(selection.network)
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
    if offered := comparable(selection.network):
        compared = tuple(name for name in offered if name in selection.compare)[:MOST_COMPARED]
        compared = compared if len(compared) > 1 else offered[:MOST_COMPARED]
        right |= {"compare": compared} if compared != selection.compare else {}
        lead = "LSTM" if "LSTM" in compared else compared[0]  # its diagram tells more than an RNN's
        right |= {"lead": lead} if selection.lead not in compared else {}
    chosen = replace(selection, **right)  # type: ignore[arg-type]  # values come from typed tables
    layers, ways = registry.shape(chosen)
    if selection.layer > layers:
        right["layer"] = layers
    if selection.direction == "backward" and ways == 1:
        right["direction"] = "forward"
    answers = registry.answers(chosen)
    names = answers.names if answers else ("",)
    if selection.answer not in names:
        right["answer"] = tells if (tells := registry.tells(chosen)) in names else names[0]
    if selection.track == "answer" and not answers:
        right["track"] = Selection.track
    return replace(chosen, **right), tuple(right)  # type: ignore[arg-type]
