"""The pages that compare and remember, in a real browser: one cursor over all, and a view that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import opened, press, ready, served, settled, stop_the_clock
from tests.browser.test_stepping import Visit, step, still, unit
from ui.words import Words

ENGLISH = Words("en")


@pytest.mark.parametrize(
    ("start", "link"), [("", "Compare"), ("compare", "Memory"), ("memory", "Step through")]
)
def test_another_page_is_reached_after_a_step_was_told(visit: Visit, start: str, link: str) -> None:
    page = visit(f"{start}?network=brackets&text=(([]))&step=1")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("new URLSearchParams(location.search).get('step') === '2'")
    ready(page)
    page.get_by_role("link", name=link).click()
    page.wait_for_function(f"!location.pathname.endsWith('/{start}')")
    settled(page)
    assert page.locator("[data-testid=token] > bdi").all_inner_texts() == list("(([]))")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.wait_for_function("new URLSearchParams(location.search).get('network') === 'brackets'")


def test_a_page_is_the_first_request_of_a_fresh_server(browser: Browser) -> None:
    with served() as address, opened(browser) as (page, errors):
        page.goto(f"{address}/memory?network=count50&step=3")
        settled(page)
        assert step(page) == 3
        assert "/memory?" in page.url
    assert errors == []


def lefts(page: Page) -> list[float]:
    """How far each cursor stands from the left edge of its heatmap's first column, in columns."""
    found: list[float] = page.evaluate(
        """() => {
          const gd = document.querySelector('.st-key-heat .js-plotly-plot');
          const box = gd.getBoundingClientRect();
          const cursors = [...document.querySelectorAll('[data-testid=cursor]')];
          return gd.data.map((trace, index) => {
            const axis = gd._fullLayout[`xaxis${trace.xaxis.slice(1)}`];
            const column = axis._length / (axis.range[1] - axis.range[0]);
            return (cursors[index].getBoundingClientRect().left - box.left - axis._offset) / column;
          });
        }"""
    )
    return found


def test_one_cursor_goes_over_all_networks(visit: Visit) -> None:
    page = visit("compare?network=count10&text=aaabbb&step=1")
    for now in range(2, 7):
        page.keyboard.press("ArrowRight")
        assert step(page) == now
        still(page)
        assert lefts(page) == pytest.approx([now - 1] * 3, abs=0.05)
    assert page.locator(".who span").count() == 3
    assert page.locator(".token").first.locator("small").count() == 3


def test_another_network_takes_the_diagram_and_the_equations(visit: Visit) -> None:
    page = visit("compare?network=count10&lead=count10-gru&step=3")

    def symbols() -> list[str]:
        rows = page.get_by_test_id("equation")
        found: list[str] = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.symbol)")
        return found

    assert symbols() == ["u", "r", "c_tilde", "h"]
    drawn = page.get_by_test_id("cell-diagram").inner_html()
    page.get_by_test_id("whose").get_by_role("button", name="RNN").click()
    expect(page.get_by_test_id("equation")).to_have_count(1)
    settled(page)
    assert symbols() == ["h"]
    assert page.get_by_test_id("cell-diagram").inner_html() != drawn
    assert step(page) == 3


