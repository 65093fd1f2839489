"""One server and one window of each engine for all tests; an engine that this machine lacks is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.browser.harness import served

if TYPE_CHECKING:
    from tests.engines.window import Window

collect_ignore_glob = [] if find_spec("selenium") else ["test_*.py"]  # `make test-browsers` brings it


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with served() as address:
        yield address


@contextmanager
def screen() -> Iterator[None]:
    """A screen to draw on: WebKitGTK has no headless mode."""
    if "DISPLAY" in os.environ or not shutil.which("Xvfb"):
        yield
        return
    says, told = os.pipe()
    command = ["Xvfb", "-displayfd", str(told), "-screen", "0", "3840x2200x24", "-nolisten", "tcp"]
    shown = subprocess.Popen(command, pass_fds=[told], stderr=subprocess.DEVNULL)
    os.close(told)
    try:
        os.environ["DISPLAY"] = f":{os.read(says, 20).decode().strip()}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        os.close(says)
        shown.terminate()
        shown.wait()


@pytest.fixture(scope="session", params=["chromium", "firefox", "webkit"])
def window(
    request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    from tests.engines.engines import ENGINES, missing
    from tests.engines.window import Window

    name: str = request.param
    if name in missing():
        pytest.skip(f"no {name} with a driver on this machine")
    engine = ENGINES[name]
    with screen():
        opened = engine.opened(str(engine.browser()), str(engine.driver()), tmp_path_factory.mktemp(name))
        try:
            yield Window(server, *opened)
        finally:
            opened.driver.quit()


@pytest.fixture(autouse=True)
def no_errors(window: Window) -> Iterator[None]:
    before = len(window.ours())
    yield
    assert window.ours()[before:] == []
