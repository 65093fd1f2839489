"""What a page that trains hears: server-sent events, each with what is new since the last one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from ui.serving.events import BEAT, GAP, SILENCE, event
from ui.trainer.faults import TrainerError
from ui.trainer.pool import Pool


async def listened(pool: Pool, name: str) -> AsyncIterator[bytes]:
    """The events of a handle until it is left, or the server stops."""
    loop, wake, last = asyncio.get_running_loop(), asyncio.Event(), b""
    looks, parts = set[int](), set[int]()
    wake.set()
    try:
        with pool.listening(name, lambda: loop.call_soon_threadsafe(wake.set)):
            while True:
                try:
                    async with asyncio.timeout(BEAT):
                        await wake.wait()
                except TimeoutError:
                    yield SILENCE
                else:
                    wake.clear()
                    told: dict[str, Any] = pool.told(name, looks, parts)
                    newest = event(told)
                    if newest != last:
                        yield newest
                    last = newest
                    looks |= {look["update"] for look in told["looks"]}
                    parts |= {one["update"] - 1 for one in told["parts"]}
                    await asyncio.sleep(GAP)
    except TrainerError:  # it was left meanwhile: who comes again is told so
        return
