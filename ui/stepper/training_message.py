"""What the browser is sent once a trained network: its weights along training, and what it had reached."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, TypedDict

from cells import Network, shipped
from cells.shipped import Card, Recorded
from ui.networks import cards
from ui.networks.trained import checkpoints
from ui.selection.records import TRAINED, NetworkChoice
from ui.stepper.network_message import LayerMessage, ReadoutMessage, numbers_of
from ui.words import Words


class CheckpointMessage(TypedDict):
    """One place of the slider: its name in a link, its label, what was reached, in short and in words."""

    name: str
    label: str
    reached: str
    says: str
    layers: list[LayerMessage]
    readout: ReadoutMessage | None


class TrainingMessage(TypedDict):
    """The checkpoints of a network in the order of training, the one that ships last."""

    checkpoints: list[CheckpointMessage]


class PackedTraining(NamedTuple):
    """A TrainingMessage as it is sent: 64 letters of id, the SHA-256 of the JSON behind them."""

    id: str
    sent: bytes


def packed_training(card: Card, choice: NetworkChoice, language: str) -> PackedTraining | None:
    """The message of a network; None while its untrained twin is chosen, and where nothing was recorded."""
    if choice.twin or not checkpoints(card):
        return None
    try:
        return _packed(card.name, language)
    except ValueError:  # a damaged file; who asks for one of its checkpoints is told
        return None


@lru_cache(maxsize=16)
def _packed(name: str, language: str) -> PackedTraining:
    written = json.dumps(training_message(shipped.card(name), Words(language))).encode()
    digest = sha256(written).hexdigest()
    return PackedTraining(digest, digest.encode() + written)


def training_message(card: Card, words: Words) -> TrainingMessage:
    """All checkpoints of a network."""
    return {"checkpoints": [_checkpoint(card, *one, words) for one in _recorded(card)]}


def _recorded(card: Card) -> Iterator[tuple[Recorded | None, Network]]:
    """Each moment with its network; None is the last."""
    kept = shipped.checkpoints(card.name)
    yield from ((one, kept[one.update]) for one in card.recorded)
    yield None, shipped.network(card.name)


def _checkpoint(card: Card, moment: Recorded | None, network: Network, words: Words) -> CheckpointMessage:
    numbers = numbers_of(network)
    return {
        "name": TRAINED if moment is None else str(moment.update),
        "label": cards.moment_label(card, moment, words),
        "reached": cards.reached(card, moment, words),
        "says": cards.reached_sentence(card, moment, words),
        "layers": numbers["layers"],
        "readout": numbers["readout"],
    }