def test_the_memory_follows_the_step_and_the_unit_after_a_pause(visit: Visit) -> None:
    page = visit("memory?network=count10&text=aaabbb&step=2")
    first = unit(page)
    told = page.get_by_text("after step 2:")
    expect(told).to_contain_text(f"unit {first}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("after step 3:")).to_contain_text(f"unit {unit(page)}")
    assert unit(page) != first
    page.get_by_text("Show the cell").click()
    ready(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("after step 4:")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("after step 3:")).to_be_visible()
    number = page.locator("[data-testid=equation][data-symbol=c]").get_by_test_id("number").inner_text()
    expect(page.get_by_text("after step 3:").locator("b")).to_have_text(number.strip())


def test_a_click_in_the_list_and_on_a_dot_goes_to_the_unit(visit: Visit) -> None:
    page = visit("memory?network=count10&measure=finder&track=position&step=4")
    row = page.locator(".st-key-found_2 button")
    wanted = row.inner_text().split("unit ")[1].split()[0]
    row.click()
    expect(page.get_by_test_id("unit-name")).to_have_text(wanted)
    assert step(page) == 4
    page.get_by_role("radio", name=ENGLISH("measure.saturation")).click()
    page.locator(".st-key-saturation .points path").first.wait_for()
    before = unit(page)
    dots = page.locator(".st-key-saturation .scatterlayer .trace").nth(1).locator(".points path")
    dots.last.click(force=True)
    expect(page.get_by_test_id("unit-name")).not_to_have_text(before)
    page.wait_for_function("() => /measure=saturation/.test(location.search)")


def test_a_folded_cell_is_shown_on_demand_and_stays_shown(visit: Visit) -> None:
    page = visit("compare?network=count10&together=influence")
    panels, heat = page.locator(".stepper .panels"), page.locator(".st-key-heat")
    before = heat.bounding_box()
    assert before is not None
    expect(panels).to_be_hidden()
    page.get_by_text("Show the cell").click()
    expect(panels).to_be_visible()
    settled(page)
    after = heat.bounding_box()
    assert after is not None
    assert after["height"] < before["height"]
    for view, name in (("Heatmaps", None), ("Influence", "influence")):  # the first view is none in the link
        page.get_by_role("radio", name=view).click()
        page.wait_for_function(
            "(name) => new URLSearchParams(location.search).get('together') === name", arg=name
        )
        ready(page)
    expect(page.get_by_role("switch", name="Show the cell")).to_be_checked()
    expect(panels).to_be_visible()


@pytest.fixture
def endless() -> Iterator[str]:
    """A server that draws networks until it is told to stop or its test ends, however fast the machine is."""
    with served(starter="tests.browser.endless") as address:
        yield address


DRAWING = "memory?measure=gradient&flow=noise&drawn_units=8"


def test_a_long_drawing_leaves_the_page_at_work_and_stops_when_told(browser: Browser, endless: str) -> None:
    with opened(browser) as (page, errors):
        page.goto(f"{endless}/{DRAWING}&step=6")
        stop = page.get_by_role("button", name="Stop")
        chart = page.locator(".st-key-reach .js-plotly-plot")
        expect(stop).to_be_visible()
        expect(page.get_by_test_id("cursor")).to_have_count(1)
        page.keyboard.press("ArrowLeft")
        assert step(page) == 5
        page.wait_for_function("new URLSearchParams(location.search).get('step') === '5'")
        expect(chart).to_have_count(0)
        press(stop, brings=chart)
        expect(stop).to_have_count(0)
        all_of_them = page.get_by_role("button", name=re.compile(r"All [\d,]+ seeds"))
        all_of_them.click()
        expect(all_of_them).to_have_count(0)
        expect(stop).to_be_visible()
        press(stop, brings=chart)
        assert step(page) == 5
    assert errors == []


@pytest.mark.parametrize(
    ("place", "name"), [("memory?step=6", "At every step"), ("compare?together=flow&step=6", "Influence")]
)
def test_a_click_on_a_switch_leaves_the_keys_to_the_steps(visit: Visit, place: str, name: str) -> None:
    page = visit(place)
    page.get_by_role("radio", name=name).click()
    page.wait_for_function("/measure=map|together=influence/.test(location.search)")
    settled(page)
    page.keyboard.press("ArrowRight")
    assert step(page) == 7


def test_a_switch_that_was_reached_by_keyboard_keeps_its_keys(visit: Visit) -> None:
    page = visit("memory?step=6")
    page.get_by_role("radio", name=ENGLISH("measure.written")).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    expect(page.get_by_role("radio", name=ENGLISH("measure.swapped"))).to_be_checked()
    assert step(page) == 6


def at(page: Page, key: str, along: str, share: float) -> tuple[float, float]:
    """Where on the page a chart's steps lie at a share of their axis, in the middle of the other one."""
    where: list[float] = page.evaluate(
        """([key, along, share]) => {
          const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);
          const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
          const on = (axis, part) => axis._offset + part * axis._length;
          const [x, y] = along === "x" ? [share, 0.5] : [0.5, share];
          return [box.left + on(xaxis, x), box.top + on(yaxis, y)];
        }""",
        [key, along, share],
    )
    return where[0], where[1]


def marked(page: Page, key: str, along: str) -> float:
    """Which step the mark of a chart lies on."""
    box = page.locator(f".st-key-{key}").get_by_test_id("mark").bounding_box()
    assert box is not None
    first, last = at(page, key, along, 0), at(page, key, along, 1)
    which, middle = (0, box["x"] + box["width"] / 2) if along == "x" else (1, box["y"] + box["height"] / 2)
    return 10 * (middle - first[which]) / (last[which] - first[which]) + 0.5


@pytest.mark.parametrize(
    ("view", "key", "along"),
    [
        ("written", "contributions", "x"),
        ("gradient&flow=this", "felt", "x"),
        ("finder", "match", "x"),
        ("map", "square", "y"),
    ],
)
def test_the_chart_of_a_view_marks_the_step_and_a_press_in_it_goes_to_one(
    visit: Visit, view: str, key: str, along: str
) -> None:
    page = visit(f"memory?measure={view}&step=4", clock="going")
    page.locator(f".st-key-{key} .js-plotly-plot[data-steps]").wait_for()
    stop_the_clock(page)  # Python, once told of a step, draws the chart anew
    assert marked(page, key, along) == pytest.approx(4, abs=0.05)
    page.keyboard.press("ArrowRight")
    assert marked(page, key, along) == pytest.approx(5, abs=0.05)
    page.mouse.click(*at(page, key, along, 0.77))
    assert step(page) == 8
    assert marked(page, key, along) == pytest.approx(8, abs=0.05)


def test_charts_without_steps_have_no_mark_and_take_no_press(visit: Visit) -> None:
    page = visit("memory?measure=lasting&step=4")
    page.locator(".st-key-fading .nsewdrag").first.click()
    expect(page.locator(".st-key-fading").get_by_test_id("mark")).to_be_hidden()
    assert step(page) == 4


def test_a_view_follows_a_slow_play_and_one_that_is_chosen_begins_at_its_step(visit: Visit) -> None:
    page = visit("memory?text=" + "a" * 75 + "b" * 75 + "&step=2")
    page.locator(".speed").select_option("0.5")  # it plays for longer than all that is waited for here
    page.keyboard.press(" ")
    expect(page.get_by_text(re.compile(r"after step ([3-9]|\d\d+):"))).to_be_visible()
    page.get_by_role("radio", name=ENGLISH("measure.swapped")).click()
    page.wait_for_function("/measure=swapped/.test(location.search)")
    expect(page.get_by_text(re.compile(r"after step ([3-9]|\d\d+) would be"))).to_be_visible()
    expect(page.get_by_text("after step 2 would be")).to_have_count(0)
    expect(page.get_by_test_id("step-play")).to_contain_text("Pause")


def test_another_view_is_shown_while_networks_are_drawn(browser: Browser, endless: str) -> None:
    with opened(browser) as (page, errors):
        page.goto(f"{endless}/{DRAWING}&drawn_seed=40")
        stop = page.get_by_role("button", name="Stop")
        expect(stop).to_be_visible()
        page.get_by_role("radio", name="Find a unit").click()
        expect(page.locator(".st-key-match .js-plotly-plot")).to_be_visible()
        expect(stop).to_have_count(0)
        page.get_by_role("radio", name="Gradient flow").click()
        expect(stop).to_be_visible()  # what is left is drawn when it is asked for again
        press(stop, brings=page.locator(".st-key-reach .js-plotly-plot"))
    assert errors == []
