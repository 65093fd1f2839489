"""The weights of a look: where an embedding is trained, too, the page reads with the rows of that moment."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from cells import shipped
from cells.training.looking import Look
from cells.training.offered import default
from ui.networks.alphabet import of_trained
from ui.networks.catalogue import CATALOGUE
from ui.stepper.network_message import packed
from ui.trainer import weights


def look_at(name: str) -> Look:
    return Look(1, 0.5, 0.5, {}, 0.1, 0.2, 1, "", 0.5, shipped.network(name))


def test_without_an_embedding_weights_are_all() -> None:
    assert weights.weights_told(default("count10"), look_at("count10-lstm")).keys() == {"layers", "readout"}


def test_of_an_embedding_the_rows_of_the_alphabet_are_told_and_they_are_those_of_the_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card, entry = shipped.card("reviews-lstm"), CATALOGUE["reviews"]
    monkeypatch.setattr(weights, "begun", lambda _: SimpleNamespace(card=card, entry=entry))
    look = look_at("reviews-lstm")
    alphabet = of_trained(card, lambda: look.network, entry.examples)
    assert alphabet is not None and alphabet.rows.any()
    told = weights.weights_told(default("reviews"), look)
    assert told["rows"] == packed(np.asarray(alphabet.rows))
