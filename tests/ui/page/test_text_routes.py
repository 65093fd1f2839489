"""Another text over HTTP: what a class asks for at once is computed once."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.page import text_routes


def test_one_view_is_computed_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    computed = list[tuple[str, bool]]()

    def answer(link: str, narrow: bool) -> dict[str, object]:
        computed.append((link, narrow))
        return {"link": link, "narrow": narrow}

    monkeypatch.setattr(text_routes, "answer", answer)
    views = [("text=once", True), ("text=once", False), ("text=again", True)]
    with TestClient(Starlette(routes=text_routes.routes())) as client:
        for link, narrow in 3 * views:
            asked = {"link": link, "narrow": narrow}
            assert client.post("/text", json=asked).json() == asked
    assert computed == views
