"""A server that is stopped in the midst of training ends at once, and leaves no process behind."""

from __future__ import annotations

import json
import subprocess
import sys
from http.client import HTTPResponse
from pathlib import Path
from time import monotonic, sleep
from urllib.request import Request, urlopen

import pytest

from tests.browser.harness import PATIENCE, ROOT, address_of

OPTIONS = ("--server.address=127.0.0.1", "--server.port=0", "--server.fileWatcherType=none")


def asked(address: str, body: object = None) -> HTTPResponse:
    sent = None if body is None else json.dumps(body).encode()
    head = {"content-type": "application/json", "x-training-browser": "test"}
    answer: HTTPResponse = urlopen(Request(address, sent, head), timeout=PATIENCE)
    return answer


def workers_of(server: int) -> list[str]:
    """The processes that train for a server, by their numbers."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [pid for pid, parent, what in rows if parent == str(server) and "ui.trainer.worker" in what]


def alive(pid: str) -> bool:
    return subprocess.run(["ps", "-p", pid], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_a_server_stops_in_the_midst_of_training(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-u", "-m", "streamlit", "run", "serve.py", *OPTIONS]
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        address = f"{address_of(server, log)}/training"
        name = json.load(asked(address, {"recipe": "count10.LSTM"}))["id"]
        asked(f"{address}/{name}", {"act": "want", "until": 2000})
        stream = asked(f"{address}/{name}/events")
        while b'"update": 1' not in stream.readline():
            pass
        workers = workers_of(server.pid)
        assert workers
        server.terminate()
        server.wait(PATIENCE)
        end = monotonic() + PATIENCE
        while any(map(alive, workers)) and monotonic() < end:
            sleep(0.02)
        assert not any(map(alive, workers))
    finally:
        server.kill()
        server.wait()
