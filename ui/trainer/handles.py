"""Who wants what: a handle for each run that somebody opened; its name is their secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from secrets import token_urlsafe

from ui.rooms.allowance import Allowance
from ui.trainer.faults import TrainerError

MOST_A_SESSION = 4  # runs: two beside each other, and those of another tab
MOST = 200
MOST_STREAMS = 8  # that listen to one handle
GONE = 60.0  # seconds without a stream, after which nobody is waiting for it
OPENINGS = (200, 20.0)  # runs that are opened at once, and a second: a class opens two each
ACTS = (30, 10.0)  # of one handle
LONGEST_NAME = 64  # letters of a session's random name
MOST_ASKED = 8  # explained updates that are told again to a page that comes back


class Handle:
    """One run as one reader sees it: up to the update `until`, however far it is trained for others."""

    def __init__(self, session: str, line: str, now: float) -> None:
        self.id, self.session, self.line = token_urlsafe(18), session, line
        self.until = self.since = 0
        self.asked: list[int] = []  # updates after which the next is to be explained
        self.listeners: set[Callable[[], object]] = set()
        self._heard, self._acts = now, Allowance(*ACTS)

    def over(self, now: float) -> bool:
        """Whether nobody is waiting for it any more."""
        return not self.listeners and now - self._heard > GONE

    def want(self, until: int, since: int) -> None:
        """Go on to an update, or stop at it."""
        self.until, self.since = until, since

    def ask(self, after: int, since: int) -> None:
        """Have the update after so many explained."""
        self.asked = [*(update for update in self.asked if update != after), after][-MOST_ASKED:]
        self.since = since

    def act(self, now: float) -> None:
        """TrainerError unless something more may be done at this moment."""
        if not self._acts.take(now):
            raise TrainerError("too_often")
        self._heard = now

    def listen(self, listener: Callable[[], object]) -> None:
        """A page hears of every change from now on."""
        if len(self.listeners) >= MOST_STREAMS:
            raise TrainerError("too_many")
        self.listeners.add(listener)

    def leave(self, listener: Callable[[], object], now: float) -> None:
        """It does no more."""
        self.listeners.discard(listener)
        self._heard = now

    def tell(self) -> None:
        """Something has changed."""
        for listener in tuple(self.listeners):
            listener()


class Handles:
    """All of a server; where there are too many, a new one takes the place of one that nobody waits for."""

    def __init__(self) -> None:
        self._handles: dict[str, Handle] = {}  # the latest to be used stands last
        self._openings = Allowance(*OPENINGS)

    def __iter__(self) -> Iterator[Handle]:
        return iter(tuple(self._handles.values()))

    def open(self, session: str, line: str, now: float) -> Handle:
        """A new one; TrainerError says why there can be none."""
        if not 0 < len(session) <= LONGEST_NAME:
            raise TrainerError("nonsense")
        if not self._openings.take(now):
            raise TrainerError("too_often")
        theirs = [handle for handle in self if handle.session == session]
        if len(theirs) >= MOST_A_SESSION:
            self._give_way(theirs, "too_many", now)
        if len(self._handles) >= MOST:
            self._give_way(list(self), "no_place", now)
        handle = Handle(session, line, now)
        self._handles[handle.id] = handle
        return handle

    def find(self, name: str) -> Handle:
        """The handle of this name; TrainerError where there is none, or none any more."""
        if name not in self._handles:
            raise TrainerError("gone")
        self._handles[name] = self._handles.pop(name)
        return self._handles[name]

    def close(self, handle: Handle) -> None:
        """Forget one."""
        self._handles.pop(handle.id, None)
        handle.tell()

    def of(self, line: str) -> list[Handle]:
        """Those of one run."""
        return [handle for handle in self if handle.line == line]

    def _give_way(self, among: list[Handle], fault: str, now: float) -> None:
        oldest = next((handle for handle in among if handle.over(now)), None)
        if oldest is None:
            raise TrainerError(fault)
        self.close(oldest)
