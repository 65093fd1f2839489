"""Whose turn it is: each reader's first run before anybody's second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Wish(NamedTuple):
    """A session wants a run to go on, since its number in the order of all wishes; `short`: by one look."""

    line: str
    session: str
    since: int
    short: bool = False


def in_order(wishes: Iterable[Wish]) -> list[str]:
    """The runs in the order in which they are trained; wishes for the same one are one, in the best's place.

    What ends at the next look goes first: who goes on look by look waits for nobody's whole training.
    """
    before = Counter[str]()
    best: dict[str, tuple[bool, int, int]] = {}
    for wish in sorted(wishes, key=lambda wish: wish.since):
        place = not wish.short, before[wish.session], wish.since
        before[wish.session] += not wish.short
        best[wish.line] = min(place, best.get(wish.line, place))
    return sorted(best, key=lambda line: best[line])


def places(order: Iterable[str], under_way: int) -> dict[str, int]:
    """How many runs have to end before each is under way: 0 is under way, 1 is next."""
    return {line: max(0, place - under_way) for place, line in enumerate(order, 1)}
