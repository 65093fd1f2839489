"""Training for all readers of a server: who wants what, whose turn it is, and what has come of it.

Routes ask from the server's event loop, pages from threads of their own, and workers hand in what comes of
their jobs: each call takes the one lock for as long as it takes to look something up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Condition
from time import monotonic
from typing import NamedTuple

from cells.network import Network
from cells.training.faults import RecipeError
from cells.training.looking import Look
from cells.training.written import read, written
from ui.trainer.faults import Failure, TrainerError
from ui.trainer.handles import Handle, Handles
from ui.trainer.messages import Job, Message
from ui.trainer.process import Worker
from ui.trainer.queue import Wish, in_order, places
from ui.trainer.telling import parts_told
from ui.trainer.trajectory import Trajectory
from ui.trainer.weights import WeightsTold, weights_told

UNDER_WAY = 4  # runs of a worker that advance in turn; the others wait
MOST_TRAJECTORIES = 48  # at 12 MB each at most; the least recently used go first
IDLE = 180.0  # seconds after which a worker that has nothing to do ends


class Standing(NamedTuple):
    """Where a run is for one reader: waiting with its place, training, resting, done or failed."""

    state: str
    place: int
    update: int
    failure: Failure | None


class Pool:
    """Runs, handles on them, and the workers; `workers` is how many of these there may be."""

    def __init__(self, workers: int, clock: Callable[[], float] = monotonic) -> None:
        self.most = workers
        self._clock, self._changed = clock, Condition()
        self._handles = Handles()
        self._runs: dict[str, Trajectory] = {}  # by their lines; the latest to be used stands last
        self._busy: set[str] = set()
        self._places: dict[str, int] = {}
        self._workers: set[Worker] = set()
        self._idle = self._count = 0
        self._ended = False

    # What readers ask

    def warm(self) -> None:
        """Somebody has come who may train soon: a worker is ready by then."""
        with self._changed:
            if self.most and not self._workers and not self._ended:
                self._workers.add(Worker(self, IDLE))

    def open(self, session: str, text: str) -> tuple[Handle, Trajectory]:
        """A new handle on a run, which is looked at once before its first update."""
        try:
            line = written(read(text))
        except RecipeError as fault:
            raise TrainerError("recipe", {"fault": fault.fault, "details": fault.details}) from None
        with self._changing():
            now = self._clock()
            wanted = {handle.line for handle in self._handles if not handle.over(now)}
            if line not in wanted and len(wanted) >= MOST_TRAJECTORIES:
                raise TrainerError("no_place")
            handle = self._handles.open(session, line, now)
            handle.want(0, self._next())
            run = self._used(line)
            run.once_more()
            return handle, run

    def want(self, name: str, until: int) -> None:
        """Train on to an update, or let it rest there."""
        with self._changing():
            handle = self._acting(name)
            run = self._used(handle.line)
            run.once_more()
            handle.want(min(until, run.steps), self._next())
            handle.tell()

    def explain(self, name: str, after: int) -> None:
        """Tell the single update after so many, with its parts."""
        with self._changing():
            handle = self._acting(name)
            if after >= self._run(handle.line).steps:
                raise TrainerError("nonsense")
            handle.ask(after, self._next())
            handle.tell()

    def leave(self, name: str) -> None:
        """Nobody wants this any more."""
        with self._changing():
            self._handles.close(self._handles.find(name))

    @contextmanager
    def listening(self, name: str, listener: Callable[[], object]) -> Iterator[None]:
        """Have a function called at every change of a run."""
        with self._changing():
            handle = self._handles.find(name)
            handle.listen(listener)
            self._used(handle.line)
        try:
            yield
        finally:
            with self._changing():
                handle.leave(listener, self._clock())

    def told(self, name: str, looks: Collection[int], parts: Collection[int]) -> dict[str, object]:
        """What a page is told, but for looks and explained updates that it was told already."""
        with self._changed:
            if self._ended:
                raise TrainerError("gone")
            handle = self._handles.find(name)
            run, standing = self._run(handle.line), self._standing(handle)
            seen = sorted(update for update in run.told if update <= handle.until)
            fresh = [run.told[update] for update in seen if update not in looks]
            newest = run.looks.get(seen[-1]) if seen and seen[-1] not in looks else None
            explained = [
                run.parts[after] for after in handle.asked if after in run.parts and after not in parts
            ]
        weights = newest and weights_told(read(handle.line), newest)
        return {
            "state": standing.state,
            "place": standing.place,
            "update": standing.update,
            "fault": standing.failure and standing.failure.told(),
            "looks": [
                {**look, "weights": weights if newest and look["update"] == newest.update else None}
                for look in fresh
            ],
            "parts": [parts_told(one) for one in explained],
        }

    def weights(self, name: str, update: int) -> WeightsTold:
        """The weights at a look that a reader has seen."""
        with self._changed:
            handle = self._handles.find(name)
            look = self._run(handle.line).looks.get(update) if update <= handle.until else None
        if look is None:
            raise TrainerError("no_weights")
        return weights_told(read(handle.line), look)

    # What pages ask

    def look(self, name: str, update: int) -> Look | None:
        """A look at a run, by a handle's name or by its line; None where it is not kept."""
        with self._changed:
            line = next((handle.line for handle in self._handles if handle.id == name), name)
            return self._runs[line].looks.get(update) if line in self._runs else None

    def network(self, name: str, update: int) -> Network | None:
        """What the network of a run was after an update; None where that is not kept."""
        look = self.look(name, update)
        return look and look.network

    def state_of(self, name: str) -> Standing:
        """Where a run is for the reader of a handle."""
        with self._changed:
            return self._standing(self._handles.find(name))

    # What workers do

    def take(self, wait: float = 0.0) -> Job | None:
        """The next job; None where there is none for so long, or never again."""
        with self._changed:
            self._idle += 1
            due = self._changed.wait_for(lambda: self._ended or self._due(), wait)
            self._idle -= 1
            if due is True or not due:
                return None
            run = min((self._runs[line] for line in due), key=lambda run: run.turn)
            run.turn = self._next()
            self._busy.add(run.line)
            return run.job(*self._wanted(run.line))

    def hear(self, line: str, message: Message) -> None:
        """Take in what came of a job."""
        with self._changed:
            self._runs[line].hear(message, self._wanted(line)[0])
            self._tell({line})

    def ends(self, line: str, died: bool = False) -> None:
        """A job has ended, or its worker has."""
        with self._changing():
            if died:
                self._runs[line].died()
            self._busy.discard(line)
            self._tell({line})

    def goes(self, worker: Worker) -> None:
        """A worker has nothing to do and ends."""
        with self._changing():
            self._workers.discard(worker)

    def end(self) -> None:
        """The server stops."""
        with self._changed:
            self._ended = True
            for worker in self._workers:
                worker.kill()
            self._changed.notify_all()
            self._tell(self._runs.keys())

    # Within the lock

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._changed:
            yield
            self._forget()
            lacking = min(len(self._due()) - self._idle, self.most - len(self._workers))
            for _ in range(0 if self._ended else lacking):
                self._workers.add(Worker(self, IDLE))
            self._changed.notify_all()

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _acting(self, name: str) -> Handle:
        handle = self._handles.find(name)
        handle.act(self._clock())
        return handle

    def _run(self, line: str) -> Trajectory:
        if line not in self._runs:
            self._runs[line] = Trajectory(line)
        return self._runs[line]

    def _used(self, line: str) -> Trajectory:
        run = self._run(line)
        self._runs[line] = self._runs.pop(line)
        return run

    def _wanted(self, line: str) -> tuple[list[int], list[int]]:
        """How far a run is wanted, and which updates are to be explained."""
        now = self._clock()
        waiting = [handle for handle in self._handles.of(line) if not handle.over(now)]
        return [handle.until for handle in waiting], [after for handle in waiting for after in handle.asked]

    def _order(self) -> list[str]:
        now, wishes = self._clock(), []
        for handle in self._handles:
            if not handle.over(now) and (left := self._left(handle)):
                wishes.append(Wish(handle.line, handle.session, handle.since, left == 1))
        return in_order(wishes)

    def _left(self, handle: Handle) -> int:
        """How many looks and explained updates a reader is still waiting for."""
        run = self._run(handle.line)
        return len(run.missing([handle.until])) + len(run.unexplained(handle.asked))

    def _due(self) -> list[str]:
        """The runs that are under way, and that no worker is at; who has another place now is told so."""
        before, self._places = self._places, places(self._order(), UNDER_WAY * max(1, self.most))
        known = before.keys() | self._places.keys()
        self._tell({line for line in known if before.get(line) != self._places.get(line)})
        return [line for line, place in self._places.items() if not place and line not in self._busy]

    def _standing(self, handle: Handle) -> Standing:
        run = self._run(handle.line)
        update = min(run.reached, handle.until)
        if self._left(handle):
            place = self._places.get(handle.line, 0)
            return Standing("waiting" if place else "training", place, update, None)
        if handle.until not in run.looks:
            return Standing("failed", 0, update, run.failure)
        return Standing("done" if handle.until >= run.steps else "resting", 0, update, None)

    def _tell(self, lines: Collection[str]) -> None:
        for handle in self._handles:
            if handle.line in lines:
                handle.tell()

    def _forget(self) -> None:
        """Let the least recently used runs go, but none that somebody waits for or a worker is at."""
        now = self._clock()
        needed = self._busy | {handle.line for handle in self._handles if not handle.over(now)}
        for line in tuple(self._runs):
            if len(self._runs) > MOST_TRAJECTORIES and line not in needed:
                del self._runs[line]


@cache
def pool() -> Pool:
    """The pool of this process, a worker for each core but one; none is started before it is needed."""
    return Pool(max(1, (os.cpu_count() or 1) - 1))
