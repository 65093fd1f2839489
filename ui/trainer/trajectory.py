"""One run of one recipe, as far as it is trained: what was seen on its way, where it can go on from."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from cells.training.looking import Look, look_at
from cells.training.parts import Parts
from cells.training.written import read
from ui.trainer.faults import DIED, MISSING, Failure
from ui.trainer.messages import Explained, Failed, Job, Looked, Message, Reached, Stopped
from ui.trainer.telling import look_told

SLICE = 0.5  # seconds of a job: then another run has its turn
MOST_BYTES = 12 * 2**20  # of weights and states; a run of a thousand weights comes to one or two MB
MOST_LOOKS = 256  # a recipe has at most 64: the others are where somebody paused
MOST_PARTS = 32  # explained updates
TRIES = 2  # times that a worker may die of it


class Left(NamedTuple):
    """Where a run can be gone on from: its pickled state, after so many seconds of training."""

    state: bytes
    seconds: float


class Trajectory:
    """A run; `untils` are the updates it is wanted to go on to, `explains` those before an explained one.

    `told` has every look as pages are told it, `looks` those whose weights there is room for, `parts` the
    explained updates by the one before. `turn` is when it had its last job, `reached` how far it is.
    """

    def __init__(self, line: str) -> None:
        recipe = read(line)
        self.line, self.steps, self._schedule = line, recipe.schedule.steps, look_at(recipe)
        self.told: dict[int, dict[str, object]] = {}
        self.looks: dict[int, Look] = {}
        self.parts: dict[int, Parts] = {}
        self.failure: Failure | None = None
        self.reached = self.turn = 0
        self._left: dict[int, Left] = {}  # the latest to arrive stands last
        self._seconds, self._deaths, self._weights = 0.0, 0, 0

    # What is to be done

    def missing(self, untils: Collection[int]) -> list[int]:
        """The updates that a look is still wanted after: the recipe's, and where somebody stops."""
        most = max(untils, default=-1)
        wanted = {update for update in self._schedule if update <= most and update not in self.told}
        wanted |= {update for update in untils if update not in self.looks}
        return sorted(update for update in wanted if self._can_reach(update))

    def unexplained(self, explains: Collection[int]) -> list[int]:
        """The updates after which the next is still to be explained."""
        ahead = {update for update in explains if update not in self.parts and update < self.steps}
        return sorted(update for update in ahead if self._can_reach(update + 1))

    def _can_reach(self, update: int) -> bool:
        """Where it diverged it can be trained up to there; if workers died of it, it is left alone."""
        failed = self.failure
        return failed is None or (failed.name != DIED and update < failed.update)

    def job(self, untils: Collection[int], explains: Collection[int]) -> Job | None:
        """What a worker may do next, from the last state before it; None where nothing is to be done."""
        looks, asked = self.missing(untils), self.unexplained(explains)
        if not looks and not asked:
            return None
        first = min([*looks, *asked])
        before = max((update for update in self._left if update <= first), default=None)
        beyond = min((update for update in self._left if update > first), default=self.steps + 1)
        left = Left(b"", 0.0) if before is None else self._left[before]
        self._seconds = left.seconds
        explained = asked[0] if asked and asked[0] < beyond else None
        goals = tuple(update for update in looks if update < beyond)
        return Job(self.line, left.state or None, goals, explained, SLICE)

    # What has come

    def hear(self, message: Message, untils: Collection[int]) -> None:
        """Take in what a worker said."""
        match message:
            case Looked(look, state, seconds):
                self._leave(look.update, state, seconds)
                self.told[look.update] = look_told(look, self._seconds)
                self.looks[look.update] = look
                self._weights = 4 * look.network.parameters
            case Stopped(update, state, seconds):
                self._leave(update, state, seconds)
            case Reached(update):
                self.reached = max(self.reached, update)
            case Explained(parts):
                self.parts[parts.update - 1] = parts
            case Failed(fault, update, details):
                self.failure = Failure(fault, update, details)
        self._spare({*untils, 0, max(self.looks, default=0)})

    def died(self) -> None:
        """The worker ended in the midst of it: once more from the last state, or never again."""
        self.reached = max(self._left, default=0)
        self._deaths += 1
        if self._deaths >= TRIES:
            self.failure = Failure(DIED, self.reached, {})

    def once_more(self) -> None:
        """Try again what may go well now: a text that was missing is there, or the machine has room again."""
        if self.failure is not None and self.failure.name in (DIED, MISSING):
            self.failure, self._deaths = None, 0

    def _leave(self, update: int, state: bytes, seconds: float) -> None:
        self._seconds += seconds
        self._left.pop(update, None)
        self._left[update] = Left(state, self._seconds)
        self.reached = max(self.reached, update)

    # How much of it is kept

    @property
    def bytes(self) -> int:
        """What its weights and states take."""
        return len(self.looks) * self._weights + sum(len(left.state) for left in self._left.values())

    def _spare(self, needed: Collection[int]) -> None:
        """Forget what is needed least: states between looks, then the oldest states, then weights."""
        if self._left:
            ends = {max(self._left), list(self._left)[-1]}
            for update in self._left.keys() - ends - self.told.keys():
                del self._left[update]
            excess = self.bytes - MOST_BYTES
            for update in [update for update in self._left if update not in ends]:
                if excess > 0:
                    excess -= len(self._left.pop(update).state)
        excess = self.bytes - MOST_BYTES
        for update in sorted(self.looks.keys() - needed) if excess > 0 else ():
            if excess > 0:
                excess -= self._weights
                del self.looks[update]
        for update in sorted(self.told.keys() - {*needed, *self._schedule})[: len(self.told) - MOST_LOOKS]:
            del self.told[update]
            self.looks.pop(update, None)
        for update in list(self.parts)[:-MOST_PARTS]:
            del self.parts[update]
