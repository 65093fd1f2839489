"""In a crowd the server is asked for numbers alone, and hears of a text before it does anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from tests.browser.harness import opened, settled, stop_the_clock
from tests.browser.test_rooms import letters, standing
from tests.browser.test_rooms import teacher as teacher
from tests.wire import STREAM
from ui.session.crowd import CROWD

ANSWERED = re.compile(r"/text$")
BOX = "Your text"


@pytest.fixture
def crowd(server: str) -> Iterator[None]:
    """As many others as make the server spare itself."""
    with ExitStack() as lines:
        for _ in range(CROWD):
            lines.enter_context(connect(f"{server.replace('http', 'ws', 1)}/{STREAM}"))
        yield


def typed(page: Page, letters: str) -> None:
    """Type at the end of the box, and wait until the numbers of that are the server's."""
    box = page.get_by_label(BOX)
    box.focus()
    box.press("End")
    with page.expect_response(ANSWERED):
        page.keyboard.insert_text(letters)  # at once, however busy the machine is
    page.wait_for_function("!document.querySelector('.stepper').dataset.waits")


def questions(page: Page) -> list[str]:
    """What the server is asked beside Streamlit's wire from now on."""
    asked = list[str]()
    page.on("request", lambda one: asked.append(one.post_data or "") if ANSWERED.search(one.url) else None)
    return asked


def runs(page: Page) -> int:
    """How often the script has come to its end."""
    return int(page.evaluate("ends"))


