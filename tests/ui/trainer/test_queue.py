"""Whose turn it is: everybody's first run before anybody's second, and each knows how many come before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.trainer.queue import Wish, in_order, places

WISHES = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.booleans()), max_size=12)


@given(WISHES)
def test_a_second_run_stands_behind_everybody_s_first(drawn: list[tuple[str, str, bool]]) -> None:
    wishes = [Wish(f"{line}{since}", session, since) for since, (line, session, _) in enumerate(drawn)]
    order, rank = in_order(wishes), dict[str, int]()
    for wish in wishes:
        earlier = [one for one in wishes if one.session == wish.session and one.since < wish.since]
        rank[wish.line] = len(earlier)
    assert sorted(order) == sorted(rank)
    assert [rank[line] for line in order] == sorted(rank.values())


@given(WISHES)
def test_the_same_run_has_one_place_the_best_of_those_who_want_it(drawn: list[tuple[str, str, bool]]) -> None:
    wishes = [Wish(line, session, since, short) for since, (line, session, short) in enumerate(drawn)]
    order = in_order(wishes)
    assert sorted(order) == sorted({wish.line for wish in wishes})
    short = {wish.line for wish in wishes if wish.short}
    assert set(order[: len(short)]) == short


def test_among_equals_who_came_first_goes_first() -> None:
    assert in_order([Wish("late", "a", 7), Wish("early", "b", 2)]) == ["early", "late"]


@given(st.integers(0, 9), st.integers(1, 5))
def test_a_place_is_how_many_end_before(runs: int, under_way: int) -> None:
    told = list(places([str(run) for run in range(runs)], under_way).values())
    assert told == [0] * min(runs, under_way) + list(range(1, runs - under_way + 1))
