"""Another text over HTTP: what the stepper is sent of it.

    POST /text    the link of a view, and whether its page is narrow: the stepper's message

A view that needs more than its link says, or more than the page can draw by itself, is refused by name.
A class that follows its teacher asks for one view, all at once: it is computed once.
"""

from __future__ import annotations

from functools import lru_cache

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.page.beside import answer
from ui.serving.faults import Refused
from ui.serving.requests import below, body, told


@lru_cache(8)
def _numbers(link: str, narrow: bool) -> bytes:
    return bytes(JSONResponse(answer(link, narrow)).body)


def routes(base: str = "") -> list[Route]:
    """The route of a server's texts, below its base path."""
    one = CapacityLimiter(1)  # all of it is Python and small products: two would only wait for each other

    async def answered(request: Request) -> Response:
        said = await body(request)
        link, narrow = said.get("link"), said.get("narrow")
        if not isinstance(link, str) or not isinstance(narrow, bool):
            raise Refused("nonsense", 400)
        numbers = await to_thread.run_sync(_numbers, link, narrow, limiter=one)
        return Response(numbers, media_type="application/json")

    return [Route(f"{below(base)}/text", told(answered), methods=["POST"])]
