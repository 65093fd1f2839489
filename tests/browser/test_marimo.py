"""A view and a widget in a real marimo: they step, and the kernel hears of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.harness import PATIENCE, ROOT, opened

NOTEBOOK = """
import marimo
app = marimo.App()

@app.cell
def _():
    import gates
    import marimo as mo
    return gates, mo

@app.cell
def _(gates):
    gates.view("count10", "aaabbb", step=3)

@app.cell
def _(gates, mo):
    widget = mo.ui.anywidget(gates.view("count10-gru", "aaaabbbb", step=2).widget())
    widget
    return (widget,)

@app.cell
def _(mo, widget):
    mo.md(f"the kernel is at {widget.value['step']}")

if __name__ == "__main__":
    app.run()
"""
ADDRESS = re.compile(r"http://(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    notebook, log = tmp_path / "notebook.py", tmp_path / "log"
    notebook.write_text(NOTEBOOK, "utf-8")
    command = [
        sys.executable,
        "-m",
        "marimo",
        "run",
        str(notebook),
        "--headless",
        "--no-token",
        "--host",
        "127.0.0.1",
    ]
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with log.open("wb") as out:
        server = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": paths, "HOME": str(tmp_path)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        end = monotonic() + PATIENCE
        while not (found := ADDRESS.search(log.read_text(errors="replace"))):
            assert server.poll() is None and monotonic() < end, log.read_text(errors="replace")
            sleep(0.05)
        yield f"http://127.0.0.1:{found[1]}"
    finally:
        server.terminate()
        server.wait()


def test_cells_show_views_and_the_kernel_hears_the_reader(browser: Browser, address: str) -> None:
    with opened(browser, viewport={"width": 1280, "height": 900}, bypass_csp=True) as (page, _):
        page.goto(address)
        frame, widget = page.frame_locator("iframe"), page.locator(".gates-page")
        expect(frame.get_by_test_id("step-number")).to_have_text("3")
        expect(widget.get_by_test_id("step-number")).to_have_text("2")
        widget.locator(".token").nth(4).click()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text("the kernel is at 6")).to_be_visible()
        expect(frame.get_by_test_id("step-number")).to_have_text("3")
