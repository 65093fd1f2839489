"""A window of any engine, as the tests handle it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.harness import DRAWN, PATIENCE
from tests.engines.engines import of_ours

READY = "document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')"
# Where a page has heatmaps they are drawn.
SETTLED = f"{READY} && (!document.querySelector('.st-key-heat') || {DRAWN})"


class Window:
    """A page of the app in one engine."""

    def __init__(
        self, server: str, driver: WebDriver, downloads: Path, errors: Callable[[], list[str]]
    ) -> None:
        self.server, self.driver, self.downloads, self.errors = server, driver, downloads, errors

    def ours(self) -> list[str]:
        """The errors that pages have printed since the browser was opened."""
        return of_ours(self.errors())

    def sized(self, width: int, height: int) -> None:
        """Give the page this size, whatever the window needs around it."""
        self.driver.set_window_size(width, height)
        across, down = self.script("return [innerWidth, innerHeight]")
        self.driver.set_window_size(2 * width - across, 2 * height - down)

    def visit(self, query: str = "", width: int = 1280, height: int = 720) -> None:
        """Open a page of the app and wait until it is drawn."""
        self.sized(width, height)
        self.driver.get(f"{self.server}/{query}")
        self.until(SETTLED)

    def script(self, source: str, *arguments: object) -> Any:
        """What a script returns."""
        return self.driver.execute_script(source, *arguments)  # type: ignore[no-untyped-call]

    def until(self, holds: str) -> Any:
        """Wait until an expression of the page is true."""
        return WebDriverWait(self.driver, PATIENCE, 0.05).until(lambda _: self.script(f"return {holds}"))

    def one(self, selector: str) -> WebElement:
        """The first element of a selector."""
        found: WebElement = self.script("return document.querySelector(arguments[0])", selector)
        assert found is not None, selector
        return found

    def downloaded(self, pattern: str) -> Path:
        """A file that has come down whole."""
        found = WebDriverWait(self.driver, PATIENCE, 0.1).until(
            lambda _: next((path for path in self.downloads.rglob(pattern) if path.stat().st_size), None)
        )
        assert isinstance(found, Path)
        return found

    def press(self, *keys: str) -> None:
        """Keys, where the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def click_at(self, x: float, y: float) -> None:
        """A click at a point of the window."""
        hand = ActionChains(self.driver, duration=0)
        hand.w3c_actions.pointer_action.move_to_location(round(x), round(y)).click()
        hand.perform()
