"""Streamlit's page is told to open no dialogs; all else that a server says stays as it is."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.serving.calm import calm_dialogs


async def config(_: Request) -> Response:
    return JSONResponse(
        {"blockErrorDialogs": False, "allowedOrigins": []}, headers={"Cache-Control": "no-cache"}
    )


async def text(_: Request) -> Response:
    return PlainTextResponse("nothing")


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/gates/_stcore/host-config", config), Route("/other/_stcore/host-config", text)]
    return TestClient(Starlette(routes=[*routes, Route("/x", config)], middleware=[calm_dialogs()]))


def test_the_page_is_told_to_open_no_dialogs(client: TestClient) -> None:
    answer = client.get("/gates/_stcore/host-config")
    assert answer.json() == {"blockErrorDialogs": True, "allowedOrigins": []}
    assert answer.headers["cache-control"] == "no-cache"


def test_other_answers_stay(client: TestClient) -> None:
    assert client.get("/x").json()["blockErrorDialogs"] is False
    assert client.get("/other/_stcore/host-config").text == "nothing"
    assert client.get("/lacks/_stcore/host-config").status_code == 404
