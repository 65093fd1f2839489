"""One server for all, a fresh page a test; any error on a page fails its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import BOOKS, PATIENCE, opened, served, settled, stop_the_clock

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """visit(query, size=, wait=, clock=, **context options) → the page, settled unless wait is False.

    With `clock="stopped"` time stands still once it is settled, with `clock="going"` it can be stopped later.
    """
    with ExitStack() as stack:
        logs: list[list[str]] = []

        def go(
            query: str = "", size: str = "projector", wait: bool = True, clock: str = "", **options: object
        ) -> Page:
            page, errors = stack.enter_context(opened(browser, size, **options))
            logs.append(errors)
            if clock:
                page.clock.install()
            page.add_init_script(BOOKS)
            page.goto(f"{server}/{query}")
            if wait:
                settled(page)
            if clock == "stopped":
                stop_the_clock(page)
            return page

        yield go
    assert [error for errors in logs for error in errors] == []
