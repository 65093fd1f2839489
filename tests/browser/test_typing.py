"""What is typed is seen at once, in the strip and in every heatmap, and what the server says later agrees."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.harness import heard, passed, settled
from tests.browser.test_stepping import RANDOM, Visit, step, tokens, unit

BUSY = "document.querySelector('.stepper').getAttribute('aria-busy') === 'true'"
LIVE = "document.querySelector('.st-key-heat').hasAttribute('data-live')"

# Of every frame from here on the tokens in the strip, those below the heatmaps, and how many are seen.
FILM = """() => {
  film = [];
  const texts = (nodes) => [...nodes].map((node) => node.textContent).join('');
  const expose = () => {
    const heat = document.querySelector('.st-key-heat'), plot = heat.querySelector('.js-plotly-plot');
    const live = heat.hasAttribute('data-live');
    const place = live ? '.stepper-live canvas' : '[data-drawn] .hm image';
    const seen = heat.querySelectorAll(place), ticks = heat.querySelector('.stepper-ticks:not(:empty)');
    film.push({
      strip: texts(document.querySelectorAll('[data-testid=token] > bdi')),
      ticks: texts(live ? ticks.children : plot.querySelectorAll('.x4tick text')),
      maps: [...seen].filter((one) => getComputedStyle(one).visibility === 'visible').length,
      cursors: heat.querySelectorAll('[data-testid=cursor]').length,
    });
    requestAnimationFrame(expose);
  };
  expose();
}"""


def box(page: Page) -> Any:
    """The box of the text, the caret at its end."""
    found = page.locator(".st-key-text input")
    found.click()
    page.keyboard.press("End")
    return found


def answered(page: Page) -> None:
    """Wait until the server has read what was typed, and Plotly has drawn it."""
    page.wait_for_function(f"!({BUSY}) && !({LIVE})")
    settled(page)


def test_no_frame_lacks_heatmaps_and_none_shows_two_texts(visit: Visit) -> None:
    """Typed at the end, in the middle, taken back, with pauses in which the server answers."""
    page = visit("?network=count10")
    box(page)
    page.evaluate(FILM)
    page.keyboard.type("abab", delay=40)
    page.wait_for_timeout(400)  # about when the server answers: typing goes on in the midst of it
    page.keyboard.type("bb", delay=250)
    for _ in range(3):
        page.keyboard.press("Backspace")
    page.keyboard.press("Home")
    page.keyboard.type("bb", delay=120)
    answered(page)
    page.wait_for_function("film.length > 60")
    film = page.evaluate("film")
    assert tokens(page) == list("bbaaaaabbbbbaba")
    assert {frame["maps"] for frame in film} == {6}
    assert {frame["cursors"] for frame in film} <= {0, 6}
    assert [frame for frame in film if frame["strip"] != frame["ticks"]] == []
    shown = list(dict.fromkeys(frame["strip"] for frame in film))
    assert shown[0] == "aaaaabbbbb"
    assert shown[-1] == "bbaaaaabbbbbaba"


def test_heatmaps_stay_where_the_chart_is_taken_away_before_the_next(visit: Visit) -> None:
    """A busy page does that: the chart of one answer goes, and the next comes some frames later."""
    page = visit("?network=count10")
    seen = page.evaluate(
        """async () => {
          const plot = document.querySelector('.st-key-heat .js-plotly-plot'), place = plot.parentElement;
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          plot.remove();
          await frame();
          const canvases = document.querySelectorAll('.stepper-live canvas').length;
          place.append(plot);
          await frame();
          return canvases;
        }"""
    )
    assert seen == 6
    page.wait_for_function(f"!({LIVE}) && document.querySelector('[data-drawn]')")
    settled(page)


def test_a_key_is_answered_before_the_server_hears_of_it(visit: Visit) -> None:
    page = visit(RANDOM, clock="stopped")
    numbers = page.locator(".equations")
    before = numbers.inner_text()
    box(page)
    page.evaluate("sent.length = 0")
    page.keyboard.press("Home")
    page.keyboard.type("A")
    assert "".join(tokens(page)) == "Ahello"
    assert page.evaluate("sent") == []
    assert page.evaluate(LIVE) and page.evaluate(BUSY)
    assert numbers.inner_text() != before


TYPED = {
    "count10": "b",
    "names": "ń",
    "adding": " 0.5*",
    "reviews": " a funny",
    "tags": " .",
    "counter": "a",
    "random": " X",
}


@pytest.mark.parametrize("network", TYPED)
def test_the_numbers_stay_when_the_server_answers(visit: Visit, network: str) -> None:
    """A difference above the bound would be an error in the console, which fails the test."""
    page = visit(f"?network={network}")
    numbers = page.locator("[data-testid=equation] [data-testid=number]")
    field = box(page)
    text = field.input_value()
    page.keyboard.type(TYPED[network])
    passed(page)
    assert page.evaluate(BUSY) and page.evaluate(LIVE)
    seen, names, shown = numbers.all_inner_texts(), tokens(page), unit(page)
    answered(page)
    assert (numbers.all_inner_texts(), tokens(page), unit(page)) == (seen, names, shown)
    assert field.input_value() == text + TYPED[network]


def test_the_step_stays_on_its_token(visit: Visit) -> None:
    page = visit("?network=random&text=abcdef&step=3")
    box(page)
    page.keyboard.press("Home")
    page.keyboard.type("xy")
    assert (step(page), tokens(page)[step(page) - 1]) == (5, "c")
    page.keyboard.press("End")
    page.keyboard.type("z")
    assert step(page) == 5
    answered(page)
    assert step(page) == 5
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    assert (step(page), tokens(page)[step(page) - 1]) == (4, "c")
    answered(page)
    page.wait_for_function("location.search.includes('step=4')")


def test_what_is_undone_before_the_server_heard_is_as_it_was(visit: Visit) -> None:
    page = visit("?network=count10", clock="stopped")
    marks = page.locator("[data-testid=token] i").all_inner_texts()
    box(page)
    page.keyboard.type("b")
    assert page.locator("[data-testid=token] i").all_inner_texts() == [*marks, ""]
    page.keyboard.press("Control+z")
    assert tokens(page) == list("aaaaabbbbb")
    assert page.locator("[data-testid=token] i").all_inner_texts() == marks
    assert not page.evaluate(BUSY)


def test_of_what_the_page_cannot_read_the_server_is_asked(visit: Visit) -> None:
    page = visit("?network=random&text=abc", clock="going")
    box(page)
    ends = page.evaluate("ends")
    page.keyboard.type("长")
    assert page.evaluate(BUSY)
    assert tokens(page) == list("abc")
    page.clock.run_for(400)
    heard(page, ends)
    assert tokens(page) == list("abc长")
    assert not page.evaluate(BUSY)


def test_half_a_word_of_an_input_method_is_not_shown(visit: Visit) -> None:
    page = visit("?network=random&text=abc")
    box(page)
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    assert tokens(page) == list("abc")
    assert not page.evaluate(BUSY)
    ime.send("Input.insertText", {"text": "né"})
    page.wait_for_function("document.querySelectorAll('[data-testid=token]').length === 5")
    assert tokens(page) == list("abcné")
    answered(page)


def test_a_long_paste_is_the_servers(visit: Visit) -> None:
    page = visit("?network=random&text=abc")
    box(page)
    ends = page.evaluate("ends")
    page.evaluate("(text) => document.execCommand('insertText', false, text)", "0123456789" * 500)
    heard(page, ends)
    assert len(tokens(page)) == 2000
    assert not page.evaluate(BUSY)


def test_pages_that_show_more_than_one_network_wait_for_the_server(visit: Visit) -> None:
    page = visit("compare?network=count10&text=aabb")
    box(page)
    page.keyboard.type("b")
    assert tokens(page) == list("aabb")
    assert not page.evaluate(BUSY)


def test_a_press_in_a_live_heatmap_goes_to_its_cell(visit: Visit) -> None:
    page = visit("?network=count10", clock="stopped")
    box(page)
    page.keyboard.type("ab")
    passed(page)
    canvas = page.locator(".stepper-live canvas").nth(4)
    where = canvas.bounding_box()
    assert where is not None
    page.mouse.click(where["x"] + where["width"] * 11.5 / 12, where["y"] + where["height"] * 6.5 / 10)
    assert (step(page), unit(page)) == (12, "7")


# The pixels of each picture on white, at the middle of each cell.
PIXELS = """async ([selector, steps, units]) => {
  const found = [];
  for (const picture of document.querySelectorAll(`.st-key-heat ${selector}`)) {
    const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
    Object.assign(canvas, { width: 20 * steps, height: 20 * units });
    let image = picture;
    if (picture.href) {
      image = new Image();
      image.src = picture.href.baseVal;
      await image.decode();
    }
    context.imageSmoothingEnabled = false;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (let unit = 0; unit < units; unit++) for (let t = 0; t < steps; t++)
      found.push([...context.getImageData(20 * t + 10, 20 * unit + 10, 1, 1).data]);
  }
  return found;
}"""


@pytest.mark.parametrize(("units", "length"), [(12, 30), (40, 90)], ids=["gaps", "no gaps"])
def test_live_colours_are_plotlys(visit: Visit, units: int, length: int) -> None:
    text = ("the quick brown fox jumps over the lazy dog " * 3)[:length]
    page = visit(f"?network=random&units={units}&seed=5&text={text[:-1]}")
    box(page)
    page.keyboard.type(text[-1])
    passed(page)
    live = page.evaluate(PIXELS, [".stepper-live canvas", length, units])
    answered(page)
    drawn = page.evaluate(PIXELS, [".hm image", length, units])
    assert len(live) == len(drawn) == 6 * units * length
    worst = max(
        abs(a - b) for one, other in zip(live, drawn, strict=True) for a, b in zip(one, other, strict=True)
    )
    assert worst <= 1
    assert len({tuple(pixel) for pixel in live}) > 100


def test_the_writer_reads_at_once_and_writes_once_the_server_has_answered(visit: Visit) -> None:
    """What both read is the same to the bound, or an error in the console would fail this."""
    page = visit("?network=shakespeare&text=To+be&write=20")
    assert len(tokens(page)) == 25
    box(page)
    page.keyboard.type(", ")
    assert "".join(tokens(page)) == "To␣be,␣"
    assert page.locator(".token.own").count() == 0
    assert page.evaluate(LIVE) and page.evaluate(BUSY)
    answered(page)
    assert "".join(tokens(page)).startswith("To␣be,␣")
    assert page.locator(".token.own").count() == 20


def test_no_key_waits_for_the_pass_of_another_and_the_newest_is_shown(visit: Visit) -> None:
    page = visit("?network=random&units=16&layers=2&directions=2&text=" + 40 * "abcde", clock="going")
    box(page)
    page.evaluate(
        """() => {
          const { now } = performance, field = document.querySelector('.st-key-text input');
          const strip = () => document.querySelectorAll('[data-testid=token]').length;
          seen = [];
          performance.now = () => (performance.leap = (performance.leap ?? 0) + 1000);
          for (const letter of 'xyz') {
            document.execCommand('insertText', false, letter);
            seen.push([field.value.length, strip()]);
          }
          new MutationObserver(() => seen.push([field.value.length, strip()])).observe(
            document.querySelector('.strip'), { childList: true, subtree: true });
          performance.now = now.bind(performance);
        }"""
    )
    page.wait_for_function("document.querySelectorAll('[data-testid=token]').length === 203")
    assert page.evaluate("seen.slice(0, 3)") == [[201, 200], [202, 200], [203, 200]]
    assert all(there == [203, 203] for there in page.evaluate("seen.slice(3)"))
    page.clock.run_for(1000)
    answered(page)
    assert "".join(tokens(page)).endswith("exyz")


# What is sent to the server stays in the page until it is let go, one after another; how many are left.
HOLD = """() => {
  const { send } = WebSocket.prototype, held = [];
  WebSocket.prototype.send = function (message) { held.push(() => send.call(this, message)); };
  letGo = () => {
    held.shift()();
    return held.length;
  };
}"""


def test_typing_goes_on_while_the_server_is_slow(visit: Visit) -> None:
    page = visit("?network=count10")
    box(page)
    page.evaluate(FILM)
    page.evaluate(HOLD)
    for letters in ("a", "b", "ab"):
        page.keyboard.type(letters)
        page.wait_for_timeout(600)  # longer than the pause after which the server is asked
        passed(page)
        assert page.evaluate(BUSY) and page.evaluate(LIVE)
    ends, left = page.evaluate("ends"), 3
    while left:
        left = page.evaluate("letGo()")
        heard(page, ends)  # the answer to a text that is not there any more, but for the last
        ends = page.evaluate("ends")
    answered(page)
    film = page.evaluate("film")
    strips = [strip for strip, _ in groupby(frame["strip"] for frame in film)]
    assert strips == sorted(strips)  # no letter is taken back, neither by an older answer
    assert {f"aaaaabbbbb{letters}" for letters in ("", "a", "ab", "abab")} <= {*strips}
    assert [frame for frame in film if frame["strip"] != frame["ticks"] or frame["maps"] != 6] == []


def test_what_is_typed_in_a_page_that_nobody_sees_is_there_when_she_comes_back(visit: Visit) -> None:
    """No frame is painted meanwhile: the page is frozen, and what the server says waits."""
    page = visit("?network=count10")
    box(page)
    page.keyboard.type("ab")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.keyboard.type("b")
    devtools.send("Page.setWebLifecycleState", {"state": "active"})
    answered(page)
    assert tokens(page) == list("aaaaabbbbbabb")
    assert page.get_by_test_id("cursor").count() == 6


def test_of_the_default_network_a_paste_that_fits_is_read_at_once(visit: Visit) -> None:
    page = visit("")
    box(page)
    page.evaluate("(text) => document.execCommand('insertText', false, text)", "ab" * 900)
    page.wait_for_function("document.querySelectorAll('[data-testid=token]').length === 1810")
    assert page.evaluate(BUSY) and page.evaluate(LIVE)
    answered(page)
    assert len(tokens(page)) == 1810


def test_of_the_default_network_a_paste_that_does_not_is_the_servers(visit: Visit) -> None:
    page = visit("")
    box(page)
    ends = page.evaluate("ends")
    page.keyboard.press("Home")
    page.evaluate("(text) => document.execCommand('insertText', false, text)", "ab" * 2500)
    heard(page, ends)
    assert (len(tokens(page)), step(page)) == (2000, 6)
    assert not page.evaluate(BUSY)


def test_a_dead_key_is_shown_with_its_letter_or_not_at_all(visit: Visit) -> None:
    page = visit("?network=names&text=jose", clock="stopped")
    box(page)
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "´", "selectionStart": 1, "selectionEnd": 1})
    assert tokens(page) == list("jose")
    ime.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    assert tokens(page) == list("jose")
    page.keyboard.press("Backspace")
    ime.send("Input.imeSetComposition", {"text": "´", "selectionStart": 1, "selectionEnd": 1})
    assert tokens(page) == list("jos")
    ime.send("Input.insertText", {"text": "é"})
    page.wait_for_function("document.querySelectorAll('[data-testid=token]').length === 4")
    assert tokens(page) == list("josé")
    assert page.evaluate(LIVE)
