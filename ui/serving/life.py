"""What a server does besides answering: as it starts, and as it stops, which nothing may delay for ever."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import current_thread, main_thread
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def living(
    begin: Callable[[], object], *ends: Callable[[], object]
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """What a server does while it runs: it hears the signals that stop it, then does as usual."""

    def end() -> None:
        for one in ends:
            one()

    @asynccontextmanager
    async def running(_: object) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        if current_thread() is main_thread():  # no other may listen to signals
            for number in SIGNALS:
                _hear(number, lambda: loop.call_soon_threadsafe(end))
        begin()
        yield
        end()

    return running


def _hear(number: int, act: Callable[[], object]) -> None:
    usual = signal.getsignal(number)

    def heard(number: int, frame: FrameType | None) -> None:
        act()
        if callable(usual):
            usual(number, frame)

    signal.signal(number, heard)
