"""Who comes first is drawn first, and nobody is kept out."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope, Send

from tests.browser.harness import PATIENCE
from tests.loops import awaited
from ui.serving.arrivals import STREAM, Arrivals

END = b"done"
LONG = 3600.0  # seconds: nobody loses patience


class Server:
    """An app on whose wire a page is drawn until it is told to be done."""

    def __init__(self, at_once: int, patience: float = LONG) -> None:
        self.begun, self.done = list[str](), dict[str, asyncio.Event]()
        self.tasks = list[asyncio.Task[None]]()
        self.app = Arrivals(self._draw, END.__eq__, at_once, patience)

    async def _draw(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] == "websocket.receive":
            self.begun.append(scope["name"])
            await self.done[scope["name"]].wait()
            await send({"type": "websocket.send", "bytes": END})

    def open(self, name: str, path: str = STREAM) -> asyncio.Queue[Message]:
        """A page of that name, which asks to be drawn; what it says goes into the queue."""
        says: asyncio.Queue[Message] = asyncio.Queue()
        says.put_nowait({"type": "websocket.receive", "bytes": b"draw"})
        self.done[name] = asyncio.Event()
        scope = {"type": "websocket", "path": path, "name": name}

        async def heard(_: Message) -> None:
            pass

        self.tasks.append(asyncio.create_task(self.app(scope, says.get, heard)))
        return says


async def rest() -> None:
    """Until nothing more happens by itself."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_so_many_are_drawn_at_once_and_the_next_in_the_order_in_which_they_came() -> None:
    async def story() -> None:
        server = Server(at_once=2)
        for name in "abcd":
            server.open(name)
        await rest()
        assert server.begun == ["a", "b"]
        server.done["b"].set()
        await rest()
        assert server.begun == ["a", "b", "c"]
        server.done["a"].set()
        await rest()
        assert server.begun == [*"abcd"]

    awaited(story())


def test_what_a_page_asks_for_later_waits_for_nobody() -> None:
    async def story() -> None:
        server = Server(at_once=1)
        says = server.open("a")
        server.done["a"].set()
        await rest()
        server.open("b")
        await rest()
        says.put_nowait({"type": "websocket.receive", "bytes": b"again"})
        await rest()
        assert server.begun == ["a", "b", "a"]

    awaited(story())


def test_who_leaves_gives_the_place_to_the_next() -> None:
    async def story() -> None:
        server = Server(at_once=1)
        server.open("a")
        server.open("b")
        await rest()
        server.tasks[0].cancel()
        await rest()
        assert server.begun == ["a", "b"]

    awaited(story())


def test_one_that_takes_long_keeps_nobody_out() -> None:
    async def story() -> None:
        server = Server(at_once=1, patience=0.0)
        server.open("a")
        server.open("b")
        async with asyncio.timeout(PATIENCE):
            while server.begun != ["a", "b"]:
                await asyncio.sleep(0.001)

    awaited(story())


def test_other_wires_are_left_alone() -> None:
    async def story() -> None:
        server = Server(at_once=1)
        server.open("a")
        server.open("b", "/other")
        await rest()
        assert server.begun == ["a", "b"]

    awaited(story())
