"""All rooms of a server, by their letters."""

from __future__ import annotations

from collections import deque
from secrets import choice, token_urlsafe

from ui.rooms.allowance import Allowance
from ui.rooms.faults import RoomError
from ui.rooms.room import Room

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: they spell no words, and none of them looks like a digit
LENGTH = 4
MOST_ROOMS = 200
OPENINGS = (30, 0.5)  # rooms that are opened at once, and a second
REMEMBERED = 500  # rooms of which it is known that they have ended


class Register:
    """The rooms that there are; where there are too many, a new one takes the place of an empty one."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._ended: deque[str] = deque(maxlen=REMEMBERED)
        self._openings = Allowance(*OPENINGS)

    def open(self, now: float) -> tuple[Room, str]:
        """A new room and the secret of its teacher."""
        if not self._openings.take(now):
            raise RoomError("too_often")
        for room in [room for room in self._rooms.values() if room.over(now)]:
            self.end(room)
        if len(self._rooms) >= MOST_ROOMS:
            empty = next((room for room in self._rooms.values() if not room.listeners), None)
            if empty is None:
                raise RoomError("no_place")
            self.end(empty)
        secret, letters = token_urlsafe(24), self._free()
        self._rooms[letters] = Room(letters, secret, now)
        return self._rooms[letters], secret

    def find(self, letters: str, now: float) -> Room:
        """The room of these letters, large or small; RoomError where there is none, or none any more."""
        name = letters.strip().upper()
        room = self._rooms.get(name)
        if room is not None and room.over(now):
            self.end(room)
        if name not in self._rooms:
            raise RoomError("ended" if name in self._ended else "no_room")
        return self._rooms[name]

    def end(self, room: Room) -> None:
        """End a room and forget it."""
        if self._rooms.pop(room.letters, None):
            self._ended.append(room.letters)
        room.end()

    def end_all(self) -> None:
        """The server stops."""
        for room in tuple(self._rooms.values()):
            self.end(room)

    def _free(self) -> str:
        while True:
            letters = "".join(choice(LETTERS) for _ in range(LENGTH))
            if letters not in self._rooms and letters not in self._ended:
                return letters
