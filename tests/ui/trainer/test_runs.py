"""A worker's runs, whatever is asked in between, are the runs of cells.training, bit for bit."""

from __future__ import annotations

import pytest

from cells.training import packages
from tests.ui.trainer.driving import (
    LAST,
    TINY,
    driven,
    forgets,
    opened,
    same,
    seeded,
    trained,
    trains,
    updates,
)
from ui.trainer import trajectory
from ui.trainer.pool import Pool
from ui.trainer.process import ROOT


@pytest.fixture
def pool() -> Pool:
    """A pool that starts no process: the test does its jobs."""
    return Pool(0)


def test_however_it_is_cut_and_whoever_goes_on_it_is_the_same_run(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trajectory, "SLICE", 0)
    name = opened(pool, until=LAST)
    assert len(driven(pool, forgets)) == LAST
    assert same(pool.network(name, LAST), trained(LAST).network())
    assert same(pool.network(TINY, LAST), pool.network(name, LAST))


def test_a_run_rests_at_any_update_and_one_is_explained_without_moving_it(pool: Pool) -> None:
    work, line = trains(), TINY.replace("steps=8", "steps=200")
    name = opened(pool, line=line, until=4)
    for until in (17, 19, 18):
        pool.want(name, until)
        pool.explain(name, until - 1)
        driven(pool, work)
        assert pool.state_of(name)[:3] == ("resting", 0, until)
    assert same(pool.network(name, 19), trained(19, line).network())
    explained = pool.told(name, (), ())["parts"]
    assert isinstance(explained, list) and [one["update"] for one in explained] == [17, 19, 18]
    whole = trained(16, line).explained()
    assert explained[0]["loss"] == whole.loss and explained[0]["gradients"] == whole.gradients


def test_where_numbers_become_infinite_it_ends_and_keeps_the_last_good_look(pool: Pool) -> None:
    name = opened(pool, line=f"{TINY}.rate=1000.decay=10", until=LAST)
    driven(pool, trains())
    standing = pool.state_of(name)
    assert standing.state == "failed" and standing.failure and standing.failure.name == "diverged"
    last = standing.failure.update - 1
    assert updates(pool, name)[-1] == last and pool.network(name, last) is not None
    pool.want(name, last)
    assert pool.state_of(name).state == "resting"


def test_a_text_that_is_not_here_is_told_with_what_to_do_and_asked_for_again(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "CACHE", ROOT / "nowhere")
    name = opened(pool, line="names.GRU")
    for _ in range(2):
        assert len(driven(pool, trains())) == 1
        standing = pool.state_of(name)
        assert standing.state == "failed" and standing.failure and standing.failure.name == "package"
        assert "command" in standing.failure.details
        pool.want(name, 0)  # when the text may have come


def test_runs_beside_each_other_do_not_mix(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trajectory, "SLICE", 0)
    lines = [seeded(seed).replace("steps=8", "steps=3") for seed in range(6)]
    names = [opened(pool, line, line, until=3) for line in lines]
    driven(pool, trains())
    for name, line in zip(names, lines, strict=True):
        assert same(pool.network(name, 3), trained(3, line).network())
