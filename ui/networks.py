"""The networks that a reader can choose: how each is made, what it reads, what its units are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cells import CELLS, Network, shipped
from cells.encoder_decoder import g2p
from cells.handbuilt import HANDBUILT
from cells.shipped import Card
from cells.tokens import READERS, one_hot, token_vectors, unknown
from ui.reading import MOST, Reading

if TYPE_CHECKING:
    from ui.state import Selection

MOST_WRITTEN = 400  # tokens that a network writes at a time
TOKEN_FEATURES = 16  # numbers that stand for one token in a random network


@dataclass(frozen=True)
class Story:
    """One entry of the picker.

    `kind` says what its numbers are ("handbuilt", "trained", "untrained"); `shaped`: cell, units, layers,
    directions and seed are the reader's; `examples` are (mode, text) pairs; `siblings` the names of trained
    networks that do the same task; `cells` those that the reader can choose from; `writes` says that the
    network can go on with the text; `most` is how many tokens it takes.
    """

    kind: str
    cells: tuple[str, ...]
    modes: tuple[str, ...]
    shaped: bool
    examples: tuple[tuple[str, str], ...]
    siblings: tuple[str, ...] = ()
    writes: bool = False
    most: int = MOST


def _examples(mode: str, *texts: str) -> tuple[tuple[str, str], ...]:
    return tuple((mode, text) for text in texts)


def _trained(siblings: str, mode: str, *texts: str) -> Story:
    return Story("trained", (), (mode,), False, _examples(mode, *texts), tuple(siblings.split()))


LAG = "xyzzyxzxyyzxxzyzyxzyyxxzzxyzyxxyzzyxzyxyzxxyzzyxyzxzyyxzxyzy"  # 60 letters that say nothing
ADDENDS = (
    "0.61 0.09 0.44 0.87 0.30* 0.72 0.15 0.98 0.53 0.27 0.66 0.01 0.39 0.80 0.12 0.94 0.48 0.25 0.70 0.33 "
    "0.58 0.06 0.91 0.17 0.76 0.42 0.85 0.21 0.50* 0.64 0.13 0.37 0.99 0.29 0.55 0.08 0.73 0.46 0.82 0.19"
)

CATALOGUE: Mapping[str, Story] = {
    "count10": _trained(
        "count10-lstm count10-gru count10-rnn",
        "characters",
        "aaaaabbbbb",
        "a" * 10 + "b" * 10,
        "a" * 20 + "b" * 20,
        "a" * 30 + "b" * 30,
    ),
    "count50": _trained(
        "count50-lstm count50-gru count50-rnn",
        "characters",
        "a" * 20 + "b" * 20,
        "a" * 50 + "b" * 50,
        "a" * 70 + "b" * 70,
    ),
    "brackets": _trained(
        "brackets-lstm brackets-gru brackets-rnn",
        "characters",
        "[(()[])]()",
        "((((((([])))))))",
        "([)]",
        "[][][](([]))",
    ),
    "first": _trained(
        "first-lstm-chrono first-lstm-3 first-lstm-1 first-lstm-0 first-gru first-rnn",
        "characters",
        "B" + LAG,
        "D" + LAG,
        "A" + LAG[:20],
    ),
    "parity": _trained("parity-lstm", "characters", "0110100111", "1" * 12, "0000100001000"),
    "adding": _trained("adding-lstm", "marked", ADDENDS, "0.25* " + "0.5 " * 20 + "0.75*"),
    "copy": _trained("copy-gru", "characters", "badge_____", "facade______", "ha__", "headache________"),
    "names": _trained(
        "names-gru", "characters", "kowalski", "papadopoulos", "rossi", "schneider", "virtanen"
    ),
    "reviews": _trained(
        "reviews-lstm",
        "words",
        "i wanted to love it but the ending is a mess",
        "a warm and funny film",
        "the plot is dull but the actors are wonderful",
        "not funny , not good , just boring",
    ),
    "tags": _trained(
        "tags-bilstm tags-lstm tags-gru tags-rnn",
        "words",
        "The old man the boats .",
        "Time flies like an arrow .",
        "They can fish in the can .",
        "I saw her duck behind the wall .",
    ),
    "shakespeare": Story(
        "trained",
        (),
        ("characters",),
        False,
        _examples(
            "characters", "ROMEO. What light", "To be, or not to be: that is", "Enter the King and his"
        ),
        ("shakespeare-lstm",),
        writes=True,
        most=MOST - MOST_WRITTEN,
    ),
    "g2p": Story(
        "published",
        ("GRU (reset after)",),
        ("characters",),
        False,
        _examples("characters", "recurrent", "streamlit", "knight", "colonel"),
        most=40,
    ),
    "counter": Story(
        "handbuilt",
        ("LSTM", "LSTM (as printed)"),
        ("characters",),
        False,
        (
            ("characters", "aaaaabbbbb"),
            ("characters", "aaabbbaabb"),
            ("characters", "bbbbbaaaaa"),
            ("characters", "a" * 30 + "b" * 30),
        ),
    ),
    "latch": Story(
        "handbuilt",
        ("LSTM", "LSTM (as printed)"),
        ("characters",),
        False,
        (("characters", "remember"), ("characters", "zzzzaaaa"), ("characters", "the first letter stays")),
    ),
    "random": Story(
        "untrained",
        tuple(CELLS),
        ("characters", "words", "numbers"),
        True,
        (
            ("characters", "hello, world"),
            ("characters", "长短期记忆网络"),
            ("words", "the cat sat on the mat because the mat was warm"),
            ("numbers", "0 0.5 1 0.5 0 −0.5 −1 −0.5 0 0.5 1 0.5 0 −0.5 −1 −0.5"),
        ),
    ),
}


# Random networks side by side: cell and number of directions.
KINDS: Mapping[str, tuple[str, int]] = {
    "RNN": ("RNN", 1),
    "LSTM": ("LSTM", 1),
    "Bi-LSTM": ("LSTM", 2),
    "GRU": ("GRU", 1),
    "GRU (reset after)": ("GRU (reset after)", 1),
    "LSTM (as printed)": ("LSTM (as printed)", 1),
}
MOST_COMPARED = 4


def comparable(network: str) -> tuple[str, ...]:
    """What can stand side by side: kinds of random networks, or the trained ones of one task."""
    story = CATALOGUE[network]
    return tuple(KINDS) if story.shaped else story.siblings if len(story.siblings) > 1 else ()


@dataclass(frozen=True)
class Inputs:
    """What the network reads: rows of x (time, feature), names of features, tokens it does not know.

    `strange` says what becomes of those: "unknown" are read as nothing, "unseen" as one token for all.
    """

    rows: np.ndarray
    features: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    strange: str = "unknown"


@dataclass(frozen=True)
class Answers:
    """What a network answers: its task, the kind of its readout, the names of its outputs."""

    task: str
    kind: str
    names: tuple[str, ...]


def card(selection: Selection) -> Card | None:
    """The card of the trained network that is chosen, if it is one."""
    return shipped.card(selection.model) if CATALOGUE[selection.network].siblings else None


def named(selection: Selection) -> str:
    """The name of the trained network that is chosen, empty for all others."""
    trained = card(selection)
    return trained.name if trained else ""


def answers(selection: Selection) -> Answers | None:
    """What the chosen network answers, if it answers anything."""
    if selection.network == "g2p":
        return Answers("g2p", "softmax", g2p().phonemes)
    trained = card(selection)
    return Answers(trained.task, trained.kind, trained.answers) if trained else None


def features(selection: Selection) -> int:
    """How many numbers a random network reads at a step."""
    return 1 if selection.mode == "numbers" else TOKEN_FEATURES


def network(selection: Selection) -> Network:
    """The chosen network; the same choice always gives the same weights, whatever the text."""
    if trained := card(selection):
        return trained.twin(selection.seed) if selection.twin else shipped.network(trained.name)
    if selection.network == "g2p":
        return g2p().decoder
    if selection.network in HANDBUILT:
        return replace(HANDBUILT[selection.network](selection.sharpness).network, cell=selection.cell)
    return Network.random(
        selection.cell,
        features=features(selection),
        units=selection.units,
        layers=selection.layers,
        bidirectional=selection.directions == 2,
        seed=selection.seed,
        initialisation=selection.initialisation,
    )


def inputs(selection: Selection, reading: Reading) -> Inputs:
    """The tokens as rows of x for the chosen network."""
    if trained := card(selection):
        return _inputs_of(trained, reading)
    if selection.network == "g2p":
        pair = g2p()
        strange = unknown([token.lower() for token in reading.tokens], pair.graphemes)
        return Inputs(np.zeros((len(reading.tokens), 1)), _numbered(pair.encoder.features), strange, "unseen")
    if selection.network in HANDBUILT:
        alphabet = HANDBUILT[selection.network](selection.sharpness).alphabet
        return Inputs(one_hot(reading.tokens, alphabet), tuple(alphabet), unknown(reading.tokens, alphabet))
    if reading.values is not None:
        return Inputs(np.array(reading.values)[:, None], ("x",))
    rows = token_vectors(reading.tokens, TOKEN_FEATURES, selection.seed)
    return Inputs(rows, _numbered(TOKEN_FEATURES))


def _inputs_of(card: Card, reading: Reading) -> Inputs:
    if not card.vocabulary:
        return Inputs(card.read(reading.tokens), ("x", "*"))
    plain = READERS[card.reads].plain
    strange = frozenset(unknown([*map(plain, reading.tokens)], card.vocabulary))
    return Inputs(
        card.read(reading.tokens),
        _numbered(card.embedding) if card.embedding else card.vocabulary,
        tuple(dict.fromkeys(token for token in reading.tokens if plain(token) in strange)),
        "unseen" if card.embedding else "unknown",
    )


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(str(place + 1) for place in range(count))


def unit_names(selection: Selection, units: int) -> tuple[str, ...]:
    """What the units of the shown layer are called: by their task where they have one, else 1, 2, 3, …"""
    if selection.network in HANDBUILT:
        return HANDBUILT[selection.network](selection.sharpness).unit_names
    return _numbered(units)


def directions(selection: Selection) -> int:
    """In how many directions the chosen network reads."""
    if trained := card(selection):
        return 1 + trained.bidirectional
    return selection.directions if CATALOGUE[selection.network].shaped else 1


def opening_unit(selection: Selection) -> int:
    """The unit worth looking at first: of a trained network the most telling one."""
    trained = card(selection)
    return trained.unit if trained else 1
