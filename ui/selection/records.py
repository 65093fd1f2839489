"""What a reader can choose, as records: each field says once what it may hold and its name in a link.

What a value depends on is a record, and the record is its key: weights hang on the NetworkChoice alone,
numbers on that, the TextChoice and the Edits; all other records only say how numbers are looked at.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from cells import CELLS
from cells.notation import NOTATIONS
from cells.tracks import TRACKS
from cells.training.offered import default
from cells.training.written import written
from cells.weights import INITIALISATIONS
from ui.selection.fields import (
    AlterationLine,
    Between,
    EditLine,
    Field,
    Lines,
    Name,
    Names,
    OneOf,
    RecipeLine,
    Some,
    Text,
    Value,
)
from ui.selection.hideable import HIDEABLE

MOST = 100_000  # tokens of a text
MOST_WRITTEN = 400  # tokens that a network writes at a time
MOST_LABELS = 1_000  # letters of typed labels, and of marked tokens
MOST_SECOND = 2_000  # letters of a second text
MOST_UNITS = 128
LESSONS = ("gates", "remember", "counting", "first", "both", "gru", "misprint", "meaning")
OPENS = ("step", "compare", "memory", "applications")  # pages whose views fit in a link
OWN_LESSON = "own"  # one that somebody made and this session has opened
MOST_PAGES = 40  # of a lesson
MOST_MADE = 2_400  # letters of a lesson that a link holds whole
SEEDS = Between(0, 999_999)
TRAINED = "trained"  # the checkpoint of a network as it ships; others are numbers of updates
SYMBOLS = ("x", "f", "i", "o", "u", "r", "c_tilde", "c", "h")
BIASES = tuple(f"{half / 2:g}" for half in range(-8, 17))


def field(parser: Field, default: Value, link: str = "") -> Any:
    """A field, how it is read from a link, and its name there where that is another."""
    return dataclasses.field(default=default, metadata={"parser": parser, "link": link})


@dataclass(frozen=True)
class NetworkChoice:
    """What the weights depend on, and how a text becomes what the network reads."""

    network: str = field(Name(), "count10")
    model: str = field(Name(), "count10-lstm")
    twin: int = field(Between(0, 1), 0)
    checkpoint: str = field(Name(), TRAINED)
    mode: str = field(Name(), "characters")
    cell: str = field(OneOf(tuple(CELLS)), "LSTM")
    units: int = field(Between(1, MOST_UNITS), 16)
    layers: int = field(Between(1, 3), 1)
    directions: int = field(Between(1, 2), 1)
    seed: int = field(SEEDS, 7)
    initialisation: str = field(OneOf(tuple(INITIALISATIONS)), "uniform")
    sharpness: int = field(Between(1, 40), 40)
    altered: str = field(AlterationLine(), "", "weights")


@dataclass(frozen=True)
class TextChoice:
    """What the network reads and writes, and from which step on a long text is shown."""

    text: str = field(Lines(MOST), "aaaaabbbbb")
    write: int = field(Between(0, MOST_WRITTEN), 80)
    temperature: int = field(Between(0, 200), 60)
    start: int = field(Between(1, MOST), 1)


@dataclass(frozen=True)
class Edits:
    """What is held at other values than the network computes, as `cells.edit_text` writes it."""

    written: str = field(EditLine(), "", "edit")


@dataclass(frozen=True)
class Position:
    """Where the reader is: step and unit counted from 1, in a layer and a direction."""

    layer: int = field(Between(1, 3), 1)
    direction: str = field(OneOf(("forward", "backward")), "forward")
    step: int = field(Between(1, MOST), 6)
    unit: int = field(Between(1, 256), 1)


@dataclass(frozen=True)
class Display:
    """How heatmaps, formulas and sentences look."""

    symbols: tuple[str, ...] = field(Some(SYMBOLS), SYMBOLS[1:])
    large: str = field(OneOf(("", *SYMBOLS)), "")
    sort: str = field(Name(), "index")
    notation: str = field(OneOf(tuple(NOTATIONS)), "standard")
    predict: int = field(Between(0, 1), 0)
    lang: str = field(Name(), "en")
    hide: tuple[str, ...] = field(Some(tuple(HIDEABLE)), ())
    projector: int = field(Between(0, 1), 0)
    lines: int = field(Between(0, 1), 0)
    theme: str = field(OneOf(("", "light", "dark")), "")


@dataclass(frozen=True)
class CompareView:
    """The compare page: which networks, and what is seen of them."""

    networks: tuple[str, ...] = field(Names(), ("count10-lstm", "count10-gru", "count10-rnn"), "compare")
    lead: str = field(Name(), "count10-lstm")
    symbol: str = field(OneOf(SYMBOLS[1:]), "h", "panel")
    matched_by: str = field(OneOf(("units", "parameters")), "units", "matched")
    view: str = field(OneOf(("maps", "table", "flow", "influence", "sides", "letter")), "maps", "together")
    formulas: str = field(OneOf(("keeps", "reset", "misprint")), "keeps", "pair")
    token: int = field(Between(1, MOST), 5, "changed")
    replacement: str = field(Lines(40), "", "instead")


@dataclass(frozen=True)
class Ensemble:
    """Random networks over which the memory page takes means."""

    forget: str = field(OneOf(BIASES), "3")
    update: str = field(OneOf(BIASES), "-3")
    gain: str = field(OneOf(("0.5", "0.9", "1", "1.5", "2", "4", "8", "16")), "1")
    units: int = field(Between(1, MOST_UNITS), 32, "drawn_units")
    seed: int = field(SEEDS, 0, "drawn_seed")
    horizon: str = field(OneOf(("50", "100", "200")), "50")


@dataclass(frozen=True)
class MemoryView:
    """The memory page: which view, and what each of them asks."""

    view: str = field(
        OneOf(
            (
                *("written", "swapped", "map", "erased", "gradient", "lasting", "saturation", "finder"),
                *("ablation", "sweep", "patch", "left_out"),
            )
        ),
        "written",
        "measure",
    )
    swap_at: int = field(Between(1, MOST), 1)
    swap: str = field(Lines(40), "")
    source: str = field(OneOf(("text", "noise", "this")), "text", "flow")
    swept: str = field(OneOf(("", *SYMBOLS[1:])), "")
    sweep_how: str = field(OneOf(("0", "1", "mean")), "0")
    sweep_of: str = field(Text(40), "")
    sweep_at: int = field(Between(0, MOST), 0)
    ensemble: Ensemble = Ensemble()
    track: str = field(OneOf((*TRACKS, "answer", "marked", "typed")), "position")
    answer: str = field(Text(40), "")
    marks: str = field(Text(MOST_LABELS), "")
    labels: str = field(Text(MOST_LABELS), "")
    found: str = field(OneOf(("", *SYMBOLS[1:])), "")
    second: str = field(Lines(MOST_SECOND), "")
    patched: str = field(OneOf(("c", "h", "both")), "c")
    patch_from: int = field(Between(1, MOST), 3)
    patch_into: int = field(Between(1, MOST), 5)
    patch_units: str = field(OneOf(("all", "one")), "all")


@dataclass(frozen=True)
class TrainView:
    """The page on which networks are trained: the settings, and those of a second one `against` them."""

    recipe: str = field(RecipeLine(), written(default("count10")))
    against: str = field(RecipeLine(spare=True), "")


@dataclass(frozen=True)
class Course:
    """Which page of which lesson stands beside the view, if any; its pages count from 1.

    `made` is the whole lesson, where it is somebody's own and short.
    """

    lesson: str = field(OneOf(("", *LESSONS, OWN_LESSON)), "")
    page: int = field(Between(1, MOST_PAGES), 1)
    made: str = field(Text(MOST_MADE), "")


@dataclass(frozen=True)
class Selection:
    """The whole view: what a link holds, and what a session keeps."""

    network: NetworkChoice = NetworkChoice()
    text: TextChoice = TextChoice()
    edits: Edits = Edits()
    at: Position = Position()
    display: Display = Display()
    compare: CompareView = CompareView()
    memory: MemoryView = MemoryView()
    train: TrainView = TrainView()
    course: Course = Course()

    def but(self, **parts: Value) -> Selection:
        """The selection with other values of these parts, by their names in a link."""
        changed: Selection = _changed(self, {PARTS[name].path: value for name, value in parts.items()})
        return changed

    def flat(self) -> dict[str, Value]:
        """Every part by its name in a link."""
        return {name: part.of(self) for name, part in PARTS.items()}


class Part(NamedTuple):
    """One field of a selection: where it stands in the records, and how it is read from a link."""

    path: tuple[str, ...]
    parser: Field

    def of(self, record: Any) -> Value:
        """Its value in a selection."""
        for name in self.path:
            record = getattr(record, name)
        value: Value = record
        return value


def _parts(record: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Part]]:
    for one in dataclasses.fields(record):
        here, inside = (*path, one.name), getattr(record, one.name)
        if dataclasses.is_dataclass(inside):
            yield from _parts(inside, here)
        else:
            yield one.metadata["link"] or one.name, Part(here, one.metadata["parser"])


def _changed(record: Any, values: Mapping[tuple[str, ...], Value]) -> Any:
    """A record with these values at these paths; records without any stay the very same."""
    inside: dict[str, dict[tuple[str, ...], Value]] = {}
    own: dict[str, Any] = {}
    for (name, *rest), value in values.items():
        if rest:
            inside.setdefault(name, {})[tuple(rest)] = value
        else:
            own[name] = value
    own |= {name: _changed(getattr(record, name), those) for name, those in inside.items()}
    return replace(record, **own) if own else record


PARTS: Mapping[str, Part] = dict(_parts(Selection()))


def options(name: str) -> tuple[str, ...]:
    """The values that a part may have, where it is one of a list."""
    parser = PARTS[name].parser
    if not isinstance(parser, OneOf | Some):
        raise TypeError(f"{name} is not one of a list")
    return parser.options


def bounds(name: str) -> Between:
    """The range of a part that is a number."""
    parser = PARTS[name].parser
    if not isinstance(parser, Between):
        raise TypeError(f"{name} is not a number")
    return parser


@cache
def names_of(record: str) -> tuple[str, ...]:
    """The names in a link of all parts of one record of a selection: `names_of("network")`."""
    return tuple(name for name, part in PARTS.items() if part.path[0] == record)
