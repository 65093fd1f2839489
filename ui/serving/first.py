"""What a page runs before Streamlit's own code has come."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware import Middleware

from ui.serving.changed import Changed

AHEAD = b"<head>"


def runs_first(script: str) -> Middleware:
    """Puts a script in front of all others of each page."""
    ahead = f"{AHEAD.decode()}<script>{script}</script>".encode()
    return Middleware(Changed, _page, lambda body: body.replace(AHEAD, ahead, 1))


def _page(_: str, headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html")
