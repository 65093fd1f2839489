"""A script stands before all others of a page; what is no page stays as it is."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.serving.first import runs_first

PAGE = "<html><head><script src='x.js'></script></head></html>"
FIRST = "<html><head><script>mine()</script><script src='x.js'></script></head></html>"


async def page(_: Request) -> Response:
    return HTMLResponse(PAGE, headers={"ETag": '"1"', "Cache-Control": "no-cache"})


async def streamed(_: Request) -> Response:
    return StreamingResponse(iter((PAGE[:9], PAGE[9:])), media_type="text/html")


async def other(_: Request) -> Response:
    return JSONResponse({"page": PAGE})


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/", page), Route("/streamed", streamed), Route("/other", other)]
    packing = Middleware(GZipMiddleware, minimum_size=1)
    return TestClient(Starlette(routes=routes, middleware=[runs_first("mine()"), packing]))


def test_a_page_runs_it_before_all_others(client: TestClient) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "identity"})
    assert answer.text == client.get("/").text == client.get("/streamed").text == FIRST
    assert answer.headers["content-length"] == str(len(FIRST))
    assert answer.headers["cache-control"] == "no-cache" and "etag" not in answer.headers


def test_what_is_no_page_stays(client: TestClient) -> None:
    assert client.get("/other").json() == {"page": PAGE}
    assert client.get("/lacks").status_code == 404
