"""The kinds of networks: how each is made and read, what it answers, what its units are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from cells import Network, shipped
from cells.encoder_decoder import g2p
from cells.handbuilt import HANDBUILT, HandBuilt
from cells.shipped import Card
from cells.tokens import READERS, composed, one_hot, token_vectors, unknown
from ui.networks import alphabet
from ui.networks.alphabet import Alphabet
from ui.networks.catalogue import CATALOGUE
from ui.networks.tokenize import ABBREVIATED, TokenizedText, checked, pieces, read
from ui.networks.trained import network_of
from ui.selection.records import NetworkChoice

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
    """What is done with a choice whose network is of one kind.

    `depends` names the parts of the choice that the weights hang on; `shape` gives layers and directions,
    `unit_names` nothing where units are called 1, 2, 3, …, `unit` the one worth looking at first on a text,
    `tells` what that unit goes with if it is known, `parameters` 0 where the network itself counts them;
    `alphabet` is what a page can read by itself, None where it always asks.
    """

    network: Callable[[NetworkChoice], Network]
    inputs: Callable[[NetworkChoice, TokenizedText], Inputs]
    depends: Callable[[NetworkChoice], tuple[str, ...]]
    answers: Callable[[NetworkChoice], Answers | None] = lambda _: None
    shape: Callable[[NetworkChoice], tuple[int, int]] = lambda _: (1, 1)
    unit_names: Callable[[NetworkChoice], tuple[str, ...]] = lambda _: ()
    unit: Callable[[NetworkChoice, str], int] = lambda *_: 1
    tells: Callable[[NetworkChoice], str] = lambda _: ""
    parameters: Callable[[NetworkChoice], int] = lambda _: 0
    alphabet: Callable[[NetworkChoice], Alphabet | None] = lambda _: None
    read: Callable[[NetworkChoice, str, int], TokenizedText] = lambda choice, text, most: read(
        text, choice.mode, most
    )


def numbered(count: int) -> tuple[str, ...]:
    """1, 2, 3, …"""
    return tuple(str(place + 1) for place in range(count))


def of_card(
    card: Callable[[NetworkChoice], Card],
    network: Callable[[NetworkChoice], Network],
    depends: Callable[[NetworkChoice], tuple[str, ...]],
    examples: Callable[[NetworkChoice], Sequence[tuple[str, str]]],
) -> Kind:
    """What is done with a trained network: all that its card says."""
    return Kind(
        network=network,
        inputs=lambda choice, text: _inputs_of_trained(card(choice), text),
        depends=depends,
        answers=lambda choice: _answers_of_trained(card(choice)),
        shape=lambda choice: (1, 1 + card(choice).bidirectional),
        unit=lambda choice, _: card(choice).unit,
        tells=lambda choice: card(choice).tells,
        alphabet=lambda choice: alphabet.of_trained(card(choice), partial(network, choice), examples(choice)),
        read=lambda choice, text, most: _read_by_trained(card(choice), choice.mode, text, most),
    )


def _inputs_of_trained(card: Card, text: TokenizedText) -> Inputs:
    if not card.vocabulary:
        return Inputs(card.read(text.tokens), ("x", "*"))
    reader = READERS[card.reads]
    strange = frozenset(unknown([*map(reader.plain, text.tokens)], card.vocabulary))
    return Inputs(
        card.read(text.tokens),
        numbered(card.embedding) if card.embedding else card.vocabulary,
        tuple(dict.fromkeys(token for token in text.tokens if reader.plain(token) in strange)),
        reader.strange,
    )


def _read_by_trained(card: Card, mode: str, text: str, most: int) -> TokenizedText:
    """A text as it was split in training: the corpora of sentiment part U.S., and no numbers."""
    reading = read(text, mode, most)
    if reading.fault or card.reads != "words":
        return reading
    apart = [pieces(token) if ABBREVIATED.fullmatch(token) else (token,) for token in reading.tokens]
    return checked(TokenizedText(tuple(part for parts in apart for part in parts)), most)


def _answers_of_trained(card: Card) -> Answers:
    return Answers(card.task, card.kind, card.answers)


def _inputs_of_published(_: NetworkChoice, text: TokenizedText) -> Inputs:
    pair = g2p()
    strange = unknown([token.lower() for token in text.tokens], pair.graphemes)
    return Inputs(np.zeros((len(text.tokens), 1)), numbered(pair.encoder.features), strange, "unseen")


def _built(choice: NetworkChoice) -> HandBuilt:
    return HANDBUILT[choice.network](choice.sharpness)


def _inputs_of_built(choice: NetworkChoice, text: TokenizedText) -> Inputs:
    alphabet = _built(choice).alphabet
    tokens = [*map(composed, text.tokens)]
    strange = frozenset(unknown(tokens, alphabet))
    lacking = dict.fromkeys(token for token in text.tokens if composed(token) in strange)
    return Inputs(one_hot(tokens, alphabet), tuple(alphabet), tuple(lacking))


def _unit_of_built(choice: NetworkChoice, text: str) -> int:
    """Where each letter has a unit of its own, that of the letter that the text begins with."""
    built, tokens = _built(choice), read(text, choice.mode).tokens
    each = built.unit_names[: len(built.alphabet)] == built.alphabet
    return built.alphabet.index(tokens[0]) + 1 if each and tokens and tokens[0] in built.alphabet else 1


def features(choice: NetworkChoice) -> int:
    """How many numbers a random network reads at a step."""
    return 1 if choice.mode == "numbers" else TOKEN_FEATURES


def _drawn(choice: NetworkChoice) -> Network:
    return Network.random(
        choice.cell,
        features=features(choice),
        units=choice.units,
        layers=choice.layers,
        bidirectional=choice.directions == 2,
        seed=choice.seed,
        initialisation=choice.initialisation,
    )


def _inputs_of_drawn(choice: NetworkChoice, text: TokenizedText) -> Inputs:
    if text.values is not None:
        return Inputs(np.array(text.values)[:, None], ("x",))
    rows = token_vectors([*map(composed, text.tokens)], TOKEN_FEATURES, choice.seed)
    return Inputs(rows, numbered(TOKEN_FEATURES))


DRAWN = ("network", "mode", "cell", "units", "layers", "directions", "seed", "initialisation")
KIND: Mapping[str, Kind] = {
    "trained": of_card(
        lambda choice: shipped.card(choice.model),
        network_of,
        lambda choice: ("network", "model", *(("twin", "seed") if choice.twin else ("checkpoint",))),
        lambda choice: CATALOGUE[choice.network].examples,
    ),
    "published": Kind(
        network=lambda _: g2p().decoder,
        inputs=_inputs_of_published,
        depends=lambda _: ("network",),
        answers=lambda choice: Answers(choice.network, "softmax", g2p().phonemes),
    ),
    "handbuilt": Kind(
        network=lambda choice: replace(_built(choice).network, cell=choice.cell),
        inputs=_inputs_of_built,
        depends=lambda _: ("network", "cell", "sharpness"),
        unit_names=lambda choice: _built(choice).unit_names,
        unit=_unit_of_built,
        tells=lambda choice: _built(choice).unit_names[0],
        alphabet=alphabet.of_built,
    ),
    "untrained": Kind(
        network=_drawn,
        inputs=_inputs_of_drawn,
        depends=lambda _: DRAWN,
        shape=lambda choice: (choice.layers, choice.directions),
        alphabet=lambda choice: alphabet.of_drawn(choice, TOKEN_FEATURES, CATALOGUE["random"].examples),
    ),
}
