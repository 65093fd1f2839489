"""How fast the page is, in one run, as ratios to what Streamlit alone needs: `python -m bench.browser`.

A press is measured from the key event's own time stamp to the first task after the frame that shows it,
in a browser without a frame limit: what is measured is the work, not the wait for the next of 60 frames.
A change of text, in a browser with its frame limit, is measured from the message that carries it to the
server until all heatmaps are painted: the pause of the text box is the same for both pages and left out.
The script's own share of it is measured in this process, with no browser beside it that takes the processor.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from unittest.mock import patch

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.testing.v1 import AppTest

from bench.view import UNITS, selection
from tests.browser.chromium import flags, found
from tests.browser.harness import opened, ready, served, settled
from ui.page import frame, workspace
from ui.runs.link import link_of

APP = Path(__file__).parents[1] / "app.py"
TEXT = ("the quick brown fox jumps over the lazy dog and runs away fast" * 2)[:60]
UNLIMITED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"]

WATCH = """
  window.sent = 0; window.heard = 0; window.stamp = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!this.watched) {
      this.watched = true;
      this.addEventListener('message', () => (window.heard = performance.now()));
    }
    window.sent = performance.now();
    return send.call(this, data);
  };
  window.painted = (test) => new Promise((done) => {
    const look = () => test() ? after(done) : requestAnimationFrame(look);
    look();
  });
  const after = (done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  });
  window.presses = [];
  addEventListener('keydown', (event) => after((now) => presses.push(now - event.timeStamp)), true);
  window.plot = () => document.querySelector('.st-key-heat .js-plotly-plot');
  window.whole = (text) => {
    const gd = plot(), tokens = [...text].map((letter) => letter === ' ' ? '␣' : letter);
    const alias = gd?.layout?.xaxis?.labelalias;
    return alias && gd.querySelectorAll('.hm image').length === gd.data.length
      && tokens.every((token, place) => alias[place + 1] === token || alias[place + 1] === text[place]);
  };
"""

# Said of a plot that exists: before it does, neither side has a length, and they would be equal.
HEATMAPS = "plot()?.data && plot().querySelectorAll('.hm image').length === plot().data.length"


def p95(samples: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(samples, n=20)[-1]


def with_network(samples: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{median(samples):.1f} / {p95(samples):.1f}"


def row(name: str, value: str, goal: str = "") -> None:
    """One line of the table."""
    print(f"{name:<58}{value:>26}   {goal}", flush=True)


def page_of(browser: Browser, stack: list[Page], address: str, settle: Callable[[Page], None]) -> Page:
    """A page in a fresh context, watched from its first script on."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.add_init_script(WATCH)
    page.goto(address)
    settle(page)
    stack.append(page)
    return page


def drawn(page: Page) -> None:
    """Wait until a bare page has painted all heatmaps."""
    ready(page)
    page.wait_for_function(HEATMAPS)


