"""Streamlit's own dialogs stay shut: the page itself says that the server is away, and goes on."""

from __future__ import annotations

import json

from starlette.datastructures import Headers
from starlette.middleware import Middleware

from ui.serving.changed import Changed

ASKED = "/_stcore/host-config"  # what Streamlit's page asks for whenever it connects


def calm_dialogs() -> Middleware:
    """Adds to what Streamlit's page is told of its host: none of its errors covers it."""
    return Middleware(Changed, _asked, _calmed)


def _asked(path: str, _: Headers) -> bool:
    return path.endswith(ASKED)


def _calmed(body: bytes) -> bytes:
    """What the page is told, and that dialogs are to stay shut; what is no such answer stays as it is."""
    try:
        told = json.loads(body)
    except ValueError:
        return body
    return json.dumps({**told, "blockErrorDialogs": True}).encode()
