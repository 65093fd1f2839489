"""Networks of which something is claimed, in the form in which it is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cells import Network, shipped
from cells.arrays import Given, Matrix, Vector
from cells.handbuilt import HANDBUILT, HandBuilt
from cells.network import Run
from cells.shipped import Card
from cells.tokens import one_hot, token_vectors
from cells.trace import Trace
from ui.networks.kinds import TOKEN_FEATURES

SEED = 7  # of the random network that a reader sees first
TWINS = (0, 1, 2)  # seeds of untrained twins


@dataclass(frozen=True)
class Subject:
    """A network, how it reads tokens, and its unit (from 0) of which something is said.

    `card` is a trained network's, or of the one that it is the twin of; `built` a hand-built one's, with S.
    """

    name: str
    network: Network
    read: Callable[[Sequence[str]], Given]
    unit: int = 0
    card: Card | None = None
    built: HandBuilt | None = None
    sharpness: float = 0

    def run(self, tokens: Sequence[str]) -> Run:
        """The network on tokens."""
        return self.network.run(self.read(tokens))

    def trace(self, tokens: Sequence[str]) -> Trace:
        """The forward direction of the first layer on tokens."""
        return self.run(tokens).layers[0].forward

    def memory(self, tokens: Sequence[str]) -> Matrix:
        """c where there is one, else h: (time, unit)."""
        return memory(self.trace(tokens))

    def state(self, tokens: Sequence[str]) -> Vector:
        """The memory of the unit: (time,)."""
        return self.memory(tokens)[:, self.unit]

    @property
    def known(self) -> Card:
        """The card; only trained networks and their twins are asked for it."""
        assert self.card is not None
        return self.card

    @property
    def trained(self) -> Subject:
        """The trained network, of a twin too."""
        return of_card(self.known)


def memory(trace: Trace) -> Matrix:
    """c of a trace where there is one, else h: (time, unit)."""
    return trace["c" if "c" in trace.symbols else "h"]


def of_card(card: Card) -> Subject:
    """A trained network that ships."""
    return Subject(card.name, shipped.network(card.name), card.read, card.unit - 1, card)


def twins(subject: Subject) -> list[Subject]:
    """Untrained networks of the same size; of a hand-built one random networks."""
    if subject.card is not None:
        return [replace(subject, network=subject.card.twin(seed)) for seed in TWINS]
    features, units = subject.network.layers[0].forward.W[0].shape
    cell = subject.network.cell
    return [replace(subject, network=Network.random(cell, features, units, seed=seed)) for seed in TWINS]


def of_built(name: str, sharpness: float, cell: str = "LSTM") -> Subject:
    """A hand-built network at a strength of its gates."""
    built = HANDBUILT[name](sharpness)
    return Subject(
        f"{name} S = {sharpness:g}",
        replace(built.network, cell=cell),
        lambda tokens: one_hot(tokens, built.alphabet),
        built=built,
        sharpness=sharpness,
    )


def of_random(cell: str, initialisation: str) -> Subject:
    """The random network that a reader sees first, of a cell and initial weights."""
    network = Network.random(
        cell, features=TOKEN_FEATURES, units=16, seed=SEED, initialisation=initialisation
    )
    return Subject(
        f"random {cell}, {initialisation}",
        network,
        lambda tokens: token_vectors(tokens, TOKEN_FEATURES, SEED),
    )


def mean(values: Sequence[float] | np.ndarray) -> float:
    """The mean of what was measured: the share where these are yes and no."""
    return float(np.mean(values))
