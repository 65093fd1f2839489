"""The stepper's modules in a browser, as they are: served from their folder, without Streamlit."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import opened
from tests.ui.conftest import traced as traced
from ui.stepper.bundle import SOURCES

Core: TypeAlias = Callable[..., Any]

# As JSON, which is read in a fiftieth of the time that Playwright takes over a large value.
CALL = """async ([name, given]) => {
  const { default: call } = await import('/helpers.js');
  return JSON.stringify(await call(name, JSON.parse(given))) ?? "null";
}"""
HELPERS = Path(__file__).with_name("helpers.js").read_text("utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
        pass


@pytest.fixture(scope="session")
def modules() -> Iterator[str]:
    """The address of a server of ui/stepper/js."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(SOURCES)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def core(browser: Browser, modules: str) -> Iterator[Core]:
    """core(name, **given): what one of the helpers answers from the real modules."""
    with opened(browser) as (page, errors):
        served(page, modules, "")
        page.route("**/helpers.js", lambda route: route.fulfill(content_type="text/javascript", body=HELPERS))
        yield lambda name, **given: json.loads(page.evaluate(CALL, [name, json.dumps(given)]))
        assert errors == []


def served(page: Page, address: str, body: str, place: str = "") -> None:
    """A page of the server that holds this body."""
    said = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head = f'<!doctype html><html lang="en"><head>{said}<link rel="icon" href="data:,"></head>'
    html = f"{head}<body>{body}</body></html>"
    page.route("**/page.html", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto(f"{address}/page.html{place}")


def unpacked(text: str, *shape: int) -> np.ndarray:
    """float64 in base64 as an array."""
    return np.frombuffer(base64.b64decode(text), "<f8").reshape(*shape)


def wired(message: object) -> Any:
    """A message there and back as JSON."""
    return json.loads(json.dumps(message, allow_nan=False))
