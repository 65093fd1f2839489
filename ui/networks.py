"""The networks that a reader can choose: how each is made, what it reads, what its units are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cells import CELLS, Network
from cells.handbuilt import HANDBUILT
from cells.tokens import one_hot, token_vectors, unknown
from ui.reading import Reading

if TYPE_CHECKING:
    from ui.state import Selection

TOKEN_FEATURES = 16  # numbers that stand for one token in a random network


@dataclass(frozen=True)
class Story:
    """One entry of the picker.

    `kind` says what its numbers are ("handbuilt", "untrained"); `shaped`: cell, units, layers, directions
    and seed are the reader's; `examples` are (mode, text) pairs.
    """

    kind: str
    cells: tuple[str, ...]
    modes: tuple[str, ...]
    shaped: bool
    examples: tuple[tuple[str, str], ...]


CATALOGUE: Mapping[str, Story] = {
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


@dataclass(frozen=True)
class Inputs:
    """What the network reads: rows of x (time, feature), names of features, tokens it does not know."""

    rows: np.ndarray
    features: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def network(selection: Selection) -> Network:
    """The chosen network; the same choice always gives the same weights, whatever the text."""
    if selection.network in HANDBUILT:
        return replace(HANDBUILT[selection.network](selection.sharpness).network, cell=selection.cell)
    return Network.random(
        selection.cell,
        features=1 if selection.mode == "numbers" else TOKEN_FEATURES,
        units=selection.units,
        layers=selection.layers,
        bidirectional=selection.directions == 2,
        seed=selection.seed,
        initialisation=selection.initialisation,
    )


def inputs(selection: Selection, reading: Reading) -> Inputs:
    """The tokens as rows of x for the chosen network."""
    if selection.network in HANDBUILT:
        alphabet = HANDBUILT[selection.network](selection.sharpness).alphabet
        return Inputs(one_hot(reading.tokens, alphabet), tuple(alphabet), unknown(reading.tokens, alphabet))
    if reading.values is not None:
        return Inputs(np.array(reading.values)[:, None], ("x",))
    rows = token_vectors(reading.tokens, TOKEN_FEATURES, selection.seed)
    return Inputs(rows, tuple(str(feature + 1) for feature in range(TOKEN_FEATURES)))


def unit_names(selection: Selection, units: int) -> tuple[str, ...]:
    """What the units of the shown layer are called: by their task where they have one, else 1, 2, 3, …"""
    if selection.network in HANDBUILT:
        return HANDBUILT[selection.network](selection.sharpness).unit_names
    return tuple(str(unit + 1) for unit in range(units))
