"""One door to every network that a reader can choose, the one that she brought herself among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cells import Network, shipped
from cells.shipped import Card
from ui.networks.catalogue import CATALOGUE, MOST_WRITTEN, Story
from ui.networks.comparable import KINDS, MOST_COMPARED, comparable
from ui.networks.kinds import KIND, Answers, Inputs, Kind, features, numbered
from ui.networks.tokenize import Reading
from ui.networks.uploaded import YOURS
from ui.session import private as session

if TYPE_CHECKING:
    from ui.networks.defaults import Selection

__all__ = [
    "CATALOGUE", "KINDS", "MOST_COMPARED", "MOST_WRITTEN", "Answers", "Inputs", "Story", "answers", "card",
    "comparable", "directions", "features", "inputs", "named", "network", "offered", "opening_unit",
    "parameters", "private", "read", "shape", "story", "tells", "unit_names", "whole",
]  # fmt: skip


def story(name: str) -> Story:
    """The entry of the picker of this name; KeyError where there is none in this session."""
    own = session.own()
    return own.story if name == YOURS and own is not None else CATALOGUE[name]


def offered(stories: Sequence[str] = tuple(CATALOGUE)) -> tuple[str, ...]:
    """The stories, and behind them the network that the reader brought, if she has brought one."""
    return (*stories, *((YOURS,) if session.own() is not None else ()))


def private(selection: Selection) -> bool:
    """Whether the chosen network belongs to this session alone."""
    return selection.network == YOURS


def _kind(selection: Selection) -> Kind:
    own = session.own()
    if own is not None and private(selection):
        return own.kind
    return KIND[CATALOGUE[selection.network].kind]


def card(selection: Selection) -> Card | None:
    """The card of the trained network that is chosen, if it is one."""
    return shipped.card(selection.model) if story(selection.network).siblings else None


def named(selection: Selection) -> str:
    """The name of the trained network that is chosen, empty for all others."""
    trained = card(selection)
    return trained.name if trained else ""


def read(selection: Selection) -> Reading:
    """What the reader typed, as the chosen network takes it."""
    return _kind(selection).read(selection, story(selection.network))


def answers(selection: Selection) -> Answers | None:
    """What the chosen network answers, if it answers anything."""
    return _kind(selection).answers(selection)


def network(selection: Selection) -> Network:
    """The chosen network; the same choice always gives the same weights, whatever the text."""
    return _kind(selection).network(selection)


def whole(selection: Selection, network: Network) -> Network:
    """The chosen network as it leaves: a reader's own with its embedding, which here is looked up before."""
    own = session.own()
    return own.understood.network if own is not None and private(selection) else network


def inputs(selection: Selection, reading: Reading) -> Inputs:
    """The tokens as rows of x for the chosen network."""
    return _kind(selection).inputs(selection, reading)


def unit_names(selection: Selection, units: int) -> tuple[str, ...]:
    """What the units of the shown layer are called: by their task where they have one, else 1, 2, 3, …"""
    return _kind(selection).unit_names(selection) or numbered(units)


def shape(selection: Selection) -> tuple[int, int]:
    """Layers and directions of the chosen network."""
    return _kind(selection).shape(selection)


def directions(selection: Selection) -> int:
    """In how many directions the chosen network reads."""
    return shape(selection)[1]


def parameters(selection: Selection) -> int:
    """How many parameters the chosen network's own file counts, 0 for all that came in none."""
    return _kind(selection).parameters(selection)


def opening_unit(selection: Selection) -> int:
    """The unit worth looking at first: of a trained network the most telling one."""
    return _kind(selection).unit(selection)


def tells(selection: Selection) -> str:
    """What that unit goes with, as far as its network says so."""
    return _kind(selection).tells(selection)
