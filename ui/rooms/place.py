"""Where a teacher is: a page of the app, the link of its view, and the step in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ui.rooms.faults import RoomError

PAGE = re.compile(r"[a-z]{1,20}")
LONGEST_QUERY = 6_000  # letters of a link; those that the app makes are shorter
MOST = 1_000_000  # steps, units, and equations of a step


@dataclass(frozen=True)
class Place:
    """Step and unit count from 1, the operation within a step from 0; None is the whole step."""

    page: str
    query: str
    step: int
    unit: int
    operation: int | None = None

    def told(self) -> dict[str, object]:
        """As a follower is told it."""
        return asdict(self)


def place_of(given: object) -> Place:
    """A place from what a browser sent; RoomError for anything else."""
    if not isinstance(given, Mapping):
        raise RoomError("nonsense")
    page, query, operation = given.get("page"), given.get("query"), given.get("operation")
    if not isinstance(page, str) or not PAGE.fullmatch(page):
        raise RoomError("nonsense")
    if not isinstance(query, str) or len(query) > LONGEST_QUERY:
        raise RoomError("nonsense")
    step, unit = _count(given.get("step"), 1), _count(given.get("unit"), 1)
    return Place(page, query, step, unit, None if operation is None else _count(operation, 0))


def _count(given: object, least: int) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= MOST:
        raise RoomError("nonsense")
    return given
