"""What can go wrong with a room: each fault has a name, which the page says in the reader's language."""

from __future__ import annotations

from ui.serving.faults import Refused

STATUS = {
    "no_room": 404,  # nobody opened one with these letters
    "ended": 410,
    "not_yours": 403,  # another teacher's
    "elsewhere": 409,  # its teacher leads it from another tab
    "full": 503,  # no place for another follower
    "no_place": 503,  # no place for another room
    "too_often": 429,
    "too_large": 413,
    "nonsense": 400,
}


class RoomError(Refused):
    """What was asked of a room cannot be done: `name` is a key of STATUS."""

    def __init__(self, name: str) -> None:
        super().__init__(name, STATUS[name])
