"""How fast what is typed, and an edit that is dragged, is answered in the page: `python -m bench.typing`.

A key is measured from its event's own time stamp to the first task after the frame in which strip and
heatmaps show the text, in a browser without a frame limit: what is measured is the work, not the wait for
the next of 60 frames. What of it is our own script, and how long the main thread was busy at a stretch, is
read from Chromium's trace. A bare Streamlit page with the same figure is measured as in bench.browser: from
the message that carries the text on, so without the pause of its text box.
"""

from __future__ import annotations

import json
from statistics import median
from typing import Any, TypeAlias

from playwright.sync_api import Browser, Page, sync_playwright

from bench.browser import TEXT, UNLIMITED, drawn, p95, page_of, retyped, row, with_network
from bench.view import UNITS, selection
from tests.browser.chromium import flags, found
from tests.browser.harness import served, settled
from ui.runs.link import link_of

Event: TypeAlias = dict[str, Any]

BOX = ".st-key-text input"
PAUSE = 700  # ms after the last key until the server has heard of it
ANSWERED = "!document.querySelector('.stepper[aria-busy=true], .st-key-heat[data-live]')"
LETTERS = "qwertyuiopasdfghjklzxcvbnmqwer"
OURS = "hear"  # the function of ui/stepper/js/hosts/text_boxes.js in which all of our answer to a key is done

WATCH = """() => {
  window.typed = [];
  const visible = () => document.querySelector('.st-key-text input').value.replaceAll(' ', '␣');
  const strip = () => Array.from(document.querySelectorAll('[data-testid=token]:not(.own) > bdi'), (one) => one.textContent);
  let stamp = 0;
  addEventListener('keydown', (event) => (stamp = event.timeStamp), true);
  addEventListener('input', () => {
    const begun = stamp, text = visible(), one = { took: null };
    typed.push(one);
    const shows = () => document.querySelector('.st-key-heat[data-live]') && strip().join('') === text;
    const tell = () => (one.took = performance.now() - begun);
    const look = () => shows() ? scheduler.postTask(tell, { priority: 'user-blocking' }) : visible() === text && wait();
    const wait = () => requestAnimationFrame(look);
    wait();
  });
}"""  # noqa: E501


# Of each value that the hand gives the slider the time until all heatmaps show it.
DRAG = """() => {
  window.dragged = [];
  const slider = document.querySelector('[data-testid=edit-value]');
  const root = document.querySelector('.stepper');
  slider.addEventListener('input', ({ timeStamp }) => {
    const shows = () => document.querySelector('.st-key-heat[data-live]') && root.dataset.waits !== 'pass';
    const tell = () => dragged.push(performance.now() - timeStamp);
    const look = () => shows() ? scheduler.postTask(tell, { priority: 'user-blocking' }) : wait();
    const wait = () => requestAnimationFrame(look);
    wait();
  });
}"""


def opened(browser: Browser, address: str) -> Page:
    """A page with the caret in the box of its text."""
    page = page_of(browser, [], address, settled)
    page.evaluate(WATCH)
    page.click(BOX)
    rest(page)
    return page


