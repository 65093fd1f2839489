"""What stands behind a choice of network, found once: everything after it takes the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cells import Network, shipped
from cells.altered_weights import altered
from cells.shipped import Card, Recorded
from ui.networks.alphabet import Alphabet
from ui.networks.catalogue import CATALOGUE, CatalogueEntry
from ui.networks.kinds import KIND, Answers, Inputs, Kind, numbered
from ui.networks.learned import Learned
from ui.networks.own import YOURS, Own
from ui.networks.tokenize import TokenizedText
from ui.networks.trained import recorded
from ui.networks.uploaded import Uploaded
from ui.selection.alterations import fitted_alterations
from ui.selection.records import NetworkChoice

PLAIN = NetworkChoice()


@dataclass(frozen=True, eq=False)
class Source:
    """A chosen network: its entry of the picker, its kind, and the card if it was trained.

    `own` is the reader's own network where it is the chosen one, which belongs to her session alone.
    """

    choice: NetworkChoice
    entry: CatalogueEntry
    kind: Kind
    card: Card | None = None
    own: Own | None = None

    @property
    def private(self) -> bool:
        """Whether the network belongs to one session alone."""
        return self.own is not None

    @property
    def uploaded(self) -> Uploaded | None:
        """The reader's own network, where it came in a file."""
        return self.own if isinstance(self.own, Uploaded) else None

    @property
    def learned(self) -> Learned | None:
        """The reader's own network, where it was trained here."""
        return self.own if isinstance(self.own, Learned) else None

    @property
    def name(self) -> str:
        """The name of a trained network, empty for all others."""
        return self.card.name if self.card else ""

    @property
    def recorded(self) -> Recorded | None:
        """The moment of its training that is chosen, where it is trained and another than the last."""
        return recorded(self.card, self.choice) if self.card else None

    @cached_property
    def weights(self) -> NetworkChoice:
        """The choice without what the weights do not hang on: alike for all choices of the same weights."""
        parts = ("altered", *self.kind.depends(self.choice))
        return replace(PLAIN, **{part: getattr(self.choice, part) for part in parts})

    @cached_property
    def plain(self) -> Source:
        """The same with its weights as they came."""
        return replace(self, choice=replace(self.choice, altered="")) if self.choice.altered else self

    def network(self) -> Network:
        """The network; the same choice always gives the same weights, whatever the text."""
        return self._altered(self.kind.network(self.choice))

    def whole(self, network: Network) -> Network:
        """The network as it leaves: a reader's own with its embedding, which here is looked up before."""
        return network if self.own is None else self._altered(self.own.whole)

    def _altered(self, network: Network) -> Network:
        alterations = fitted_alterations(self.choice.altered, network).in_force
        return altered(network, alterations) if alterations else network

    def read(self, text: str) -> TokenizedText:
        """What the reader typed, as the network takes it."""
        return self.kind.read(self.choice, text, self.entry.most)

    def inputs(self, text: TokenizedText) -> Inputs:
        """The tokens as rows of x."""
        return self.kind.inputs(self.choice, text)

    def alphabet(self) -> Alphabet | None:
        """What a page can read by itself, if anything."""
        return self.kind.alphabet(self.choice)

    def answers(self) -> Answers | None:
        """What the network answers, if it answers anything."""
        return self.kind.answers(self.choice)

    def unit_names(self, units: int) -> tuple[str, ...]:
        """What the units of the shown layer are called: by their task where they have one, else 1, 2, 3, …"""
        return self.kind.unit_names(self.choice) or numbered(units)

    @property
    def layers(self) -> int:
        """How many layers it has."""
        return self.kind.shape(self.choice)[0]

    @property
    def directions(self) -> int:
        """In how many directions it reads."""
        return self.kind.shape(self.choice)[1]

    @property
    def parameters(self) -> int:
        """How many parameters the network's own file counts, 0 for all that came in none."""
        return self.kind.parameters(self.choice)

    def opening_unit(self, text: str) -> int:
        """The unit worth looking at first: of a trained network the most telling one."""
        return self.kind.unit(self.choice, text)

    @property
    def tells(self) -> str:
        """What that unit goes with, as far as its network says so."""
        return self.kind.tells(self.choice)


def entry_of(network: str, own: Own | None = None) -> CatalogueEntry:
    """The entry of the picker of this name; KeyError where there is none in this session."""
    return own.entry if network == YOURS and own is not None else CATALOGUE[network]


def resolve(choice: NetworkChoice, own: Own | None = None) -> Source:
    """What stands behind a choice; KeyError where it is a reader's own network and there is none."""
    if choice.network == YOURS and own is not None:
        return Source(choice, own.entry, own.kind, own.card, own)
    entry = CATALOGUE[choice.network]
    return Source(choice, entry, KIND[entry.kind], shipped.card(choice.model) if entry.siblings else None)


def offered(own: Own | None, networks: Sequence[str] = tuple(CATALOGUE)) -> tuple[str, ...]:
    """The networks of a page, and behind them the reader's own, if she has any."""
    return (*networks, *((YOURS,) if own is not None else ()))
