"""A running app and a browser before it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"projector": (1280, 720), "desk": (1920, 1080), "phone": (390, 844)}
# Streamlit probes these below the path of a deep link before it finds the server's root.
PROBES = re.compile(r"_stcore/(health|host-config)")


@contextmanager
def served(script: str = "app.py", *options: str) -> Iterator[str]:
    """The address of a fresh server that runs a script of this project."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    settings = ["--server.address=127.0.0.1", "--server.fileWatcherType=none", *options]
    server = subprocess.Popen(
        [*command, *settings], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def ready(page: Page) -> None:
    """Wait until the script has run and what it sent is on the page."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def settled(page: Page) -> None:
    """Wait until the cursors lie over the heatmaps of the steps that the stepper shows."""
    ready(page)
    page.wait_for_function(
        """() => {
          const plot = document.querySelector('.st-key-heat .js-plotly-plot');
          const tokens = document.querySelectorAll('[data-testid=token]').length;
          const cursors = document.querySelectorAll('[data-testid=cursor]').length;
          const range = plot?._fullLayout?.xaxis?.range;
          const steps = range && Math.round(range[1] - range[0]);
          return tokens && steps === tokens && cursors === plot.data.length;
        }"""
    )


def _said(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location['url']}"


@contextmanager
def opened(browser: Browser, size: str = "projector", **options: object) -> Iterator[tuple[Page, list[str]]]:
    """A page in a browser context of its own, and the list of errors that it prints."""
    width, height = SIZES[size]
    settings = {"viewport": {"width": width, "height": height}, "locale": "en-US", **options}
    context = browser.new_context(**settings)  # type: ignore[arg-type]  # Playwright's options, passed through
    page, errors = context.new_page(), list[str]()
    page.set_default_timeout(60_000)  # a busy machine is not a fault
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(_said(message)) if message.type == "error" else None)
    try:
        yield page, errors
    finally:
        errors[:] = [error for error in errors if not PROBES.search(error)]
        context.close()