def keyed(page: Page, letters: str, pause: int, where: str) -> None:
    """Type letters at the end, in the middle or at home."""
    page.focus(BOX)  # the page may have drawn the box anew
    page.keyboard.press("End" if where == "end" else "Home")
    for _ in range(len(TEXT) // 2 if where == "middle" else 0):
        page.keyboard.press("ArrowRight")
    page.evaluate("typed.length = 0")
    for letter in letters:
        page.keyboard.type(letter)
        page.wait_for_timeout(pause)


def rest(page: Page) -> None:
    """Wait until the server has read what was typed, and Plotly has drawn it."""
    page.wait_for_timeout(PAUSE)
    page.wait_for_function(ANSWERED, timeout=60_000)
    settled(page)


def taken_back(page: Page, text: str) -> None:
    """All is as it was before letters were typed."""
    rest(page)
    page.fill(BOX, text)
    rest(page)


def typed(page: Page, letters: str, pause: int, where: str = "end") -> list[float]:
    """Milliseconds from each key to the frame that shows its text; what was not shown is left out."""
    before = page.input_value(BOX)
    keyed(page, letters, pause, where)
    page.wait_for_timeout(PAUSE)
    times: list[float] = page.evaluate("typed.map(({ took }) => took).filter((took) => took !== null)")
    taken_back(page, before)
    return times


def traced(browser: Browser, page: Page, letters: str, pause: int, where: str = "end") -> list[Event]:
    """The events of the page's main thread while letters are typed, before the server hears of them."""
    before = page.input_value(BOX)
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline"])
    keyed(page, letters, pause, where)
    events: list[Event] = json.loads(browser.stop_tracing())["traceEvents"]
    taken_back(page, before)
    keys = [event for event in events if of_type(event, "input")]
    main = keys[0]["pid"], keys[0]["tid"]
    return [event for event in events if (event["pid"], event["tid"]) == main and event["ph"] == "X"]


def of_type(event: Event, kind: str) -> bool:
    """Whether the event is the dispatch of this kind of event to the page."""
    return event["name"] == "EventDispatch" and event["args"]["data"]["type"] == kind


def milliseconds(events: list[Event]) -> list[float]:
    """How long each took."""
    return [event["dur"] / 1000 for event in events]


def shares(events: list[Event]) -> tuple[float, float, float]:
    """Medians of a key: our script, all else within the key's events, and the frame that follows them."""
    ours = [event for event in events if event["args"].get("data", {}).get("functionName") == OURS]
    keys = [event for event in events if of_type(event, "keypress")]
    frames = [event for event in events if "BeginMainFrame" in str(event["args"].get("src_func"))]
    after = [next((one for one in frames if one["ts"] > key["ts"]), key) for key in keys]
    own = [median(milliseconds(ours))] if ours else [0.0]
    return own[0], median(milliseconds(keys)) - own[0], median(milliseconds(after))


def longest(events: list[Event]) -> float:
    """The longest task of the main thread, in milliseconds."""
    return max(milliseconds([event for event in events if event["name"].endswith("RunTask")]))


def dragged(page: Page, step: int) -> list[float]:
    """Milliseconds from each move of a hand on a gate's value at a step to the frame that shows its run."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Home")
    for _ in range(step):
        page.keyboard.press("ArrowRight")
    slider = page.get_by_test_id("edit-value")
    if not slider.is_visible():  # where the address has an edit, it is open
        page.get_by_test_id("edit-open").click()
    box = slider.bounding_box()
    assert box is not None, "the slider is seen"
    page.evaluate(DRAG)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for move in range(30):
        page.mouse.move(box["x"] + box["width"] * (0.2 + 0.02 * move), box["y"] + box["height"] / 2)
        page.wait_for_timeout(60)
    page.mouse.up()
    times: list[float] = page.evaluate("dragged")
    rest(page)
    return times


def changed(page: Page) -> tuple[int, int]:
    """Bytes that a change of one letter sends to the server, and that come from it."""
    page.evaluate("window.bytesIn = window.bytesOut = 0")
    page.keyboard.press("End")
    page.keyboard.type("q")
    rest(page)
    told: list[int] = page.evaluate("[bytesOut, bytesIn]")
    return told[0], told[1]


COUNT = """
  window.bytesIn = window.bytesOut = 0;
  WebSocket = class extends WebSocket {
    constructor(...where) {
      super(...where);
      this.addEventListener('message', ({ data }) => (bytesIn += data.byteLength ?? data.size));
    }
    send(message) {
      bytesOut += message.byteLength;
      super.send(message);
    }
  };
"""


def bare_changes(browser: Browser, address: str) -> float:
    """Milliseconds until a bare page has repainted the same figure for a new text, the pause left out."""
    page = page_of(browser, [], f"{address}?text={TEXT.replace(' ', '+')}", drawn)
    texts = [TEXT[turn:] + TEXT[:turn] for turn in range(1, 11)]
    times = median(painted for _, painted in retyped(page, "Text", texts))
    page.context.close()
    return times


def main() -> None:
    """Print the table."""
    link = f"?{link_of(selection(TEXT))}&step=1"
    long = (TEXT * 4)[:200]
    with sync_playwright() as playwright, served() as app, served("bench/pages/bare.py") as bare:
        browser = playwright.chromium.launch(executable_path=found(), args=[*flags(), *UNLIMITED])
        calm = playwright.chromium.launch(executable_path=found(), args=flags())
        print(f"typing: 7 heatmaps, {UNITS} units × {len(TEXT)} steps")
        page, theirs = opened(browser, app + link), bare_changes(calm, bare)
        typed(page, LETTERS, 60)  # warm
        for where in ("end", "middle", "home"):
            times = typed(page, LETTERS, 120, where)
            row(f"key to all heatmaps painted, {where}, median / p95 (ms)", with_network(times), "≤ 8 / ≤ 16")
            row("  ratio to a bare page's", f"{theirs / median(times):.0f} × ({theirs:.0f} ms)", "≥ 40 ×")
            ours, rest, frame = shares(traced(browser, page, LETTERS[:15], 150, where))
            row("  our script / rest of the key / its frame (ms)", f"{ours:.1f} / {rest:.1f} / {frame:.1f}")
        times = typed(page, LETTERS, 40)
        late = sum(took > 40 for took in times)
        row("30 letters at 40 ms: shown / late", f"{len(times)} / {late}", "30 / 0")
        for where, step in (("the last step", len(TEXT) - 1), ("the first step", 0)):
            times = dragged(page, step)
            row(f"hand on a gate at {where}, median / p95 (ms)", with_network(times), "≤ 8 / ≤ 16")
            row("  ratio to a bare page's", f"{theirs / median(times):.0f} × ({theirs:.0f} ms)", "≥ 40 ×")
            page.reload()
            settled(page)
        page.context.close()
        for name, address in (
            ("128 units × 200 steps", f"{app}?{link_of(selection(long, 128))}&step=1"),
            ("writer, 192 units × 200 steps", f"{app}?network=shakespeare&write=0&text={long}"),
        ):
            page = opened(browser, address)
            typed(page, LETTERS[:5], 200)
            for where in ("end", "home"):
                times = typed(page, LETTERS[:10], 200, where)
                row(f"{name}, {where}, median / p95 (ms)", f"{median(times):.1f} / {p95(times):.1f}", "≤ 50")
            busy = longest(traced(browser, page, LETTERS[:10], 200, "home"))
            row("  the main thread busy at a stretch, at most (ms)", f"{busy:.1f}", "≤ 16")
            page.context.close()
        context = calm.new_context(viewport={"width": 1280, "height": 720}, locale="en-US")
        page = context.new_page()
        page.add_init_script(COUNT)
        page.goto(app + link)
        settled(page)
        page.click(BOX)
        sent, heard = changed(page)
        row("bytes of a change of one letter, out / in", f"{sent:,} / {heard:,}")
        browser.close()
        calm.close()


if __name__ == "__main__":
    main()
