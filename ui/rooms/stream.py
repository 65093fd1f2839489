"""What a page that listens hears of a room: server-sent events, each with its newest state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from time import monotonic

from ui.rooms.register import Register
from ui.rooms.room import Room
from ui.serving.events import BEAT, GAP, SILENCE, event

COUNTED = 1.0  # seconds in which a room says how many are here, whoever comes and goes meanwhile


async def listened(
    register: Register, room: Room, told: Callable[[], Mapping[str, object]]
) -> AsyncIterator[bytes]:
    """The events of a room until it ends; `told` gives what this page may know."""
    wake, last = asyncio.Event(), b""
    wake.set()
    room.listeners.add(wake.set)
    try:
        while True:
            try:
                async with asyncio.timeout(BEAT):
                    await wake.wait()
            except TimeoutError:
                if room.over(monotonic()):
                    register.end(room)
                yield SILENCE
            else:
                wake.clear()
                ended, newest = room.ended, event(told())
                if newest != last:
                    yield newest
                last = newest
                if ended:  # and it was said so; while the event went out it may have ended, too
                    return
                await asyncio.sleep(GAP)
    finally:
        room.listeners.discard(wake.set)


class Counting:
    """Says soon, and not for each, that the number of those who are here has changed."""

    def __init__(self) -> None:
        self._due: set[str] = set()

    def changed(self, room: Room) -> None:
        """Somebody came or went."""
        if room.letters not in self._due:
            self._due.add(room.letters)
            asyncio.get_running_loop().call_later(COUNTED, self._tell, room)

    def _tell(self, room: Room) -> None:
        self._due.discard(room.letters)
        room.tell()