def stepped(page: Page, presses: int, pause: int = 120) -> list[float]:
    """Milliseconds from key to painted frame, for single presses."""
    page.evaluate("presses.length = 0")
    for press in range(presses):
        page.keyboard.press("ArrowRight" if press // 20 % 2 == 0 else "ArrowLeft")
        page.wait_for_timeout(pause)
    times: list[float] = page.evaluate("presses")
    return times


def rerun(page: Page, presses: int) -> list[float]:
    """Milliseconds from a press of the button to the repainted figure where Streamlit reruns."""
    times = []
    for _ in range(presses):
        seen = int(page.get_by_test_id("step-number").inner_text())
        page.evaluate(
            "addEventListener('click', (event) => (stamp = event.timeStamp), { once: true, capture: true })"
        )
        page.get_by_role("button", name="next").click()
        page.wait_for_function(f"plot()?._fullLayout?.shapes?.[0]?.x0 === {seen + 0.5}")
        times.append(page.evaluate("painted(() => true)") - page.evaluate("window.stamp"))
        ready(page)
    return times


def quick(page: Page, press: Callable[[], None]) -> int:
    """How many of 25 presses at 33 ms arrive."""
    before = int(page.get_by_test_id("step-number").inner_text())
    for _ in range(25):
        press()
        page.wait_for_timeout(33)
    page.wait_for_timeout(3000)
    return int(page.get_by_test_id("step-number").inner_text()) - before


def retyped(page: Page, label: str, texts: list[str]) -> list[tuple[float, float]]:
    """Milliseconds from a text sent to the server's last message, and to all heatmaps repainted."""
    times = []
    for text in texts:
        page.get_by_label(label, exact=True).fill(text)
        painted = page.evaluate("(text) => painted(() => whole(text))", text)
        ready(page)
        page.wait_for_timeout(100)
        times.append((page.evaluate("window.heard - window.sent"), painted - page.evaluate("window.sent")))
    return times


def scripted(texts: list[str]) -> list[float]:
    """Milliseconds of the script alone for each new text: all of a rerun but messages and wire."""
    app, times = AppTest.from_file(APP, default_timeout=60), []
    for name, value in selection(texts[0]).flat().items():
        app.query_params[name] = ",".join(value) if isinstance(value, tuple) else str(value)
    begin, show = frame.begin, workspace.show

    def begun(*arguments: object) -> object:
        times.append(-perf_counter())
        return begin(*arguments)  # type: ignore[arg-type]  # whatever the page gives

    def shown(*arguments: object) -> None:
        show(*arguments)  # type: ignore[arg-type]  # whatever the page gives
        times[-1] += perf_counter()

    with patch.object(frame, "begin", begun), patch.object(workspace, "show", shown):
        app.run()
        for text in texts:
            app.session_state["text"] = text
            app.run()
    return [1000 * time for time in times[1:]]


def cold(browser: Browser, address: str, settle: Callable[[Page], None]) -> float:
    """Milliseconds from an empty browser context to all heatmaps painted and the page at rest."""
    with opened(browser) as (page, _):
        page.add_init_script(WATCH)
        page.goto(address)
        settle(page)
        page.wait_for_function(HEATMAPS)
        now: float = page.evaluate("painted(() => true)")
    return now


def main() -> None:
    """Print the table."""
    link = f"?{link_of(selection(TEXT))}&step=1"
    bare_link = f"?text={TEXT.replace(' ', '+')}"
    texts = [TEXT[turn:] + TEXT[:turn] for turn in range(1, 31)]
    scripts = scripted(texts)[5:]
    row("script of a text change, median / p95 (ms)", with_network(scripts), "≤ 25")
    with (
        sync_playwright() as playwright,
        served() as app,
        served("bench/pages/bare.py") as bare,
        served("bench/pages/rerun.py") as again,
    ):
        browser = playwright.chromium.launch(executable_path=found(), args=[*flags(), *UNLIMITED])
        calm = playwright.chromium.launch(executable_path=found(), args=flags())
        pages: list[Page] = []
        print(f"7 heatmaps, {UNITS} units × {len(TEXT)} steps")
        ours, theirs = (
            page_of(browser, pages, app + link, settled),
            page_of(browser, pages, again + bare_link, drawn),
        )
        steps, reruns = [], []
        for _ in range(3):
            steps += stepped(ours, 30)
            reruns += rerun(theirs, 10)
        row("key to painted frame, median / p95 (ms)", with_network(steps), "≤ 8 / ≤ 16")
        row("  the same at leisure, a press every 600 ms", with_network(stepped(ours, 20, 600)))
        row("the same by Streamlit rerun", f"{median(reruns):.0f} / {p95(reruns):.0f}")
        row("  ratio", f"{median(reruns) / median(steps):.0f} ×", "≥ 40 ×")
        ours.keyboard.press("Home")
        row("25 keys at 33 ms: arrived", f"{quick(ours, lambda: ours.keyboard.press('ArrowRight'))}", "25")
        again_button = theirs.get_by_role("button", name="next")
        row("  by Streamlit rerun", f"{quick(theirs, lambda: again_button.dispatch_event('click'))}")

        for page in pages:
            page.context.close()
        ours, plain = page_of(calm, pages, app + link, settled), page_of(calm, pages, bare + bare_link, drawn)
        app_texts, bare_texts = [], []
        for turn in range(15):
            text = [TEXT[turn + 1 :] + TEXT[: turn + 1]]
            app_texts += retyped(ours, "Your text", text)
            bare_texts += retyped(plain, "Text", text)
        (app_server, app_paint), (bare_server, bare_paint) = (
            [median(column) for column in zip(*times, strict=True)] for times in (app_texts, bare_texts)
        )
        row("new text to all heatmaps repainted (ms)", f"{app_paint:.0f}")
        row("  a bare page with the same figure", f"{bare_paint:.0f}")
        row("  ratio", f"{app_paint / bare_paint:.2f} ×", "≤ 1.3 ×")
        row("  of it server and wire, app / bare (ms)", f"{app_server:.0f} / {bare_server:.0f}")
        for page in pages[2:]:
            page.context.close()

        starts = [(cold(calm, app + link, settled), cold(calm, bare + bare_link, drawn)) for _ in range(6)]
        first, second = (median(column) for column in zip(*starts[1:], strict=True))
        row("cold start (ms), app / bare", f"{first:.0f} / {second:.0f}")
        row("  ratio", f"{first / second:.2f} ×", "≤ 1.2 ×")

        long = "abcdefghij" * 200
        wide = page_of(browser, [], f"{app}?{link_of(selection(long, 128))}&step=1", settled)
        times = stepped(wide, 60)
        row("2,000 steps × 128 units, median / p95 (ms)", with_network(times), "p95 ≤ 16")
        four = f"{app}/compare?network=random&units={UNITS}&compare=RNN,LSTM,Bi-LSTM,GRU&step=1&text={TEXT}"
        times = stepped(page_of(browser, [], four, settled), 60)
        row("four networks, median / p95 (ms)", with_network(times), "p95 ≤ 16")
        place = f"{app}/memory?measure=swapped&network=random&units={UNITS}&step=1&text={TEXT}"
        times = stepped(page_of(browser, [], place, settled), 60)
        row("Memory with a marked chart, median / p95 (ms)", with_network(times), "p95 ≤ 16")
        browser.close()
        calm.close()


if __name__ == "__main__":
    main()
