"""Readers who come at once are let in one after the other: each then sees a page as early as it can be drawn.

Streamlit draws the pages of all who wait side by side. They share one processor, so that none is done before
nearly all are, and each change from one to another costs, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAM = "/_stcore/stream"  # Streamlit's wire
AT_ONCE = 2  # first pages that are drawn side by side
PATIENCE = 1.0  # seconds after which the next one begins, though one that takes long is not done


def one_by_one(drawn: Callable[[bytes], bool]) -> Middleware:
    """Lets few first pages be drawn at once; `drawn` knows the message with which such a one is done."""
    return Middleware(Arrivals, drawn, AT_ONCE, PATIENCE)


class Arrivals:
    """Middleware that holds what a page asks for first on Streamlit's wire until its turn has come."""

    def __init__(self, app: ASGIApp, drawn: Callable[[bytes], bool], at_once: int, patience: float) -> None:
        self.app, self.drawn, self.patience = app, drawn, patience
        self.places = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One page from its first word to its last; all else goes as it comes."""
        if scope["type"] != "websocket" or not scope["path"].endswith(STREAM):
            await self.app(scope, receive, send)
            return
        turn = Turn(self.places, self.patience)

        async def received() -> Message:
            message = await receive()
            if "bytes" in message:  # not that it went
                await turn.come()
            return message

        async def sent(message: Message) -> None:
            await send(message)
            if turn.held and self.drawn(message.get("bytes") or b""):
                turn.end()

        try:
            await self.app(scope, received, sent)
        finally:
            turn.end()


class Turn:
    """One page's place among those that are drawn: it comes once, and ends once."""

    def __init__(self, places: asyncio.Semaphore, patience: float) -> None:
        self.places, self.patience = places, patience
        self.asked = self.held = False

    async def come(self) -> None:
        """Wait for it, the first time."""
        if self.asked:
            return
        self.asked = True
        await self.places.acquire()
        self.held = True
        asyncio.get_running_loop().call_later(self.patience, self.end)

    def end(self) -> None:
        """Give the place to the next."""
        if self.held:
            self.held = False
            self.places.release()
