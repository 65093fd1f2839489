"""The weights of a trained network that a choice asks for: as they ship, on the way, or before training."""

from __future__ import annotations

from cells import Network, shipped
from cells.shipped import Card, Recorded
from ui.selection.records import TRAINED, NetworkChoice


def checkpoints(card: Card) -> tuple[str, ...]:
    """What the checkpoints of a network are called, the one that ships last; nothing where none were kept."""
    return (*(str(one.update) for one in card.recorded), TRAINED) if card.recorded else ()


def recorded(card: Card, choice: NetworkChoice) -> Recorded | None:
    """The moment of its training that is chosen; None for the network as it ships, and for its twin."""
    return None if choice.twin or choice.checkpoint == TRAINED else card.at(int(choice.checkpoint))


def network_of(choice: NetworkChoice) -> Network:
    """The network; a ValueError names a file that is damaged."""
    card = shipped.card(choice.model)
    moment = recorded(card, choice)
    if choice.twin:
        return card.twin(choice.seed)
    return shipped.network(card.name) if moment is None else shipped.checkpoint(card.name, moment.update)
