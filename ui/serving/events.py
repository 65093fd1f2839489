"""Server-sent events: what each stream has in common."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping

from starlette.responses import StreamingResponse

BEAT = 15.0  # seconds after which a silent stream says that it is there
GAP = 0.05  # seconds between two events: what changes meanwhile comes with the next
SILENCE = b": \n\n"
AT_ONCE = {
    "cache-control": "no-store",
    "x-accel-buffering": "no",
}  # of a stream, which no proxy may hold back


def event(told: Mapping[str, object]) -> bytes:
    """One event as it is sent."""
    return b"data: " + json.dumps(told, ensure_ascii=False).encode() + b"\n\n"


def streaming(events: AsyncIterator[bytes]) -> StreamingResponse:
    """The answer that is a stream of events."""
    return StreamingResponse(events, media_type="text/event-stream", headers=AT_ONCE)
