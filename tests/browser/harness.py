"""A running app and a browser before it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic, sleep

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    ViewportSize,
    expect,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until what does not come counts as lost: a busy machine is not a fault
SIZES = {"projector": (1280, 720), "desk": (1920, 1080), "phone": (390, 844)}
SAYS = re.compile(r"URL: (http://127\.0\.0\.1:[1-9]\d*)")
# Streamlit probes these below the path of a deep link before it finds the server's root.
PROBES = re.compile(r"_stcore/(health|host-config)")
# Who asks for a room that has just ended is told so, and the browser tells of the status.
ENDED = re.compile(r"410 \(Gone\).*/room/")


def viewport(size: str) -> ViewportSize:
    """One of the sizes as Playwright takes it."""
    width, height = SIZES[size]
    return {"width": width, "height": height}


@contextmanager
def served(script: str = "serve.py", *options: str, starter: str = "streamlit") -> Iterator[str]:
    """The address of a fresh server that runs a script of this project, started by the module `starter`."""
    with serving(script, *options, starter=starter) as (address, _):
        yield address


@contextmanager
def serving(
    script: str = "serve.py", *options: str, starter: str = "streamlit"
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same with its process, which may be measured, or killed."""
    command = [sys.executable, "-u", "-m", starter, "run", script]
    place = ["--server.address=127.0.0.1", "--server.port=0"]  # it takes a free one
    settings = ["--server.fileWatcherType=none", *options]
    with NamedTemporaryFile() as log:
        server = subprocess.Popen(
            [*command, *place, *settings], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield address_of(server, Path(log.name)), server
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def address_of(server: subprocess.Popen[bytes], log: Path) -> str:
    """Where the server listens, as it says itself: what answers at a guessed port may be somebody else's."""
    end = monotonic() + PATIENCE
    while server.poll() is None and monotonic() < end:
        if found := SAYS.search(log.read_text(errors="replace")):
            return found[1]
        sleep(0.05)
    raise RuntimeError(f"The server never came up:\n{log.read_text(errors='replace')}")


def ready(page: Page) -> None:
    """Wait until the script has run and what it sent is on the page."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def passed(page: Page) -> None:
    """Wait until the page shows its own pass of what was typed or edited: a busy machine takes a while."""
    page.wait_for_function("document.querySelector('.stepper')?.dataset.waits !== 'pass'")


def press(button: Locator, brings: Locator) -> None:
    """Press a button until what it brings is there.

    A page at work is drawn anew time and again: a press that falls into that moment is heard by nobody.
    """
    end = monotonic() + PATIENCE
    while monotonic() < end:
        with suppress(Error):  # it may be gone by now, and what it brings on its way
            button.click(timeout=30_000)
        with suppress(Error):
            brings.wait_for(timeout=10_000)
            break
    expect(brings).to_be_visible()


# The bytes of each message to the server, and how often it said that the script came to its end: a field of
# Streamlit's ForwardMsg. The page keeps these books itself: what Playwright hears comes a moment later.
BOOKS = """
  sent = [];
  ends = 0;
  function fields(message) {
    const bytes = new Uint8Array(message), found = [];
    let at = 0;
    const varint = () => {
      let value = 0, shift = 0;
      do value |= (bytes[at] & 127) << shift, shift += 7; while (bytes[at++] & 128);
      return value;
    };
    while (at < bytes.length) {
      const tag = varint(), value = varint();
      found.push(tag >> 3);
      if ((tag & 7) === 2) at += value; // a text or a message of that length
    }
    return found;
  }
  WebSocket = class extends WebSocket {
    constructor(...where) {
      super(...where);
      this.addEventListener('message', ({ data }) => (ends += fields(data).includes(ENDED)));
    }
    send(message) {
      sent.push(message.byteLength);
      super.send(message);
    }
  };
""".replace("ENDED", str(ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number))


def heard(page: Page, before: int) -> None:
    """Wait until the script has come to its end once more than `before`, and what it sent is drawn."""
    page.wait_for_function("(before) => ends > before", arg=before)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    ready(page)


def stop_the_clock(page: Page) -> None:
    """From here on time passes by `page.clock.run_for` alone; what Python says waits as well."""
    page.clock.pause_at(page.evaluate("Date.now()") + 1000 * PATIENCE)


# Heatmaps of the steps that the stepper shows are drawn, with the cursors over them.
DRAWN = """(() => {
  const plot = document.querySelector('.st-key-heat .js-plotly-plot');
  const tokens = document.querySelectorAll('[data-testid=token]').length;
  const cursors = document.querySelectorAll('[data-testid=cursor]').length;
  const range = plot?._fullLayout?.xaxis?.range;
  const steps = range && Math.round(range[1] - range[0]);
  return tokens && steps === tokens && cursors === plot.data.length && 'drawn' in plot.dataset;
})()"""


def settled(page: Page) -> None:
    """Wait until the page is ready and its heatmaps are drawn."""
    ready(page)
    page.wait_for_function(DRAWN)


def _said(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location['url']}"


@contextmanager
def opened(browser: Browser, size: str = "projector", **options: object) -> Iterator[tuple[Page, list[str]]]:
    """A page in a browser context of its own, and the list of errors that it prints."""
    context = context_of(browser, size, **options)
    try:
        with opened_in(context) as (page, errors):
            yield page, errors
    finally:
        context.close()


def context_of(browser: Browser, size: str = "projector", **options: object) -> BrowserContext:
    """A reader's browser; `options` are Playwright's."""
    settings = {"viewport": viewport(size), "locale": "en-US", **options}
    return browser.new_context(**settings)  # type: ignore[arg-type]  # passed through


@contextmanager
def opened_in(context: BrowserContext) -> Iterator[tuple[Page, list[str]]]:
    """The same in a context that there is already; what the page prints is complete at the end."""
    page, errors = context.new_page(), list[str]()
    page.set_default_timeout(1000 * PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(_said(message)) if message.type == "error" else None)
    try:
        yield page, errors
    finally:
        errors[:] = [error for error in errors if not (PROBES.search(error) or ENDED.search(error))]
        page.close()
