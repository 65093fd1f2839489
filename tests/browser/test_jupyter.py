"""A view and a widget in a real JupyterLab, where it is installed (`pip install ".[jupyter]"`)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import PATIENCE, ROOT, opened

pytest.importorskip("jupyterlab")

CELLS = (
    "import numpy as np, gates\nfrom gates import Network",
    "gates.view('count10', 'aaabbb', step=3)",
    "network = Network.random('GRU', 3, 4)\n"
    "widget = gates.view(network, np.eye(3)[[0, 2, 1, 0]], step=2).widget()\nwidget",
    "print('the kernel is at', widget.step)",
)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/lab\?token=\w+")


def notebook(cells: tuple[str, ...]) -> str:
    made = [
        {
            "cell_type": "code",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "id": f"c{at}",
        }
        for at, source in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab that holds the notebook, its settings in a folder of its own."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "cells.ipynb").write_text(notebook(CELLS), "utf-8")
    folders = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    places = {"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path / "ipython"), "HOME": str(tmp_path)}
    log = tmp_path / "log"
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
    ]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={tmp_path / 'work'}"],
            env={**os.environ, **folders, **places},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield address(server, log)
    finally:
        server.terminate()
        server.wait()


def address(server: subprocess.Popen[bytes], log: Path) -> str:
    end = monotonic() + PATIENCE
    while server.poll() is None and monotonic() < end:
        if found := ADDRESS.search(log.read_text(errors="replace")):
            return found[0].replace("/lab?", "/lab/tree/cells.ipynb?reset&")
        sleep(0.05)
    raise RuntimeError(f"JupyterLab never came up:\n{log.read_text(errors='replace')}")


def run_all(page: Page) -> None:
    """Run every cell. A kernel that says it is idle may not listen yet: what it is told then is lost.

    A slow machine's notebook has none yet and asks which one it shall have: the one that it names first.
    """
    asked = page.locator(".jp-Dialog")
    page.add_locator_handler(asked, lambda: asked.locator(".jp-mod-accept").last.click())
    first, end = page.locator(".jp-InputArea-prompt").first, monotonic() + PATIENCE
    while first.inner_text().strip() == "[ ]:" and monotonic() < end:
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_timeout(1000)


def test_cells_show_views_that_step_type_and_are_heard(browser: Browser, lab: str) -> None:
    with opened(browser, viewport={"width": 1280, "height": 900}, bypass_csp=True) as (page, _):
        page.goto(lab)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(state="attached")
        run_all(page)
        frame = page.frame_locator(".jp-OutputArea iframe")
        expect(frame.get_by_test_id("step-number")).to_have_text("3")
        frame.locator(".typed input").fill("aaaabbbb")
        expect(frame.locator(".token")).to_have_count(8)
        widget = page.locator(".gates-page")
        expect(widget.get_by_test_id("step-number")).to_have_text("2")
        widget.locator(".token").nth(3).click()
        expect(widget.get_by_test_id("step-number")).to_have_text("4")
        expect(frame.get_by_test_id("step-number")).to_have_text("3")
        said = page.locator(".jp-OutputArea-output", has_text="the kernel is at")
        expect(said).to_contain_text("2")
        end = monotonic() + PATIENCE
        while "4" not in said.inner_text() and monotonic() < end:  # it is told once the reader rests
            page.locator(".jp-CodeCell .cm-content").nth(3).click()
            page.keyboard.press("Shift+Enter")
            page.wait_for_timeout(300)
        assert "4" in said.inner_text()
