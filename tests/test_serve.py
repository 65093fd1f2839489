"""What a server does for all its readers, before the first comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

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
