"""One server a module, a fresh page a test; any error on a page fails its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import opened, served, settled


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """visit(query, size=, wait=, **context options) → the page, settled unless wait is False."""
    with ExitStack() as stack:
        logs: list[list[str]] = []

        def go(query: str = "", size: str = "projector", wait: bool = True, **options: object) -> Page:
            page, errors = stack.enter_context(opened(browser, size, **options))
            logs.append(errors)
            page.goto(f"{server}/{query}")
            if wait:
                settled(page)
            return page

        yield go
    assert [error for errors in logs for error in errors] == []
