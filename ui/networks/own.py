"""A network that belongs to one session alone: a reader brought it in a file, or trained it here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from cells import Network
from cells.shipped import Card
from ui.networks.catalogue import CatalogueEntry
from ui.networks.kinds import Kind
from ui.words import Words

YOURS = "yours"  # what all of them are called among the networks of the picker


class Own(Protocol):
    """What is asked of one, wherever it came from."""

    @property
    def key(self) -> str:
        """What it is called among the networks of a session."""

    @property
    def digest(self) -> str:
        """What tells its numbers, on any text, from those of any other."""

    @property
    def entry(self) -> CatalogueEntry:
        """Its entry of the picker."""

    @property
    def kind(self) -> Kind:
        """What is done with it."""

    @property
    def card(self) -> Card | None:
        """How it was trained, where that is known."""

    @property
    def network(self) -> Network:
        """The network as it reads `tokens`, or rows."""

    @property
    def whole(self) -> Network:
        """The network as it leaves."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens that it reads; none where it reads numbers."""

    @property
    def parameters(self) -> int:
        """How many parameters it came with."""

    @property
    def link(self) -> Mapping[str, str]:
        """What a link says of it, which cannot carry it."""

    def label(self, words: Words) -> str:
        """What tells it from others of its session."""

    def told(self, words: Words) -> str:
        """What its numbers are, in short."""


def alike(one: Own, other: Own) -> bool:
    """Whether two networks read the same inputs: as many tokens under the same names, or rows as wide."""
    same = set(one.tokens) == set(other.tokens) and (
        bool(one.tokens) or one.network.features == other.network.features
    )
    return same and not {*one.entry.modes}.isdisjoint(other.entry.modes)
