"""What a server does for all its readers, before the first comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.browser.harness import PATIENCE

ROOT = Path(__file__).parents[1]
ASKED = "import json, serve, threadpoolctl; print(json.dumps(threadpoolctl.threadpool_info()))"


def test_products_are_not_shared_between_cores():
    """Nobody sets a variable for that: a reader starts the server as she likes."""
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    said = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, env=free, capture_output=True, check=True, text=True
    )
    pools = json.loads(said.stdout.splitlines()[-1])
    assert {pool["num_threads"] for pool in pools if pool["user_api"] == "blas"} == {1}


DRAWN = """
import sys, time
from starlette.testclient import TestClient
import serve
from ui.session.crowd import readers
with TestClient(serve.app):
    while "ui.page.workspace" not in sys.modules or readers():
        time.sleep(0.05)
"""


def test_the_first_page_is_drawn_for_nobody_who_then_goes():
    subprocess.run([sys.executable, "-c", DRAWN], cwd=ROOT, capture_output=True, check=True, timeout=PATIENCE)
