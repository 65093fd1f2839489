"""A room: a teacher who leads, followers who are told where she is, and their answers as counts.

It knows no clock and no network: the present moment comes in as `now`, in seconds, and who wants to hear of
changes puts a function among the `listeners`. Of the teacher's secret it has the hash alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from hmac import compare_digest

from ui.rooms.allowance import Allowance
from ui.rooms.answers import Answers
from ui.rooms.faults import RoomError
from ui.rooms.place import Place

MOST_FOLLOWERS = 1_000
ABSENT = 300.0  # seconds without its teacher after which a room ends
LONGEST = 12 * 3600.0  # seconds that a room lasts at most
STEPS = (40, 25.0)  # places of a teacher at once, and a second
ANSWERS = (6, 1.0)  # answers of one browser
LONGEST_NAME = 64  # letters of a browser's or a tab's random name


def digest(secret: str) -> bytes:
    """What is kept of a secret."""
    return sha256(secret.encode()).digest()


class Room:
    """One room, from when it is opened until it has `ended`."""

    def __init__(self, letters: str, secret: str, now: float) -> None:
        self.letters = letters
        self.listeners: set[Callable[[], None]] = set()
        self.paused = self.ended = False
        self._digest, self._began, self._heard = digest(secret), now, now
        self._place: Place | None = None
        self._tab = ""
        self._teachers = 0
        self._here: Counter[str] = Counter()
        self._answers = Answers()
        self._steps = Allowance(*STEPS)
        self._rates: dict[str, Allowance] = {}

    @property
    def here(self) -> int:
        """How many browsers follow; several tabs of one count once."""
        return len(self._here)

    # The teacher

    def check(self, secret: str) -> None:
        """RoomError unless this is the secret of the room's teacher."""
        if not compare_digest(digest(secret), self._digest):
            raise RoomError("not_yours")

    def claim(self, tab: str) -> None:
        """Lead from this tab from now on; the one before is told so."""
        if not 0 < len(tab) <= LONGEST_NAME:
            raise RoomError("nonsense")
        self._tab = tab
        self.tell()

    def lead(self, tab: str, place: Place, now: float) -> None:
        """The teacher is at a place."""
        self._leads(tab)
        if not self._steps.take(now):
            raise RoomError("too_often")
        self._heard = now
        if place != self._place:
            self._place = place
            self.tell()

    def pause(self, tab: str, on: bool) -> None:
        """Let the followers be, or take them along again."""
        self._leads(tab)
        self.paused = on
        self.tell()

    def end(self) -> None:
        """Nothing is left of a room but that it was there."""
        self.ended = True
        self._answers, self._place = Answers(), None
        self.tell()

    def teacher_comes(self, now: float) -> None:
        """A page of the teacher listens."""
        self._teachers += 1
        self._heard = now

    def teacher_goes(self, now: float) -> None:
        """It does no more."""
        self._teachers -= 1
        self._heard = now

    def over(self, now: float) -> bool:
        """Whether the room has ended, or has to: its teacher is gone, or it lasts too long."""
        gone = not self._teachers and now - self._heard > ABSENT
        return self.ended or gone or now - self._began > LONGEST

    # The followers

    def admit(self, browser: str) -> None:
        """RoomError unless there is a place for a follower's page."""
        if not 0 < len(browser) <= LONGEST_NAME:
            raise RoomError("nonsense")
        if browser not in self._here and self.here >= MOST_FOLLOWERS:
            raise RoomError("full")

    def come(self, browser: str) -> None:
        """It listens."""
        self._here[browser] += 1

    def go(self, browser: str) -> None:
        """It does no more."""
        self._here[browser] -= 1
        if self._here[browser] <= 0:
            del self._here[browser]

    def answer(self, browser: str, question: object, option: object, now: float) -> None:
        """Count an answer of a browser that follows: one to each question, the latest."""
        if browser not in self._here:
            raise RoomError("not_yours")
        # One who is gone and comes back may hurry once more: no more are kept than can be here.
        if len(self._rates) > 2 * MOST_FOLLOWERS:
            self._rates = {name: rate for name, rate in self._rates.items() if name in self._here}
        if not self._rates.setdefault(browser, Allowance(*ANSWERS)).take(now):
            raise RoomError("too_often")
        self._answers.take(browser, question, option)
        self.tell()

    # What is told

    def tell(self) -> None:
        """Tell all who listen that something has changed."""
        self.__dict__.pop("told", None)
        for listener in tuple(self.listeners):
            listener()

    @cached_property
    def told(self) -> dict[str, object]:
        """What every follower may know."""
        place = self._place.told() if self._place else None
        return {"here": self.here, "paused": self.paused, "ended": self.ended, "place": place}

    def told_teacher(self) -> dict[str, object]:
        """What its teacher may know besides: which tab leads, and what the class answered."""
        return {**self.told, "leads": self._tab, "answers": self._answers.counts()}

    def _leads(self, tab: str) -> None:
        if tab != self._tab:
            raise RoomError("elsewhere")
