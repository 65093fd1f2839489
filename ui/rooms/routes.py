"""Rooms over HTTP: one POST of the teacher, one stream of events to each follower.

    GET  /room              whether there are rooms here
    POST /room              opens one: its letters, and the secret of its teacher
    POST /room/ABCD         a follower's answer; or what the teacher does: lead, pause, claim, end
    GET  /room/ABCD/events  the stream: with the secret the teacher's, else a follower's

The teacher's secret and the random name of a browser travel in headers, which no log keeps. All of it runs on
the server's one event loop, so nothing here is locked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.rooms.faults import RoomError
from ui.rooms.place import place_of
from ui.rooms.register import Register
from ui.rooms.room import Room
from ui.rooms.stream import Counting, listened
from ui.serving.events import streaming
from ui.serving.requests import below, body, told

SECRET, BROWSER = "x-room-secret", "x-room-browser"  # headers


def routes(register: Register, base: str = "") -> list[Route]:
    """The routes of a server's rooms, below its base path."""
    counting = Counting()
    prefix = below(base)

    async def there(_: Request) -> Response:
        return JSONResponse({"rooms": True})

    async def opens(request: Request) -> Response:
        await body(request)
        room, secret = register.open(monotonic())
        return JSONResponse({"letters": room.letters, "secret": secret}, 201)

    async def acts(request: Request) -> Response:
        said, room = await body(request), _room(request, register)
        if said.get("act") == "answer":
            browser = request.headers.get(BROWSER, "")
            room.answer(browser, said.get("question"), said.get("option"), monotonic())
            return JSONResponse({})
        room.check(request.headers.get(SECRET, ""))
        tab = str(said.get("tab", ""))
        match said.get("act"):
            case "lead":
                room.lead(tab, place_of(said.get("place")), monotonic())
            case "pause":
                room.pause(tab, said.get("on") is True)
            case "claim":
                room.claim(tab)
            case "end":
                register.end(room)
            case _:
                raise RoomError("nonsense")
        return JSONResponse({})

    async def events(request: Request) -> Response:
        room = _room(request, register)
        if SECRET in request.headers:
            room.check(request.headers[SECRET])
            heard = _teacher(register, room)
        else:
            browser = request.headers.get(BROWSER, "")
            room.admit(browser)
            heard = _follower(register, room, browser, counting)
        return streaming(heard)

    return [
        Route(f"{prefix}/room", told(there), methods=["GET"]),
        Route(f"{prefix}/room", told(opens), methods=["POST"]),
        Route(f"{prefix}/room/{{letters}}", told(acts), methods=["POST"]),
        Route(f"{prefix}/room/{{letters}}/events", told(events), methods=["GET"]),
    ]


async def _teacher(register: Register, room: Room) -> AsyncIterator[bytes]:
    room.teacher_comes(monotonic())
    try:
        async for event in listened(register, room, room.told_teacher):
            yield event
    finally:
        room.teacher_goes(monotonic())


async def _follower(register: Register, room: Room, browser: str, counting: Counting) -> AsyncIterator[bytes]:
    room.come(browser)
    counting.changed(room)
    try:
        async for event in listened(register, room, lambda: room.told):
            yield event
    finally:
        room.go(browser)
        counting.changed(room)


def _room(request: Request, register: Register) -> Room:
    return register.find(request.path_params["letters"], monotonic())
