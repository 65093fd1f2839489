"""A page that follows a teacher: when it steps, when it asks for another view, and when it lets her go."""

from __future__ import annotations

from tests.js.conftest import Core

GO, ASK, REST = "go", "ask", ""


def at(page: str = "step", query: str = "text=aabb", step: int = 1) -> dict[str, object]:
    return {"page": page, "query": query, "step": step, "unit": 1, "operation": None}


def todo(core: Core, *events: tuple[object, ...]) -> list[tuple[str, bool]]:
    """What is to be done after each event, and whether the page is away."""
    return [(what, away) for what, away, *_ in core("following", events=events)]


def test_a_view_is_the_same_whatever_is_each_readers_own(core: Core) -> None:
    same = (
        "text=a%20b&network=latch",
        "network=latch&text=a+b&step=4&unit=2&lang=zh",
        "network=latch&text=a+b&room=BCDF&projector=1&embed=true",
    )
    others = ("network=latch&text=a", "network=latch&text=a+b&large=h")
    keys = core("keys", views=[["step", query] for query in (*same, *others)])
    assert len(set(keys)) == 1 + len(others)
    assert core("keys", views=[["memory", same[0]]])[0] not in keys


def test_a_step_is_a_step_and_another_view_is_asked_for_once(core: Core) -> None:
    assert todo(
        core,
        ("toHere", "step?text=aabb", 0),
        ("toPlace", at(step=2)),
        ("toPlace", at(step=3)),
        ("toPlace", at("memory", step=3)),
        ("toAsk",),
        ("toPlace", at("memory", step=4)),
        ("toHere", "step?text=aabb", 0),  # of a run that was under way
        ("toHere", "memory?text=aabb", 1),
    ) == [(what, False) for what in (REST, GO, GO, ASK, REST, REST, REST, GO)]


def test_what_comes_for_an_ask_is_as_near_as_this_session_gets(core: Core) -> None:
    *_, arrived, stepped, other = todo(
        core,
        ("toHere", "step?", 0),
        ("toPlace", at(query="second=x")),
        ("toAsk",),
        ("toHere", "step?second=y", 1),
        ("toPlace", at(query="second=x", step=9)),
        ("toPlace", at(query="second=z")),
    )
    assert (arrived, stepped, other) == ((GO, False), (GO, False), (ASK, False))


def test_a_reader_who_chooses_something_herself_is_let_go_and_comes_back_by_asking(core: Core) -> None:
    assert todo(
        core,
        ("toPlace", at()),
        ("toHere", "step?text=own", 0),  # she came by a link of her own: she follows from now on
        ("toAsk",),
        ("toHere", "step?text=aabb", 1),
        ("toHere", "step?text=typed", 1),
        ("toPlace", at(step=5)),
        ("toBack",),
    ) == [(REST, False), (ASK, False), (REST, False), (GO, False), (REST, True), (REST, True), (ASK, False)]


def test_who_looks_around_is_not_moved(core: Core) -> None:
    assert todo(
        core,
        ("toHere", "step?text=aabb", 0),
        ("toPlace", at(step=2)),
        ("toAway",),
        ("toPlace", at(step=3)),
        ("toPlace", at("memory")),
        ("toBack",),
    ) == [(REST, False), (GO, False), (REST, True), (REST, True), (REST, True), (ASK, False)]


def test_a_text_is_read_where_nothing_else_is_another_and_no_answer_is_on_the_way(core: Core) -> None:
    def texts(*events: tuple[object, ...]) -> list[str | None]:
        return [text for *_, text in core("following", events=events)]

    here = ("toHere", "step?network=latch&text=aabb", 0)
    same, other, memory = (
        ("toPlace", at(query="text=ab&step=2&network=latch")),
        ("toPlace", at(query="text=ab&network=counter")),
        ("toPlace", at("memory", query="text=ab&network=latch")),
    )
    assert texts(here, same, other, memory) == [None, "ab", None, None]
    assert texts(here, ("toPlace", at(query="network=latch")))[-1] is None  # the network's own example
    assert texts(here, other, ("toAsk",), same)[-1] is None
    assert texts(here, same, ("toRead",), ("toPlace", at(query="text=b&network=latch")))[-1] == "b"


def test_a_text_that_is_read_arrives_and_another_is_read_again(core: Core) -> None:
    a, b = (at(query=f"text={text}") for text in "ab")
    assert todo(
        core,
        ("toHere", "step?text=a", 0),
        ("toPlace", b),
        ("toRead",),
        ("toPlace", b | {"step": 2}),
        ("toHere", "step?text=b", 0),
        ("toPlace", a),
        ("toRead",),
        ("toHere", "step?text=a", 0),
        ("toHere", "step?text=ab", 0),
    ) == [
        (REST, False),
        *[(what, False) for what in (ASK, REST, REST, GO, ASK, REST, GO)],
        (REST, True),  # she typed
    ]
