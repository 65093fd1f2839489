"""What can go wrong with training here: each fault has a name; the page has its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ui.serving.faults import Refused

STATUS = {
    "recipe": 400,  # it cannot be trained: `says` has the fault of cells.training.faults, and its details
    "gone": 404,  # nobody opened a run by this name, or it was left
    "no_weights": 404,  # of this update they are kept no more
    "too_many": 429,  # runs of one reader
    "too_often": 429,
    "no_place": 503,  # for another run of anybody
    "nonsense": 400,
}
DIED = "died"  # what a run fails of whose worker ended in the midst of it, and again when it was tried again
MISSING = "package"  # of cells.training.faults: the text of a task is not here


class TrainerError(Refused):
    """What was asked of training cannot be done: `name` is a key of STATUS."""

    def __init__(self, name: str, says: Mapping[str, object] | None = None) -> None:
        super().__init__(name, STATUS[name], says)


class Failure(NamedTuple):
    """Why a run goes no further: DIED or a fault of cells.training with its details, and at which update."""

    name: str
    update: int
    details: Mapping[str, str | float]

    def told(self) -> dict[str, object]:
        """As a page is told it."""
        return {"name": self.name, "update": self.update, "details": dict(self.details)}
