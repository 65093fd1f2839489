"""Answers of Streamlit's server that are changed on their way out."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Changed:
    """Middleware that changes answers that are `meant`, by path and headers; all others go as they come."""

    def __init__(
        self, app: ASGIApp, meant: Callable[[str, Headers], bool], change: Callable[[bytes], bytes]
    ) -> None:
        self.app, self.meant, self.change = app, meant, change

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, and what is said to it."""
        start: Message = {}
        parts: list[bytes] = []

        async def changed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and self._meant(scope, message):
                start = message
                return
            if not start:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                body = self._changed(start, b"".join(parts))
                await send(start)
                await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, changed if scope["type"] == "http" else send)

    def _changed(self, start: Message, came: bytes) -> bytes:
        """Another body for one that came, and headers that fit it; the same where nothing is changed."""
        headers = MutableHeaders(raw=start["headers"])
        plain = gzip.decompress(came) if headers.get("content-encoding") == "gzip" and came else came
        body = self.change(plain)
        if body == plain:
            return came
        headers["content-length"] = str(len(body))
        for name in ("content-encoding", "etag", "last-modified"):  # they are of what came
            del headers[name]
        return body

    def _meant(self, scope: Scope, start: Message) -> bool:
        return start["status"] == 200 and self.meant(scope["path"], Headers(raw=start["headers"]))
