"""The default view of a network, and a selection whose parts fit each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from cells import CELLS, shipped
from cells.tracks import TRACKS
from cells.training.written import read
from ui.figures.unit_order import ORDERS
from ui.networks.catalogue import CATALOGUE
from ui.networks.comparable import COMPARED, MOST_COMPARED, comparable, opening
from ui.networks.own import YOURS, Own
from ui.networks.registry import entry_of, resolve
from ui.networks.tokenize import MODES
from ui.networks.trained import checkpoints
from ui.selection.fields import Names, Value
from ui.selection.meanings import MEANINGS
from ui.selection.records import PARTS, TRAINED, MemoryView, NetworkChoice, Selection, TrainView
from ui.words import LANGUAGES

# What there is of the names that a link may hold.
KNOWN: Mapping[str, tuple[str, ...]] = {
    "network": tuple(CATALOGUE),
    "model": tuple(name for entry in CATALOGUE.values() for name in entry.siblings),
    "checkpoint": (TRAINED, *{name: "" for card in shipped.cards().values() for name in checkpoints(card)}),
    "mode": tuple(MODES),
    "sort": tuple(ORDERS),
    "lang": tuple(LANGUAGES),
    "compare": COMPARED,
    "lead": COMPARED,
}
FIRST_TRACK = Selection().memory.track


def parsed(name: str, written: str) -> Value | None:
    """The value of a part of a link; None for one that makes no sense, or names what is not there."""
    value, known = PARTS[name].parser.parse(written), KNOWN.get(name)
    if value is None or known is None:
        return value
    if isinstance(PARTS[name].parser, Names):
        assert isinstance(value, tuple), "names are read as a tuple"
        return tuple(one for one in known if one in value) if set(value) <= set(known) else None
    return value if value in known else None


def with_network(selection: Selection, network: str, own: Own | None = None) -> Selection:
    """The selection with another network, its first example, its most telling unit, and what it goes with."""
    entry = entry_of(network, own)
    mode, text = entry.examples[0]
    chosen, _ = made_consistent(
        selection.but(
            network=network,
            mode=mode,
            text=text,
            twin=0,
            checkpoint=TRAINED,
            start=1,
            edit="",
            second="",
            step=entry.opens,
            large="",
        ),
        own,
    )
    tells = resolve(chosen.network, own).tells
    track = tells if tells in TRACKS else "answer" if chosen.memory.answer else FIRST_TRACK
    return with_opening_unit(chosen, own).but(track=track)


def with_opening_unit(selection: Selection, own: Own | None = None) -> Selection:
    """The selection at the unit that is worth looking at first."""
    return selection.but(unit=resolve(selection.network, own).opening_unit(selection.text.text))


def default_view(network: str, own: Own | None = None) -> Selection:
    """The usual view of a network."""
    if network == YOURS:
        return with_network(Selection(), network, own)
    return _default_view(network)


@cache
def _default_view(network: str) -> Selection:
    return with_network(Selection(), network)


def made_consistent(selection: Selection, own: Own | None = None) -> tuple[Selection, tuple[str, ...]]:
    """The selection with parts that contradict each other put right, and the names of those parts."""
    right = {
        **_of_network(selection.network, own),
        **_of_compare(selection),
        **_of_train(selection.train),
    }
    chosen = selection.but(**right)
    source, at, memory = resolve(chosen.network, own), chosen.at, chosen.memory
    if at.layer > source.layers:
        right["layer"] = source.layers
    if at.direction == "backward" and source.directions == 1:
        right["direction"] = "forward"
    answers = source.answers()
    names = answers.names if answers else ("",)
    if memory.answer not in names:
        right["answer"] = source.tells if source.tells in names else names[0]
    if memory.track == "answer" and not answers:
        right["track"] = FIRST_TRACK
    right |= _of_sweep(memory, CELLS[chosen.network.cell].symbols, names)
    return selection.but(**right), tuple(right)


def _of_sweep(memory: MemoryView, symbols: Sequence[str], answers: Sequence[str]) -> dict[str, Value]:
    """What a sweep must be of otherwise: a symbol of the cell, a value with a meaning, an answer or all."""
    if memory.view != "sweep":
        return {}
    swept = memory.swept if memory.swept in symbols else symbols[0]
    right: dict[str, Value] = {} if swept == memory.swept else {"swept": swept}
    right |= {} if memory.sweep_how in MEANINGS[swept] else {"sweep_how": "0"}
    return right | ({} if memory.sweep_of in ("", *answers) else {"sweep_of": ""})


def _of_network(choice: NetworkChoice, own: Own | None) -> dict[str, Value]:
    """What a choice must say otherwise: a model, cell and moment that there are, a mode that it takes."""
    entry, right = entry_of(choice.network, own), dict[str, Value]()
    if entry.siblings:
        model = choice.model if choice.model in entry.siblings else entry.siblings[0]
        card = shipped.card(model)
        right |= {} if choice.checkpoint in (TRAINED, *checkpoints(card)) else {"checkpoint": TRAINED}
        right |= {"model": model} if model != choice.model else {}
        right |= {"cell": card.cell} if card.cell != choice.cell else {}
    elif choice.cell not in entry.cells:
        right["cell"] = entry.cells[0]
    if choice.mode not in entry.modes:
        right["mode"] = entry.modes[0]
    if choice.network == YOURS and own is not None:  # moments and a twin are of those that ship
        usual: dict[str, Value] = {"model": own.key, "twin": 0, "checkpoint": TRAINED}
        right |= {name: value for name, value in usual.items() if getattr(choice, name) != value}
    return right


def _of_compare(selection: Selection) -> dict[str, Value]:
    """What the compare page must show otherwise: two to four of what can stand beside the network."""
    offered, compare = comparable(selection.network.network), selection.compare
    if not offered:
        return {}
    networks = tuple(name for name in offered if name in compare.networks)[:MOST_COMPARED]
    networks = networks if len(networks) > 1 else opening(selection.network.network)
    lead = "LSTM" if "LSTM" in networks else networks[0]  # its diagram tells more than an RNN's
    right: dict[str, Value] = {"compare": networks} if networks != compare.networks else {}
    return right | ({"lead": lead} if compare.lead not in networks else {})


def _of_train(train: TrainView) -> dict[str, Value]:
    """What cannot be trained beside the settings: the same, and what learns another task."""
    if not train.against:
        return {}
    fits = train.against != train.recipe and read(train.against).task == read(train.recipe).task
    return {} if fits else {"against": ""}


def unlike_default(selection: Selection, own: Own | None = None) -> dict[str, Value]:
    """The parts of a view that its network's usual one has otherwise, by their names in a link."""
    usual = default_view(selection.network.network, own).flat() | {"network": NetworkChoice().network}
    if entry_of(selection.network.network, own).siblings:
        usual["cell"] = selection.network.cell  # the model says it
    return {name: value for name, value in selection.flat().items() if value != usual[name]}