@pytest.mark.usefixtures("crowd")
def test_a_text_runs_no_script_and_is_drawn_by_the_page(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab")
    before = runs(page)
    typed(page, "b")
    assert runs(page) == before
    assert page.get_by_test_id("token").count() == 4
    expect(page.get_by_test_id("live")).to_have_attribute("data-live", "")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.wait_for_function("/text=aabb.*step=4/.test(location.search)")
    assert runs(page) == before  # where she is says the address


@pytest.mark.usefixtures("crowd")
def test_what_was_answered_is_not_asked_again(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab", clock="going")
    typed(page, "b")
    asked = questions(page)
    stop_the_clock(page)
    for key in ("a", "Backspace"):
        page.keyboard.press(key)
    page.clock.run_for(1000)
    page.evaluate("fetch('_stcore/health')")  # what was asked before it is known by then
    assert asked == []


@pytest.mark.usefixtures("crowd")
def test_who_points_at_the_heatmaps_sees_them_drawn_anew(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab")
    typed(page, "b")
    page.locator(".st-key-heat").hover()
    settled(page)
    expect(page.get_by_test_id("live")).not_to_have_attribute("data-live", "")


@pytest.mark.usefixtures("crowd")
def test_a_hand_that_points_in_the_midst_of_typing_is_in_time(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab", clock="going")
    page.get_by_label(BOX).press("End")
    stop_the_clock(page)  # the box tells Streamlit 300 ms after each key
    page.keyboard.insert_text("b")
    page.locator(".st-key-heat").hover()
    page.clock.run_for(100)
    settled(page)
    expect(page.get_by_test_id("live")).not_to_have_attribute("data-live", "")
    assert page.get_by_test_id("token").count() == 4


@pytest.mark.usefixtures("crowd")
def test_numbers_beyond_the_scale_of_a_heatmap_have_it_drawn_anew(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab")
    titles = page.get_by_test_id("stPlotlyChart").locator(".infolayer")  # Plotly's own
    expect(titles).to_contain_text("cell state c  ±2")
    typed(page, "aaaaaaa")
    settled(page)
    expect(titles).to_contain_text("cell state c  ±10")
    before = runs(page)
    typed(page, "b")
    assert runs(page) == before


@pytest.mark.usefixtures("crowd")
def test_on_paper_the_heatmaps_are_of_the_text_that_was_typed(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab&symbols=c")
    typed(page, "b")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".over-chart text").all_text_contents() == [*"aabb"]
    assert page.locator(".over-chart image").count() == 1
    for drawn_before in (".hm", ".xaxislayer-above"):
        expect(page.locator(f".js-plotly-plot {drawn_before}").first).to_be_hidden()


@pytest.mark.usefixtures("crowd")
def test_another_page_and_a_choice_know_the_text(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab")
    typed(page, "b")
    page.get_by_test_id("stPageLink").get_by_text("Memory").click()
    page.wait_for_url("**/memory**")
    settled(page)
    expect(page.get_by_label(BOX)).to_have_value("aabb")


# What the page says to the server is held back until it is let go, all of it or so many messages.
SLOW = """
  held = null;
  told = [];
  WebSocket = class extends WebSocket {
    send(message) {
      const tell = (one) => told.push(one) && super.send(one);
      held ? held.push(message) : tell(message);
      globalThis.letGo = (count) => {
        const said = held.splice(0, count ?? Infinity);
        if (count === undefined) held = null;
        said.forEach(tell);
      };
    }
  };
"""


@pytest.mark.usefixtures("crowd")
def test_a_slow_server_loses_no_text_of_who_leaves_and_types_on(browser: Browser, server: str) -> None:
    with opened(browser) as (page, errors):
        page.clock.install()
        page.add_init_script(SLOW)
        page.goto(f"{server}/?network=counter&text=aab")
        settled(page)
        typed(page, "b")
        page.evaluate("held = []")
        page.get_by_test_id("stPageLink").get_by_text("Memory").click()
        page.wait_for_function("held.length > 0")
        for key in ("End", "a"):
            page.get_by_label(BOX).press(key)
        page.clock.run_for(20_000)
        said = [BackMsg.FromString(bytes(one)) for one in page.evaluate("held.map((one) => [...one])")]
        pages = {one.rerun_script.page_script_hash for one in said}
        assert len(pages) == 1  # that of the text: not yet that she goes
        page.evaluate("letGo()")
        page.wait_for_url("**/memory**")
        settled(page)
        expect(page.get_by_label(BOX)).to_have_value("aabba")
    assert errors == []


# What a page does at its next leisure waits while it is busy.
BUSY = """
  leisure = null;
  const later = setTimeout;
  setTimeout = (act, wait, ...given) => {
    return leisure && !wait ? leisure.push(() => act(...given)) : later(act, wait, ...given);
  };
  rest = () => {
    const due = leisure;
    leisure = null;
    due.forEach((act) => act());
  };
"""


@pytest.mark.usefixtures("crowd")
def test_what_a_busy_page_has_yet_to_tell_goes_before_its_reader(browser: Browser, server: str) -> None:
    with opened(browser) as (page, errors):
        page.add_init_script(SLOW + BUSY)
        page.goto(f"{server}/?network=counter&text=aab")
        settled(page)
        typed(page, "b")
        page.evaluate("held = []")
        page.get_by_test_id("stPageLink").get_by_text("Memory").click()
        page.wait_for_function("held.length === 1")
        typed(page, "a")
        page.wait_for_function("held.length === 2")
        page.evaluate("leisure = []; letGo(1)")
        page.wait_for_url("**/?*text=aabb&*")  # heard of by the session: the page tells the next once more
        page.evaluate("letGo()")
        page.wait_for_url("**/?*text=aabba&*")
        page.evaluate("rest()")
        page.wait_for_url("**/memory**")
        settled(page)
        expect(page.get_by_label(BOX)).to_have_value("aabba")
        asked = page.evaluate("told.map((one) => [...one])")
        pages = [BackMsg.FromString(bytes(one)).rerun_script.page_script_hash for one in asked]
        assert pages == sorted(pages, key=pages.index), "of the old page nothing is told after the new one"
    assert errors == []


@pytest.mark.usefixtures("crowd")
def test_another_page_begins_where_the_reader_has_gone_in_the_text(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab")
    typed(page, "b")
    for key in ("Enter", "Home", "ArrowRight"):
        page.keyboard.press(key)
    page.wait_for_function("/text=aabb.*step=2/.test(location.search)")
    page.get_by_test_id("stPageLink").get_by_text("Memory").click()
    page.wait_for_url("**/memory**")
    settled(page)
    expect(page.get_by_test_id("step-number")).to_have_text("2")


@pytest.mark.usefixtures("crowd")
def test_a_text_is_there_again_with_the_network_that_read_it(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab")
    typed(page, "b")
    picker = page.locator(".st-key-network input")
    for name, text in (("Remember the first symbol", re.compile("^B")), ("Counter", "aabb")):
        picker.click()
        page.get_by_role("option", name=name).click()
        expect(page.get_by_label(BOX)).to_have_value(text)
        settled(page)


@pytest.mark.usefixtures("crowd")
def test_an_example_that_the_session_has_is_shown_in_place_of_what_is_typed(
    visit: Callable[..., Page],
) -> None:
    page = visit("?network=counter", clock="going")
    example = page.get_by_label(BOX).input_value()
    typed(page, "ba")
    asked = questions(page)
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("menuitem", name=example, exact=True).click()
    expect(page.get_by_test_id("token")).to_have_count(len(example))
    expect(page.get_by_label(BOX)).to_have_value(example)
    settled(page)
    page.clock.run_for(1000)
    typed(page, "b")
    assert [f"text={example}b" in one for one in asked] == [True]  # of what the script puts there, none


@pytest.mark.usefixtures("crowd")
def test_what_cannot_be_read_is_told_by_the_page(visit: Callable[..., Page]) -> None:
    page = visit("?network=counter&text=aab")
    box = page.get_by_label(BOX)
    box.fill("")
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    box.fill("ab")
    settled(page)
    assert page.get_by_test_id("token").count() == 2


@pytest.mark.usefixtures("crowd")
def test_what_is_lost_on_the_way_is_asked_for_again(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        lost = list[Route]()

        def lose(route: Route) -> None:
            route.continue_() if lost else route.abort()
            lost.append(route)

        page.route("**/text", lose)
        page.goto(f"{server}/?network=counter&text=aab")
        settled(page)
        typed(page, "b")
        assert len(lost) == 2


@pytest.mark.usefixtures("crowd")
def test_an_answer_of_the_network_that_was_chosen_before_is_not_shown(visit: Callable[..., Page]) -> None:
    page, held = visit("?network=counter&text=aab"), list[Route]()
    page.route("**/text", lambda route: held.append(route))
    box, cell = page.get_by_label(BOX), page.locator(".stepper .panels")
    box.press("End")
    with page.expect_request(ANSWERED):
        page.keyboard.insert_text("b")
    page.locator(".st-key-network input").click()
    page.get_by_role("option", name="trained to n = 10").click()
    settled(page)
    expect(box).to_have_value("aabb")
    before = cell.inner_text()
    with page.expect_response(ANSWERED):
        held[0].continue_()
    page.evaluate("fetch('_stcore/health')")  # what came before it has been read by then
    assert cell.inner_text() == before


@pytest.mark.usefixtures("crowd")
def test_where_nobody_answers_beside_the_wire_the_script_does(browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        asked = list[Route]()

        def unknown(route: Route) -> None:  # as Streamlit says it of any path
            asked.append(route)
            route.fulfill(status=200, content_type="text/html", body="<!doctype html>")

        page.route("**/text", unknown)
        page.goto(f"{server}/?network=counter&text=aab")
        settled(page)
        typed(page, "b")
        settled(page)
        page.get_by_label(BOX).press("b")
        page.wait_for_function("document.querySelectorAll('[data-testid=token]').length === 5")
        settled(page)
        assert len(asked) == 1


@pytest.mark.usefixtures("crowd")
def test_a_class_reads_what_its_teacher_types_and_runs_no_script(
    teacher: Page, visit: Callable[..., Page]
) -> None:
    follower = visit(f"?room={letters(teacher)}")
    settled(follower)
    standing(follower, "You follow the teacher")
    before = runs(follower)
    for letter in ("Backspace", "Backspace", "b"):
        teacher.get_by_label(BOX).press("End")
        teacher.keyboard.press(letter)
        text = teacher.get_by_label(BOX).input_value()
        expect(follower.get_by_label(BOX)).to_have_value(text)
        follower.wait_for_function("!document.querySelector('.stepper').dataset.waits")
        expect(follower.get_by_test_id("token")).to_have_count(len(text))
    teacher.keyboard.press("Enter")
    teacher.keyboard.press("Home")
    expect(follower.get_by_test_id("step-number")).to_have_text("1")
    standing(follower, "You follow the teacher")
    assert runs(follower) == before


@pytest.mark.usefixtures("crowd")
def test_who_points_in_the_midst_of_typing_and_types_on_loses_no_letter(
    browser: Browser, server: str
) -> None:
    with opened(browser) as (page, errors):
        page.clock.install()
        page.add_init_script(SLOW)
        page.goto(f"{server}/?network=counter&text=aab")
        settled(page)
        page.get_by_label(BOX).press("End")
        stop_the_clock(page)  # the box tells Streamlit 300 ms after each key
        page.evaluate("held = []")
        page.keyboard.insert_text("b")
        page.locator(".st-key-heat").hover()
        page.clock.run_for(400)
        assert page.evaluate("held.length") == 1
        page.keyboard.insert_text("a")
        page.clock.run_for(400)
        page.evaluate("letGo()")
        page.clock.resume()
        page.wait_for_url("**/?*text=aabba&*")
        settled(page)
        expect(page.get_by_label(BOX)).to_have_value("aabba")
        assert page.get_by_test_id("token").count() == 5
    assert errors == []
