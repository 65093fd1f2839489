"""The laws of training for many: what is shared, what a reader sees, what is kept, what gives way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.trainer.driving import (
    LAST,
    NETWORK,
    TINY,
    Clock,
    driven,
    one_update,
    opened,
    seeded,
    state_of,
    turn,
    updates,
)
from ui.trainer import pool as pools
from ui.trainer import trajectory
from ui.trainer.faults import STATUS, TrainerError
from ui.trainer.handles import GONE, MOST_A_SESSION
from ui.trainer.pool import UNDER_WAY, Pool


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pool(clock: Clock) -> Pool:
    """A pool that starts no process: the test does its jobs."""
    return Pool(0, clock)


def refused(name: str, act: Callable[[], object]) -> TrainerError:
    with pytest.raises(TrainerError) as error:
        act()
    assert (error.value.name, error.value.status) == (name, STATUS[name])
    return error.value


def test_a_run_has_a_first_look_and_goes_on_as_far_as_it_is_wanted(pool: Pool) -> None:
    name = opened(pool)
    assert pool.state_of(name).state == "training"
    driven(pool)
    assert pool.state_of(name)[:3] == ("resting", 0, 0) and updates(pool, name) == [0]
    pool.want(name, 5)
    driven(pool)
    assert pool.state_of(name)[:3] == ("resting", 0, 5) and updates(pool, name) == [0, 1, 2, 3, 4, 5]
    pool.want(name, 10**6)
    driven(pool)
    assert pool.state_of(name)[:3] == ("done", 0, LAST)
    pool.want(name, 3)  # a step back: what was there is there
    assert updates(pool, name)[-1] == 3 and driven(pool) == []


def test_the_same_settings_are_trained_once_and_each_sees_its_own_part(pool: Pool) -> None:
    far, near = opened(pool, "a", until=LAST), opened(pool, "b", f" {TINY} ", until=5)
    assert driven(pool) == [TINY]
    assert updates(pool, near)[-1] == 5 and updates(pool, far)[-1] == LAST
    assert pool.state_of(near)[:3] == ("resting", 0, 5)
    refused("no_weights", lambda: pool.weights(near, LAST))
    assert pool.weights(far, LAST)["layers"]
    late = opened(pool, "c", until=LAST)
    assert driven(pool) == [] and updates(pool, late) == updates(pool, far)


def test_a_stream_is_told_each_look_once_and_the_newest_with_its_weights(pool: Pool) -> None:
    name = opened(pool, until=5)
    driven(pool)
    looks = pool.told(name, (), ())["looks"]
    assert isinstance(looks, list)
    assert [look["update"] for look in looks if look["weights"]] == [5]
    assert pool.told(name, range(6), ())["looks"] == []
    assert pool.told(name, {5}, ())["looks"][-1]["weights"] is None  # type: ignore[index]


def test_a_line_that_is_no_recipe_is_refused_with_its_own_fault(pool: Pool) -> None:
    error = refused("recipe", lambda: pool.open("me", "count10.LSTM.units=0"))
    assert error.says["fault"] == "bounds" and error.told()["fault"] == "recipe"
    refused("nonsense", lambda: pool.open("", TINY))
    refused("nonsense", lambda: pool.explain(opened(pool), LAST))


def test_what_dies_is_tried_again_from_its_last_state_and_then_fails_alone(pool: Pool) -> None:
    name = opened(pool, until=LAST)
    driven(pool, one_update, lambda: pool.state_of(name).update == 4)
    seen, job = updates(pool, name), pool.take()
    pool.ends(TINY, died=True)
    assert job is not None and job.state is not None and pool.take() == job
    other = opened(pool, "b", seeded(1), until=LAST)
    pool.ends(TINY, died=True)
    assert driven(pool) == [seeded(1)]
    standing = pool.state_of(name)
    assert standing.state == "failed" and standing.failure and standing.failure.name == "died"
    assert updates(pool, name) == seen and pool.state_of(other).state == "done"


def test_runs_under_way_advance_in_turn_and_the_others_know_their_place(pool: Pool) -> None:
    names = [opened(pool, str(seed), seeded(seed), until=LAST) for seed in range(UNDER_WAY + 2)]
    assert [pool.state_of(name).place for name in names] == [0] * UNDER_WAY + [1, 2]
    first = [turn(pool, one_update) for _ in range(2 * UNDER_WAY)]
    assert first == [seeded(seed) for seed in range(UNDER_WAY)] * 2
    pool.leave(names[0])
    assert [pool.state_of(name).place for name in names[1:]] == [0] * UNDER_WAY + [1]


def test_a_second_run_waits_for_everybody_s_first(pool: Pool) -> None:
    greedy = [opened(pool, "a", seeded(seed), until=LAST) for seed in range(MOST_A_SESSION)]
    later = [opened(pool, str(seed), seeded(10 + seed), until=LAST) for seed in range(UNDER_WAY)]
    assert [pool.state_of(name).place for name in (greedy[0], *later)] == [0, 0, 0, 0, 1]
    assert [pool.state_of(name).place for name in greedy[1:]] == [2, 3, 4]


def test_a_place_that_changes_is_told(pool: Pool) -> None:
    names = [opened(pool, str(seed), seeded(seed), until=LAST) for seed in range(UNDER_WAY + 1)]
    told = []
    with pool.listening(names[-1], lambda: told.append(pool.state_of(names[-1]).place)):
        pool.leave(names[0])
    assert told[-1] == 0


def test_who_left_or_is_long_gone_wants_nothing_any_more(pool: Pool, clock: Clock) -> None:
    left, gone = opened(pool, "a", until=LAST), opened(pool, "b", seeded(1), until=LAST)
    pool.leave(left)
    refused("gone", lambda: pool.want(left, LAST))
    with pool.listening(gone, lambda: None):
        clock.now += 10 * GONE
        assert turn(pool, one_update) == seeded(1)  # it is listened to all the while
    clock.now += GONE + 1
    opened(pool, "c", seeded(2))
    assert set(driven(pool)) == {seeded(2)}
    with pool.listening(gone, lambda: None):  # and comes back
        driven(pool)
        assert pool.state_of(gone).state == "done"


def test_ten_runs_at_once_are_too_many_and_those_nobody_waits_for_give_way(pool: Pool, clock: Clock) -> None:
    names = [opened(pool, "me", seeded(seed)) for seed in range(MOST_A_SESSION)]
    for seed in range(MOST_A_SESSION, 10):
        refused("too_many", lambda seed=seed: pool.open("me", seeded(seed)))
    clock.now += GONE + 1
    with pool.listening(names[0], lambda: None):
        pool.open("me", seeded(10))
        refused("gone", lambda: pool.state_of(names[1]))
        assert pool.state_of(names[0])


def test_only_so_many_runs_are_kept_and_one_that_went_comes_back(
    pool: Pool, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "MOST_TRAJECTORIES", 3)
    name = opened(pool, "0", TINY, until=LAST)
    driven(pool)
    for seed in (1, 2):
        opened(pool, str(seed), seeded(seed))
    refused("no_place", lambda: pool.open("3", seeded(3)))
    clock.now += GONE + 1
    opened(pool, "3", seeded(3))
    assert pool.network(TINY, LAST) is None
    with pool.listening(name, lambda: None):
        assert TINY in driven(pool) and pool.network(name, LAST) is not None


def test_little_room_takes_states_and_early_weights_and_never_the_numbers(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trajectory, "MOST_BYTES", 1000)
    name = opened(pool, until=LAST)
    driven(pool, one_update)
    run = pool.open("b", TINY)[1]
    assert updates(pool, name) == list(range(LAST + 1))
    assert 1000 - 4 * NETWORK.parameters < run.bytes <= 1000  # and no more than has to go
    assert sorted(run.looks)[0] == 0 and sorted(run.looks)[-1] == LAST and 1 not in run.looks
    pool.want(name, 2)  # where somebody rests there are weights
    driven(pool)
    assert pool.network(name, 2) is not None and pool.state_of(name)[:3] == ("resting", 0, 2)


def test_what_was_passed_is_gone_to_from_the_last_state_before_it(pool: Pool) -> None:
    name = opened(pool, line=TINY.replace("steps=8", "steps=2000"), until=1000)
    driven(pool, one_update, lambda: pool.state_of(name).update > 500)
    last = updates(pool, name)[-1]
    other = opened(pool, "b", line=TINY.replace("steps=8", "steps=2000"), until=last - 1)
    job = pool.take()
    assert job is not None and job.looks == (last - 1,)
    assert job.state == state_of(updates(pool, other)[-1])
    pool.ends(job.line)
    pool.leave(other)
    pool.explain(name, last)
    job = pool.take()
    assert job is not None and (job.explains, job.state) == (last, state_of(last))


def test_many_pauses_are_not_kept_for_ever(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trajectory, "MOST_LOOKS", 70)
    name = opened(pool, line=TINY.replace("steps=8", "steps=2000"))
    for until in (*range(1000, 1020), 2000):
        pool.want(name, until)
        driven(pool)
    assert len(updates(pool, name)) <= 70 and pool.state_of(name).state == "done"


def test_twenty_readers_with_two_runs_each_at_once_all_end_right(pool: Pool) -> None:
    names = [opened(pool, str(seed // 2), seeded(seed), until=LAST) for seed in range(40)]
    driven(pool, one_update)
    assert {pool.state_of(name).state for name in names} == {"done"}


def test_a_server_that_stops_gives_no_more_jobs(pool: Pool) -> None:
    name = opened(pool, until=LAST)
    pool.end()
    assert pool.take() is None
    refused("gone", lambda: pool.told(name, (), ()))
