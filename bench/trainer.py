"""Training in the app: how soon it is seen, and what other readers notice of it: `python -m bench.trainer`.

From the POST that opens a run, on a server that has trained nothing yet: a worker has to start. What others
notice is a change of text in a browser, with a run beside it and without, in turns on the same server.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPResponse
from statistics import median
from time import perf_counter, sleep
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import sync_playwright

from bench.browser import TEXT, page_of, retyped, row
from bench.view import selection
from tests.browser.chromium import flags, found
from tests.browser.harness import served, settled
from ui.runs.link import link_of

COUNTS = 11  # the n up to which it is right
LONG = "first.LSTM.longest=60.steps=20000"  # a run that outlasts the measurement
TURNS, TEXTS = 5, 5  # of each kind, and texts in each
AT_REST = 1.0  # seconds: longer than the job that is under way when a run is let rest


class Run:
    """A run on a server, asked for as a page does."""

    def __init__(self, address: str, line: str) -> None:
        self._address = f"{address}/training"
        made = json.load(self._ask("", {"recipe": line}))
        self._name, self.steps = made["id"], made["steps"]

    def want(self, until: int) -> None:
        """Train on to an update, or rest at it."""
        self._ask(f"/{self._name}", {"act": "want", "until": until})

    def looks(self) -> Iterator[dict[str, Any]]:
        """Looks as they come, without end."""
        for line in self._ask(f"/{self._name}/events"):
            if line.startswith(b"data: "):
                yield from json.loads(line[6:])["looks"]

    def _ask(self, path: str, body: object = None) -> HTTPResponse:
        sent = None if body is None else json.dumps(body).encode()
        head = {"content-type": "application/json", "x-training-browser": "bench"}
        answer: HTTPResponse = urlopen(Request(self._address + path, sent, head))
        return answer


def seen(address: str) -> tuple[float, float]:
    """Seconds until the first look has come with its weights, and until one counts right."""
    began, first = perf_counter(), 0.0
    run = Run(address, "count10.LSTM")
    run.want(run.steps)
    for look in run.looks():
        first = first or (perf_counter() - began if look["weights"] else 0.0)
        if look["scores"]["longest"] >= COUNTS:
            break
    took = perf_counter() - began
    run.want(0)
    return first, took


def beside(address: str) -> tuple[list[float], list[float]]:
    """Milliseconds of a change of text until the heatmaps are painted: without a run, and with one."""
    run, alone, trained = Run(address, LONG), list[float](), list[float]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=flags())
        page = page_of(browser, [], f"{address}?{link_of(selection(TEXT))}&step=1", settled)
        for turn in range(2 * TURNS):
            run.want(run.steps * (turn % 2))
            sleep(AT_REST)
            turned = range(1 + turn * TEXTS, 1 + (turn + 1) * TEXTS)
            times = retyped(page, "Your text", [TEXT[at:] + TEXT[:at] for at in turned])
            (trained if turn % 2 else alone).extend(painted for _, painted in times)
        browser.close()
    return alone, trained


def main() -> None:
    """Print the table."""
    with served() as address:
        first, took = seen(address)
        row("first look at a run, with its weights (s)", f"{first:.2f}", "≤ 1")
        row(f"default settings count right up to n = {COUNTS} (s)", f"{took:.1f}", "≤ 10")
        alone, trained = (median(times) for times in beside(address))
        row("another reader's new text, painted (ms)", f"{alone:.0f}")
        row("  with a run beside it", f"{trained:.0f}")
        row("  ratio", f"{trained / alone:.2f} ×", "≤ 1.3 ×")


if __name__ == "__main__":
    main()
