"""Streamlit's own dialogs stay shut: the page itself says that the server is away, and goes on."""

from __future__ import annotations

import json

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ASKED = "/_stcore/host-config"  # what Streamlit's page asks for whenever it connects


class CalmDialogs:
    """Middleware that adds to what Streamlit's page is told of its host: none of its errors covers it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """That one answer changed, all others as they come."""
        if scope["type"] != "http" or not scope["path"].endswith(ASKED):
            await self.app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def calm(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                body = calmed(b"".join(parts))
                MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
                await send(start)
                await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, calm)


def calmed(body: bytes) -> bytes:
    """What the page is told, and that dialogs are to stay shut; what is no such answer stays as it is."""
    try:
        told = json.loads(body)
    except ValueError:
        return body
    return json.dumps({**told, "blockErrorDialogs": True}).encode()
