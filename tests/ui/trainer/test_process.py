"""A real worker: it trains the very run, one that dies loses only its job, and none outlives its server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from threading import Condition

import pytest

from tests.ui.trainer.driving import LAST, opened, same, seeded, trained
from ui.trainer import process
from ui.trainer.pool import Pool
from ui.trainer.process import COMMAND, ROOT

PATIENCE = 120.0  # seconds until what does not come counts as lost


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(1)
    yield pool
    pool.end()


def wait(pool: Pool, name: str, holds: Callable[[], bool]) -> None:
    """Until something holds of a run, which its listeners are told of."""
    changed = Condition()

    def tell() -> None:
        with changed:
            changed.notify_all()

    with pool.listening(name, tell), changed:
        assert changed.wait_for(holds, PATIENCE)


def worker_of(pool: Pool) -> subprocess.Popen[bytes]:
    (worker,) = pool._workers
    assert worker._process is not None
    return worker._process


def test_a_worker_trains_the_very_run_and_one_that_is_killed_loses_nothing(pool: Pool) -> None:
    name, other = opened(pool, until=LAST), opened(pool, "b", seeded(1), until=LAST)
    wait(pool, name, lambda: pool.state_of(name).update > 2)
    first = worker_of(pool)
    first.kill()
    first.wait()
    for run in (name, other):
        wait(pool, run, lambda run=run: pool.state_of(run).state == "done")
    assert same(pool.network(name, LAST), trained(LAST).network())
    pool.want(opened(pool, "c", seeded(2)), LAST)
    assert worker_of(pool).pid != first.pid or first.returncode is not None


def test_a_worker_ends_when_nobody_is_at_the_other_end() -> None:
    worker = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert worker.communicate(timeout=PATIENCE) == (b"", None) and worker.returncode == 0


def test_a_worker_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", ""))
    pool = Pool(1)
    name = opened(pool)
    wait(pool, name, lambda: pool.state_of(name).state == "failed")
    failure = pool.state_of(name).failure
    assert failure is not None and failure.name == "died"
    pool.end()
