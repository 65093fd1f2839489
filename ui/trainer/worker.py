"""A worker process, `python -m ui.trainer.worker`: jobs come in by stdin, messages go out by stdout.

It gives way to whoever serves pages, and ends as soon as nobody is at the other end of a pipe.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from time import perf_counter

from cells.training.faults import Diverged, RecipeError
from cells.training.training import Training
from cells.training.written import read
from ui.trainer.messages import Explained, Failed, Job, Looked, Message, Reached, Stopped, receive, send

GIVES_WAY = 10  # how nice it is
TOLD = 0.2  # seconds after which it says how far it is
KEPT = 4  # runs whose next job does without their state, as long as no other worker went on with them


def main() -> None:
    """Do jobs until nobody sends any."""
    jobs, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what somebody prints is no message
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then lets go of the pipes
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    runs = Runs()
    try:
        while True:
            for message in done(receive(jobs), runs):
                send(told, message)
    except (EOFError, BrokenPipeError):
        os._exit(0)  # without flushing what nobody reads


class Runs:
    """The runs that were gone on with last, as they are in memory."""

    def __init__(self) -> None:
        self._runs: dict[str, Training] = {}

    def at(self, job: Job) -> Training:
        """The run that a job goes on with, in the state that it says."""
        state = None if job.state is None else pickle.loads(job.state)  # noqa: S301  # our own, see messages
        run = self._runs.pop(job.line, None)
        if run is None or run.diverged or run.update != (0 if state is None else state.update):
            recipe = read(job.line)
            run = Training(recipe) if state is None else Training.resumed(recipe, state)
        self._runs[job.line] = run
        for oldest in list(self._runs)[:-KEPT]:
            del self._runs[oldest]
        return run


def done(job: Job, runs: Runs) -> Iterator[Message]:
    """What comes of a job."""
    try:
        run = runs.at(job)
    except RecipeError as fault:
        yield Failed(fault.fault, 0, fault.details)
        return
    began = told = perf_counter()
    first, ends = run.update, began + job.seconds

    def seconds() -> float:
        nonlocal began
        now = perf_counter()
        took, began = now - began, now
        return took

    goals = sorted({*job.looks, *(() if job.explains is None else (job.explains,))})
    try:
        for goal in goals:
            while run.update < goal and (run.update == first or perf_counter() < ends):
                run.advance()
                if (now := perf_counter()) > told + TOLD:
                    told = now
                    yield Reached(run.update)
            if run.update < goal:
                break
            if goal in job.looks:
                took = seconds()
                yield Looked(run.look(), packed(run), took)
                began = perf_counter()
            if goal == job.explains:
                yield Explained(run.explained())
    except Diverged as fault:
        yield Looked(run.look(), packed(run), seconds())
        yield Failed(fault.fault, fault.update, fault.details)
        return
    yield Stopped(run.update, packed(run), seconds())


def packed(run: Training) -> bytes:
    """A run's state as it goes through the pipe."""
    return pickle.dumps(run.state(), pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
