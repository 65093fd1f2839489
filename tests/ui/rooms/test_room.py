"""The laws of a room, without a server: who may lead, who is told what, and when it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.rooms import answers, register, room
from ui.rooms.faults import STATUS, RoomError
from ui.rooms.place import Place, place_of
from ui.rooms.register import LETTERS, MOST_ROOMS, Register
from ui.rooms.room import ABSENT, LONGEST, MOST_FOLLOWERS, Room

HERE = Place("step", "network=count10&text=aabb", 3, 2)


def refused(name: str, act: Callable[[], object]) -> None:
    with pytest.raises(RoomError) as error:
        act()
    assert (error.value.name, error.value.status) == (name, STATUS[name])


def led(secret: str = "s") -> Room:
    made = Room("BCDF", secret, now=0)
    made.claim("tab")
    return made


def test_followers_are_told_where_the_teacher_is_and_nothing_of_hers() -> None:
    one, heard = led("a long secret"), []
    one.listeners.add(lambda: heard.append(dict(one.told)))
    one.lead("tab", HERE, now=1)
    one.come("phone")
    one.answer("phone", "counting.3", "b", now=1)
    assert heard[0]["place"] == HERE.told()
    assert set(one.told) == {"here", "paused", "ended", "place"}
    assert "a long secret" not in str(vars(one)) and "tab" not in str(one.told)


def test_the_same_place_again_is_no_news() -> None:
    one, heard = led(), []
    one.listeners.add(lambda: heard.append(1))
    for now in range(3):
        one.lead("tab", HERE, now)
    assert len(heard) == 1


def test_only_who_has_the_secret_leads() -> None:
    led("right").check("right")
    for wrong in ("", "Right", "right "):
        refused("not_yours", lambda wrong=wrong: led("right").check(wrong))


def test_one_tab_leads_and_another_takes_over_by_asking() -> None:
    one = led()
    refused("elsewhere", lambda: one.lead("other", HERE, 1))
    refused("elsewhere", lambda: one.pause("other", True))
    one.claim("other")
    one.lead("other", HERE, 1)
    refused("elsewhere", lambda: one.lead("tab", HERE, 1))
    assert one.told_teacher()["leads"] == "other"


def test_a_browser_counts_once_however_many_tabs_it_has() -> None:
    one = led()
    for browser in ("a", "a", "b"):
        one.come(browser)
    assert one.here == 2
    one.go("a")
    assert one.here == 2
    one.go("a")
    assert one.here == 1


def test_a_room_has_room_for_so_many() -> None:
    one = led()
    for browser in range(MOST_FOLLOWERS):
        one.admit(str(browser))
        one.come(str(browser))
    refused("full", lambda: one.admit("late"))
    one.admit("0")  # another tab of one who is here


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=30))
def test_each_browser_has_one_answer_its_latest(given_answers: list[tuple[str, str]]) -> None:
    taken = answers.Answers()
    for browser, option in given_answers:
        taken.take(browser, "q", option)
    latest = dict(given_answers)
    counts = taken.counts().get("q", {})
    assert sum(counts.values()) == len(latest)
    assert all(counts[option] == list(latest.values()).count(option) for option in counts)


def test_answers_sent_a_thousand_times_count_once_and_are_slowed_down() -> None:
    one, (at_once, _) = led(), room.ANSWERS
    one.come("a")
    for _ in range(at_once):
        one.answer("a", "q", "x", now=1)
    for _ in range(1000 - at_once):
        refused("too_often", lambda: one.answer("a", "q", "y", now=1))
    assert one.told_teacher()["answers"] == {"q": {"x": 1}}


def test_only_who_is_here_answers_and_hostile_answers_fill_nothing() -> None:
    one = led()
    refused("not_yours", lambda: one.answer("nobody", "q", "x", 1))
    taken = answers.Answers()
    for question in range(1000):
        taken.take("a", f"q{question}", "x")
    for browser in range(answers.MOST_OPTIONS):
        taken.take(str(browser), "q", f"option {browser}")
    refused("nonsense", lambda: taken.take("one more", "q", "another"))
    for strange in (None, 3, "", "x" * 1000, ["x"]):
        refused("nonsense", lambda strange=strange: taken.take("a", "q", strange))
    counts = taken.counts()
    assert len(counts) == answers.MOST_QUESTIONS and list(counts)[-1] == "q"


def test_a_room_ends_with_its_teacher() -> None:
    one = led()
    one.teacher_comes(10)
    assert not one.over(10 + 10 * ABSENT)  # she listens all the while
    one.teacher_goes(5000)
    assert not one.over(5000 + ABSENT - 1)
    assert one.over(5000 + ABSENT + 1)
    forgotten = led()
    forgotten.teacher_comes(0)
    assert forgotten.over(LONGEST + 1)


def test_of_a_room_that_has_ended_nothing_is_left() -> None:
    rooms = Register()
    one, _ = rooms.open(0)
    one.claim("tab")
    one.lead("tab", HERE, 0)
    one.come("a")
    one.answer("a", "q", "x", 0)
    told: list[object] = []
    one.listeners.add(lambda: told.append(one.told["ended"]))
    rooms.end(one)
    assert told == [True]
    assert one.told["place"] is None and one.told_teacher()["answers"] == {}
    refused("ended", lambda: rooms.find(one.letters, 0))


def test_letters_are_four_that_spell_nothing_and_may_be_typed_small() -> None:
    rooms = Register()
    one, secret = rooms.open(0)
    assert len(one.letters) == 4 and set(one.letters) <= set(LETTERS) and not set("AEIOUY") & set(LETTERS)
    assert rooms.find(f" {one.letters.lower()} ", 0) is one
    assert len(secret) >= 32
    refused("no_room", lambda: rooms.find("AEIO", 0))


def test_a_room_whose_teacher_is_gone_is_not_found_any_more() -> None:
    rooms = Register()
    one, _ = rooms.open(0)
    assert rooms.find(one.letters, ABSENT - 1) is one
    refused("ended", lambda: rooms.find(one.letters, ABSENT + 1))


def test_there_are_so_many_rooms_and_those_with_people_in_them_stay() -> None:
    rooms = Register()
    for second in range(MOST_ROOMS):
        one, _ = rooms.open(10 * second)
        one.teacher_comes(0)
        one.listeners.add(print)
    refused("no_place", lambda: rooms.open(20 * MOST_ROOMS))
    one.listeners.clear()
    new, _ = rooms.open(20 * MOST_ROOMS + 10)
    assert rooms.find(new.letters, 20 * MOST_ROOMS + 10) is new
    refused("ended", lambda: rooms.find(one.letters, 20 * MOST_ROOMS + 10))


def test_who_opens_one_room_after_another_is_slowed_down() -> None:
    rooms = Register()
    for _ in range(register.OPENINGS[0]):
        rooms.open(5)
    refused("too_often", lambda: rooms.open(5))
    rooms.open(10)


GOOD = {"page": "step", "query": "a=b", "step": 3, "unit": 1, "operation": None}


def test_a_place_is_read_as_it_was_told() -> None:
    assert place_of(HERE.told()) == HERE
    assert place_of({**GOOD, "operation": 4}).operation == 4


@pytest.mark.parametrize(
    "strange",
    [
        *({"page": page} for page in (None, "", "../x", "javascript:alert(1)", "A" * 50, 3)),
        *({"query": query} for query in (None, "x" * 7000, 3, ["a"])),
        *({name: number} for name in ("step", "unit") for number in (0, -1, 1.5, True, "3", 10**9, None)),
        *({"operation": number} for number in (-1, "x", 10**9, False)),
    ],
    ids=lambda one: str(one)[:30],
)
def test_what_is_no_place_is_refused(strange: dict[str, object]) -> None:
    refused("nonsense", lambda: place_of(GOOD | strange))


def test_a_place_is_a_record() -> None:
    for strange in (None, [], "x", 3):
        refused("nonsense", lambda strange=strange: place_of(strange))
