"""The kinds of networks: how each is made and read, what it answers, what its units are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cells import Network, shipped
from cells.encoder_decoder import g2p
from cells.handbuilt import HANDBUILT, HandBuilt
from cells.shipped import Card
from cells.tokens import READERS, one_hot, token_vectors, unknown
from ui.networks.tokenize import Reading, read

if TYPE_CHECKING:
    from ui.networks.catalogue import Story
    from ui.networks.defaults import Selection

TOKEN_FEATURES = 16  # numbers that stand for one token in a random network


@dataclass(frozen=True)
class Inputs:
    """What the network reads: rows of x (time, feature), names of features, tokens it does not know.

    `strange` says what becomes of those: "unknown" are read as nothing, "unseen" as one token for all,
    "parts" by their ending and shape.
    `places` are where the rows stand in an embedding that is looked up before the network runs, if all do.
    """

    rows: np.ndarray
    features: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    strange: str = "unknown"
    places: np.ndarray | None = None


@dataclass(frozen=True)
class Answers:
    """What a network answers: its task, the kind of its readout, the names of its outputs."""

    task: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """What is done with a selection whose network is of one kind.

    `shape` gives layers and directions, `unit_names` nothing where units are called 1, 2, 3, …, `unit` the
    one worth looking at first, `tells` what that unit goes with if it is known, `parameters` 0 where the
    network itself counts them.
    """

    network: Callable[[Selection], Network]
    inputs: Callable[[Selection, Reading], Inputs]
    answers: Callable[[Selection], Answers | None] = lambda _: None
    shape: Callable[[Selection], tuple[int, int]] = lambda _: (1, 1)
    unit_names: Callable[[Selection], tuple[str, ...]] = lambda _: ()
    unit: Callable[[Selection], int] = lambda _: 1
    tells: Callable[[Selection], str] = lambda _: ""
    parameters: Callable[[Selection], int] = lambda _: 0
    read: Callable[[Selection, Story], Reading] = lambda selection, story: read(
        selection.text, selection.mode, story.most
    )


def numbered(count: int) -> tuple[str, ...]:
    """1, 2, 3, …"""
    return tuple(str(place + 1) for place in range(count))


def _card(selection: Selection) -> Card:
    return shipped.card(selection.model)


def _trained(selection: Selection) -> Network:
    card = _card(selection)
    return card.twin(selection.seed) if selection.twin else shipped.network(card.name)


def _inputs_of_trained(selection: Selection, reading: Reading) -> Inputs:
    card = _card(selection)
    if not card.vocabulary:
        return Inputs(card.read(reading.tokens), ("x", "*"))
    reader = READERS[card.reads]
    strange = frozenset(unknown([*map(reader.plain, reading.tokens)], card.vocabulary))
    return Inputs(
        card.read(reading.tokens),
        numbered(card.embedding) if card.embedding else card.vocabulary,
        tuple(dict.fromkeys(token for token in reading.tokens if reader.plain(token) in strange)),
        reader.strange,
    )


def _answers_of_trained(selection: Selection) -> Answers:
    card = _card(selection)
    return Answers(card.task, card.kind, card.answers)


def _inputs_of_published(_: Selection, reading: Reading) -> Inputs:
    pair = g2p()
    strange = unknown([token.lower() for token in reading.tokens], pair.graphemes)
    return Inputs(np.zeros((len(reading.tokens), 1)), numbered(pair.encoder.features), strange, "unseen")


def _built(selection: Selection) -> HandBuilt:
    return HANDBUILT[selection.network](selection.sharpness)


def _inputs_of_built(selection: Selection, reading: Reading) -> Inputs:
    alphabet = _built(selection).alphabet
    return Inputs(one_hot(reading.tokens, alphabet), tuple(alphabet), unknown(reading.tokens, alphabet))


def _unit_of_built(selection: Selection) -> int:
    """Where each letter has a unit of its own, that of the letter that the text begins with."""
    built, tokens = _built(selection), read(selection.text, selection.mode).tokens
    each = built.unit_names[: len(built.alphabet)] == built.alphabet
    return built.alphabet.index(tokens[0]) + 1 if each and tokens and tokens[0] in built.alphabet else 1


def features(selection: Selection) -> int:
    """How many numbers a random network reads at a step."""
    return 1 if selection.mode == "numbers" else TOKEN_FEATURES


def _drawn(selection: Selection) -> Network:
    return Network.random(
        selection.cell,
        features=features(selection),
        units=selection.units,
        layers=selection.layers,
        bidirectional=selection.directions == 2,
        seed=selection.seed,
        initialisation=selection.initialisation,
    )


def _inputs_of_drawn(selection: Selection, reading: Reading) -> Inputs:
    if reading.values is not None:
        return Inputs(np.array(reading.values)[:, None], ("x",))
    rows = token_vectors(reading.tokens, TOKEN_FEATURES, selection.seed)
    return Inputs(rows, numbered(TOKEN_FEATURES))


KIND: Mapping[str, Kind] = {
    "trained": Kind(
        network=_trained,
        inputs=_inputs_of_trained,
        answers=_answers_of_trained,
        shape=lambda selection: (1, 1 + _card(selection).bidirectional),
        unit=lambda selection: _card(selection).unit,
        tells=lambda selection: _card(selection).tells,
    ),
    "published": Kind(
        network=lambda _: g2p().decoder,
        inputs=_inputs_of_published,
        answers=lambda selection: Answers(selection.network, "softmax", g2p().phonemes),
    ),
    "handbuilt": Kind(
        network=lambda selection: replace(_built(selection).network, cell=selection.cell),
        inputs=_inputs_of_built,
        unit_names=lambda selection: _built(selection).unit_names,
        unit=_unit_of_built,
        tells=lambda selection: _built(selection).unit_names[0],
    ),
    "untrained": Kind(
        network=_drawn,
        inputs=_inputs_of_drawn,
        shape=lambda selection: (selection.layers, selection.directions),
    ),
}
