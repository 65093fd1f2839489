"""One server for all, a fresh page a test; any error on a page fails its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import (
    BOOKS,
    PATIENCE,
    context_of,
    opened,
    opened_in,
    served,
    settled,
    stop_the_clock,
    viewport,
)

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def keeper(browser: Browser, server: str) -> Iterator[Page]:
    """A page whose process knows the app's code: others beside it open in two thirds of the time."""
    context = context_of(browser)
    page = context.new_page()
    page.goto(f"{server}/_stcore/health")
    yield page
    context.close()


@pytest.fixture
def visit(browser: Browser, server: str, keeper: Page) -> Iterator[Callable[..., Page]]:
    """visit(query, size=, wait=, clock=, **context options) → the page, settled unless wait is False.

    With `clock="stopped"` time stands still once it is settled, with `clock="going"` it can be stopped later.
    The first page of a test is opened beside the keeper if that can be.
    """
    with ExitStack() as stack:
        stack.callback(forget, keeper)
        logs: list[list[str]] = []

        def go(
            query: str = "", size: str = "projector", wait: bool = True, clock: str = "", **options: object
        ) -> Page:
            beside = not (logs or clock or options)
            way = opened_in(keeper.context) if beside else opened(browser, size, **options)
            page, errors = stack.enter_context(way)
            if beside:
                page.set_viewport_size(viewport(size))
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


def forget(keeper: Page) -> None:
    """Leave nothing of a test in the context that the next one finds."""
    keeper.evaluate("localStorage.clear()")
    keeper.context.clear_cookies()
