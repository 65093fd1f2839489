"""Rooms over HTTP: what is asked of them, what is refused, and the stream that followers hear."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.loops import awaited
from ui.rooms.place import Place
from ui.rooms.register import Register
from ui.rooms.routes import routes
from ui.rooms.stream import listened
from ui.serving.requests import LARGEST

PLACE = {"page": "step", "query": "text=aabb", "step": 3, "unit": 1, "operation": None}


@pytest.fixture
def register() -> Register:
    return Register()


@pytest.fixture
def client(register: Register) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(register))) as client:
        yield client


def opened(client: TestClient) -> tuple[str, dict[str, str]]:
    """The address of a new room, and the header of its teacher, who leads it."""
    made = client.post("/room", json={}).json()
    address, secret = f"/room/{made['letters']}", {"X-Room-Secret": made["secret"]}
    assert client.post(address, json={"act": "claim", "tab": "t"}, headers=secret).status_code == 200
    return address, secret


def test_a_teacher_leads_and_others_do_not(client: TestClient, register: Register) -> None:
    address, secret = opened(client)
    lead = {"act": "lead", "tab": "t", "place": PLACE}
    assert client.post(address.lower(), json=lead, headers=secret).status_code == 200
    assert register.find(address[-4:], 0).told["place"] == PLACE
    for wrong in ({}, {"X-Room-Secret": "guess"}):
        answer = client.post(address, json=lead, headers=wrong)
        assert (answer.status_code, answer.json()) == (403, {"fault": "not_yours"})
    answer = client.post(address, json=lead | {"tab": "second"}, headers=secret)
    assert (answer.status_code, answer.json()) == (409, {"fault": "elsewhere"})
    assert client.post(address, json={"act": "end"}, headers=secret).status_code == 200
    answer = client.post(address, json=lead, headers=secret)
    assert (answer.status_code, answer.json()) == (410, {"fault": "ended"})


@pytest.mark.parametrize(
    ("body", "kind", "fault"),
    [
        (b"{", "application/json", "nonsense"),
        (b"[" * 5000, "application/json", "nonsense"),
        (b"[]", "application/json", "nonsense"),
        (b"\xff\xfe", "application/json", "nonsense"),
        (b'{"act": "fly", "tab": "t"}', "application/json", "nonsense"),
        (b'{"act": "lead", "tab": "t", "place": {}}', "application/json", "nonsense"),
        (b'{"act": "end"}', "text/plain", "nonsense"),
        (b" " * (LARGEST + 1), "application/json", "too_large"),
    ],
    ids=str,
)
def test_hostile_bodies_are_refused(client: TestClient, body: bytes, kind: str, fault: str) -> None:
    address, secret = opened(client)
    answer = client.post(address, content=body, headers={"content-type": kind} | secret)
    assert answer.json() == {"fault": fault} and 400 <= answer.status_code < 500
    assert client.post(address, json={"act": "pause", "tab": "t"}, headers=secret).status_code == 200


def test_a_room_that_is_not_there_says_so_and_has_no_stream(client: TestClient) -> None:
    for path in ("/room/bcdf/events", "/room/%00%00/events"):
        answer = client.get(path, headers={"X-Room-Browser": "a"})
        assert (answer.status_code, answer.json()) == (404, {"fault": "no_room"})
    address, _ = opened(client)
    assert client.get(f"{address}/events").json() == {"fault": "nonsense"}  # nobody who listens
    answer = client.get(f"{address}/events", headers={"X-Room-Secret": "guess"})
    assert answer.json() == {"fault": "not_yours"}


def test_a_server_below_a_path_has_its_rooms_there(register: Register) -> None:
    with TestClient(Starlette(routes=routes(register, "/gates/"))) as client:
        assert client.get("/gates/room").json() == {"rooms": True}
        assert client.get("/room").status_code == 404


def test_a_stream_has_the_newest_place_and_ends_with_the_room(register: Register) -> None:
    async def heard() -> list[dict[str, object]]:
        room, _ = register.open(0)
        room.claim("t")
        stream, events = listened(register, room, lambda: room.told), []

        async def hear() -> None:
            event = await anext(stream)
            assert event.startswith(b"data: ") and event.endswith(b"\n\n")
            events.append(json.loads(event[6:]))

        await hear()
        for step in range(1, 31):  # quicker than any stream: the newest wins
            room.lead("t", Place("step", "", step, 1), step)
        await hear()
        register.end(room)
        await hear()
        with pytest.raises(StopAsyncIteration):
            await anext(stream)
        assert not room.listeners
        return events

    first, newest, last = awaited(heard())
    assert first["place"] is None
    assert isinstance(newest["place"], dict) and newest["place"]["step"] == 30
    assert last["ended"]
