"""What a page of ours sends, and how it is told what went wrong."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ui.serving.faults import Refused

LARGEST = 8_192  # bytes of a body
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


async def body(request: Request) -> Mapping[str, object]:
    """What a page of ours sent as JSON. Another site's page cannot send that type without asking first."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused("nonsense", 400)
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > LARGEST:
            raise Refused("too_large", 413)
    try:
        said = json.loads(sent)
    except (ValueError, RecursionError):
        raise Refused("nonsense", 400) from None
    if not isinstance(said, dict):
        raise Refused("nonsense", 400)
    return said


def told(endpoint: Endpoint) -> Endpoint:
    """The endpoint, its faults told by their names."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as fault:
            return JSONResponse(fault.told(), fault.status)

    return answered


def below(base: str) -> str:
    """What the paths of a server begin with that stands below a base path."""
    return f"/{base.strip('/')}" if base.strip("/") else ""
