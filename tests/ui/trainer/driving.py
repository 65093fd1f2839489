"""A pool whose jobs are done here, one after the other, without a process: nothing hangs on the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from cells.network import Network
from cells.parameters import by_name
from cells.training.looking import Look
from cells.training.training import Training
from cells.training.written import read
from ui.trainer.messages import Job, Looked, Message, Stopped
from ui.trainer.pool import Pool
from ui.trainer.worker import Runs, done

TINY = "first.LSTM.longest=2.units=2.steps=8.batch=2"
LAST = 8
BYTES = 100  # of a pretended state
NETWORK = Network.random("LSTM", 2, 2)
Work = Callable[[Job], Iterator[Message]]


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def seeded(seed: int) -> str:
    return f"{TINY}.seed={seed}" if seed else TINY


def opened(pool: Pool, session: str = "me", line: str = TINY, until: int = 0) -> str:
    handle, _ = pool.open(session, line)
    pool.want(handle.id, until)
    return handle.id


def pretended(job: Job, updates: int = 10**6) -> Iterator[Message]:
    """A job in which nothing is trained: so many updates of it, and a look wherever one is wanted."""
    update = int(job.state or b"0")
    ends = min(update + updates, max(job.looks))
    for look in job.looks:
        if look <= ends:
            yield Looked(Look(look, 0.5, 0.5, {}, 1.0, None, 1, "", 0.0, NETWORK), state_of(look), 0.25)
    yield Stopped(ends, state_of(ends), 0.25)


def state_of(update: int) -> bytes:
    return str(update).zfill(BYTES).encode()


one_update = partial(pretended, updates=1)


def trains() -> Work:
    """What a worker does, with a memory for runs that lasts as long as this does."""
    return partial(done, runs=Runs())


def forgets(job: Job) -> Iterator[Message]:
    """What a worker does that has never heard of the run."""
    return done(job, Runs())


def turn(pool: Pool, work: Work = pretended) -> str:
    """One job, done; its line, or nothing."""
    job = pool.take()
    if job is None:
        return ""
    for message in work(job):
        pool.hear(job.line, message)
    pool.ends(job.line)
    return job.line


def driven(pool: Pool, work: Work = pretended, until: Callable[[], bool] = lambda: False) -> list[str]:
    """The lines of the jobs that are done until there are none, or until something holds."""
    lines = []
    while not until() and (line := turn(pool, work)):
        lines.append(line)
    return lines


def updates(pool: Pool, name: str) -> list[int]:
    """The updates whose looks a reader is told."""
    looks = pool.told(name, (), ())["looks"]
    assert isinstance(looks, list)
    return [look["update"] for look in looks]


def trained(updates: int, line: str = TINY) -> Training:
    """The run as it is without a pool."""
    run = Training(read(line))
    for _ in range(updates):
        run.advance()
    return run


def same(one: Network | None, other: Network | None) -> bool:
    """Whether two networks have the very same numbers."""
    assert one is not None and other is not None
    pairs = zip(by_name(one).values(), by_name(other).values(), strict=True)
    return all(np.array_equal(mine, yours) for mine, yours in pairs)
