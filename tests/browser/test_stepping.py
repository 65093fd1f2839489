"""Stepping, as a person does it: keys, clicks, play; what the page says is what the network computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page, expect

from cells import equations, shipped
from tests.browser.harness import heard, opened, passed, served, settled
from ui.networks.catalogue import CATALOGUE
from ui.runs.link import from_link, link_of
from ui.selection.records import Selection
from ui.session.chosen import chosen as resolved

Visit: TypeAlias = Callable[..., Page]
RANDOM = "?network=random&units=6&seed=3&text=hello"


def step(page: Page) -> int:
    passed(page)
    return int(page.get_by_test_id("step-number").inner_text())


def unit(page: Page) -> str:
    return page.get_by_test_id("unit-name").inner_text()


# How far each cursor is from the column of the present step, in pixels, by the chart's own geometry;
# as far as can be while Plotly draws a chart anew and there is none.
OVERLAP = """() => {
  const plot = document.querySelector('.st-key-heat .js-plotly-plot'), layout = plot?._fullLayout;
  if (!layout) return [Infinity];
  const box = plot.getBoundingClientRect();
  const step = Number(document.querySelector('[data-testid=step-number]').textContent);
  return [...document.querySelectorAll('[data-testid=cursor]')].map((cursor, k) => {
    const axis = layout['xaxis' + plot.data[k].xaxis.slice(1)];
    const down = layout['yaxis' + plot.data[k].yaxis.slice(1)];
    const seen = cursor.getBoundingClientRect();
    return Math.max(
      Math.abs(seen.left - box.left - axis._offset - axis.l2p(step - 0.5)),
      Math.abs(seen.right - box.left - axis._offset - axis.l2p(step + 0.5)),
      Math.abs(seen.top - box.top - down._offset));
  });
}"""


def overlap(page: Page) -> list[float]:
    result: list[float] = page.evaluate(OVERLAP)
    return result


STILL = "document.getAnimations().every((one) => one.playState !== 'running')"


def still(page: Page) -> None:
    page.wait_for_function(STILL)


def tokens(page: Page) -> list[str]:
    passed(page)
    return page.locator("[data-testid=token] > bdi").all_inner_texts()


def test_the_first_screen_is_the_trained_counter_at_its_turn(visit: Visit) -> None:
    page = visit()
    assert tokens(page) == list("aaaaabbbbb")
    assert step(page) == 6
    assert unit(page) == str(shipped.card("count10-lstm").unit)
    assert page.get_by_test_id("cursor").count() == 6


def test_the_hand_built_counter_holds_a_minus_b(visit: Visit) -> None:
    page = visit("?network=counter")
    assert tokens(page) == list("aaaaabbbbb")
    assert page.locator("[data-testid=equation][data-symbol=c] [data-testid=number]").inner_text() == "4.00"


KEYS = {
    "ArrowRight": 7,
    "ArrowLeft ArrowLeft": 4,
    "Home": 1,
    "Home ArrowLeft": 1,
    "End": 10,
    "End ArrowRight": 10,
    "Home ArrowRight ArrowRight": 3,
}


def test_keys_move_the_step(visit: Visit) -> None:
    page = visit()
    current = page.locator("[data-testid=token][aria-current=step]")
    for keys, where in KEYS.items():
        page.get_by_test_id("token").nth(5).click()
        for key in keys.split():
            page.keyboard.press(key)
        assert step(page) == where
        assert current.count() == 1
        assert current.get_attribute("data-step") == str(where - 1)
        still(page)
        assert max(overlap(page)) < 1


def test_keys_choose_the_unit(visit: Visit) -> None:
    page = visit("?network=counter")
    names = ["a − b", "a", "b", "b in a row"]
    assert unit(page) == names[0]
    for name in [*names[1:], names[-1]]:
        page.keyboard.press("ArrowDown")
        assert unit(page) == name
    page.keyboard.press("ArrowUp")
    assert unit(page) == names[-2]


def test_buttons_slider_and_tokens_move_the_step(visit: Visit) -> None:
    page = visit()
    page.get_by_test_id("step-next").click()
    assert step(page) == 7
    page.get_by_test_id("step-previous").click()
    page.get_by_test_id("step-previous").click()
    assert step(page) == 5
    page.get_by_test_id("token").nth(8).click()
    assert step(page) == 9
    page.locator(".slider").fill("2")
    assert step(page) == 2


def test_the_sliders_own_keys_go_on_from_the_present_step(visit: Visit) -> None:
    page = visit()
    page.get_by_test_id("token").nth(2).click()
    page.locator(".slider").focus()
    page.keyboard.press("ArrowRight")
    assert step(page) == 4
    page.get_by_test_id("step-next").click()
    page.locator(".slider").focus()
    page.keyboard.press("ArrowLeft")
    assert step(page) == 4
    thumb = page.evaluate(
        "getComputedStyle(document.querySelector('.thumb')).backgroundPositionX.split(',')[0]"
    )
    assert float(thumb.rstrip("%")) == pytest.approx(100 * 3 / 9, abs=0.01)


def test_a_hand_finds_the_slider_where_it_is_drawn(visit: Visit) -> None:
    page = visit("?network=random&text=" + "abcdefghij" * 10 + "&step=1", clock="stopped")
    box = page.locator(".slider").bounding_box()
    assert box is not None
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    assert page.locator(".slider").input_value() == "1"  # the pause after a step has not begun
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
    assert step(page) <= 3


def test_heatmaps_are_never_shown_at_another_height_than_their_places(visit: Visit) -> None:
    page = visit(wait=False)
    page.add_init_script(
        """heights = new Set();
        const look = () => {
          const plot = document.querySelector('.st-key-heat .js-plotly-plot');
          const seen = plot?.offsetHeight && getComputedStyle(plot).visibility === 'visible';
          if (seen) heights.add(plot.offsetHeight);
          requestAnimationFrame(look);
        };
        look();"""
    )
    page.reload()
    settled(page)
    page.wait_for_function("heights.size > 0")
    place = page.evaluate("document.querySelector('.st-key-heat').offsetHeight")
    page.get_by_label("Your text").fill("aabbab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-testid=token]').length === 6")
    settled(page)  # a chart of its own, drawn anew
    page.wait_for_function("document.querySelector('.st-key-heat .js-plotly-plot')?.offsetHeight > 0")
    assert page.evaluate("[...heights]") == [place]


def test_a_chart_that_is_about_to_grow_is_not_shown(visit: Visit) -> None:
    told = """height => {
      const plot = document.querySelector('.st-key-heat .js-plotly-plot');
      plot._fullLayout.height = height;
      plot.emit('plotly_afterplot');
      return getComputedStyle(plot).visibility;
    }"""
    page = visit()
    page.wait_for_selector(".st-key-heat .js-plotly-plot[data-drawn]")
    assert [page.evaluate(told, height) for height in (450, 200)] == ["hidden", "visible"]


def test_the_title_speaks_the_links_language(visit: Visit) -> None:
    assert visit("?lang=zh").title() == "门控 · 逐步观察"


def test_the_present_token_and_the_next_are_seen_and_the_strip_turns_like_a_page(visit: Visit) -> None:
    page = visit("?network=random&text=" + "abcdefghij" * 9 + "&step=1")
    page.evaluate("turns = 0; document.querySelector('.strip').addEventListener('scroll', () => turns++)")
    seen = """() => {
      const strip = document.querySelector('.strip').getBoundingClientRect();
      const tokens = [...document.querySelectorAll('[data-testid=token]')];
      const now = tokens.findIndex((token) => token.ariaCurrent === 'step');
      return tokens.slice(now, now + 2).every((token) => {
        const box = token.getBoundingClientRect();
        return box.left > strip.left - 1 && box.right < strip.right + 1;
      });
    }"""
    for key in ("ArrowRight", "ArrowLeft"):
        for _ in range(89):
            page.keyboard.press(key)
            assert page.evaluate(seen)
    assert 2 <= page.evaluate("turns") <= 20


def test_the_present_token_is_as_wide_as_the_others(visit: Visit) -> None:
    page = visit("?network=tags")  # with answers that are told as wrong, and words of many letters
    widths = "[...document.querySelectorAll('[data-testid=token]')].map((token) => token.offsetWidth)"
    page.keyboard.press("Home")
    before = page.evaluate(widths)
    for _ in before:
        page.keyboard.press("ArrowRight")
        assert page.evaluate(widths) == before


def test_numbers_that_changed_are_marked_for_a_moment(visit: Visit) -> None:
    page = visit(RANDOM + "&step=1", clock="stopped")
    fresh = page.locator(".equation.fresh")
    page.keyboard.press("ArrowRight")
    assert fresh.count() == 6
    page.clock.run_for(200)
    assert fresh.count() == 6
    page.keyboard.press("ArrowRight")
    assert fresh.count() == 0  # quick steps mark nothing
    page.clock.run_for(300)
    page.keyboard.press("ArrowRight")
    assert fresh.count() == 6
    page.clock.run_for(1000)
    assert fresh.count() == 0


def test_a_click_on_a_heatmap_goes_to_that_unit_and_step(visit: Visit) -> None:
    page = visit(RANDOM)
    box = page.locator("[data-testid=cursor][data-symbol=f]").bounding_box()
    assert box is not None
    first = box["x"] - (step(page) - 1) * box["width"]
    page.mouse.click(first + 1.5 * box["width"], box["y"] + box["height"] * 3.5 / 6)
    assert (step(page), unit(page)) == (2, "4")


def test_a_click_finds_the_unit_in_a_sorted_heatmap_too(visit: Visit) -> None:
    page = visit(RANDOM + "&sort=activity")
    box = page.locator("[data-testid=cursor][data-symbol=h]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.5 / 6)
    labels = page.evaluate(
        "document.querySelector('.st-key-heat .js-plotly-plot')._fullLayout.yaxis.labelalias['0']"
    )
    assert unit(page) == labels


def test_play_goes_to_the_end_and_stops(visit: Visit) -> None:
    page = visit(clock="stopped")
    page.locator(".speed").select_option("8")
    page.keyboard.press("Home")
    play = page.get_by_test_id("step-play")
    play.click()
    for now in range(1, 11):
        assert (step(page), play.get_attribute("aria-pressed")) == (now, "true")
        page.clock.run_for(1000 / 8)
    assert (step(page), play.get_attribute("aria-pressed")) == (10, "false")


def test_a_rerun_in_the_middle_of_playing_does_not_stop_it(visit: Visit) -> None:
    page = visit("?text=" + "ab" * 100)
    page.locator(".speed").select_option("0.5")  # it plays for longer than all that is waited for here
    page.keyboard.press("Home")
    page.get_by_test_id("step-play").click()
    page.get_by_text("中文", exact=True).click()
    expect(page.locator(".st-key-network").get_by_text("网络", exact=True)).to_be_visible()
    settled(page)
    seen = step(page)
    assert page.get_by_test_id("step-play").get_attribute("aria-pressed") == "true"
    page.wait_for_function(
        f"Number(document.querySelector('[data-testid=step-number]').textContent) > {seen}"
    )


def test_no_key_of_a_quick_hand_is_lost(visit: Visit) -> None:
    page = visit("?text=" + "ab" * 20 + "&step=1")
    for _ in range(25):
        page.keyboard.press("ArrowRight", delay=0)
        page.wait_for_timeout(33)
    assert step(page) == 26


def test_stepping_sends_nothing_while_keys_are_held_and_little_after(visit: Visit) -> None:
    page = visit("?text=" + "ab" * 20 + "&step=1", clock="stopped")
    link, before = page.url, page.evaluate("sent.length")
    page.keyboard.down("ArrowRight")
    for _ in range(20):
        page.keyboard.down("ArrowRight")
        page.clock.run_for(33)
    page.clock.run_for(10_000)  # however long it is held
    assert step(page) == 22
    assert (page.url, page.evaluate("sent.length")) == (link, before)
    page.keyboard.up("ArrowRight")
    ends = page.evaluate("ends")
    page.clock.resume()
    page.wait_for_function("new URLSearchParams(location.search).get('step') === '22'")
    heard(page, ends)
    told = page.evaluate("sent")[before:]
    assert len(told) == 1
    assert told[0] < 1000


def test_operations_go_through_the_step_row_by_row(visit: Visit) -> None:
    page = visit()
    rows = [row.symbol for row in equations("LSTM")]
    for place, symbol in enumerate(rows):
        page.keyboard.press("Shift+ArrowRight")
        assert page.locator(".equation.now").get_attribute("data-symbol") == symbol
        assert page.locator(".equation.later").count() == len(rows) - 1 - place
    page.keyboard.press("Shift+ArrowRight")
    assert step(page) == 7
    assert page.locator(".equation.now").get_attribute("data-symbol") == rows[0]
    page.keyboard.press("Escape")
    assert page.locator(".equation.now, .equation.later").count() == 0


def test_typing_is_not_stepping(visit: Visit) -> None:
    page = visit()
    box = page.get_by_label("Your text")
    box.click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.type("b ")
    assert step(page) == 8  # on the same token
    assert box.input_value() == "b aaaaabbbbb"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert step(page) == 9


@pytest.mark.parametrize(
    ("cell", "direction"), [*zip(CATALOGUE["random"].cells, cycle(["forward", "backward"]), strict=False)]
)
def test_the_numbers_of_every_row_are_the_networks(visit: Visit, cell: str, direction: str) -> None:
    query = {"network": "random", "units": "5", "text": "hello", "cell": cell, "directions": "2"}
    query |= {"direction": direction, "layers": "2", "layer": "2"}
    selection, faults = from_link(query, Selection())
    assert faults == ()
    known = resolved(selection)
    run, layer = known.run(), known.network.layers[1]
    backward = direction == "backward"
    trace = run.layers[1].backward if backward else run.layers[1].forward
    weights = layer.backward if backward else layer.forward
    assert trace is not None
    assert weights is not None
    page = visit(f"?{link_of(selection)}")
    for t, chosen in ((0, 0), (2, 3), (4, 4)):
        page.get_by_test_id("token").nth(t).click()
        while unit(page) != str(chosen + 1):
            page.keyboard.press("ArrowDown")
        for row in equations(cell):
            line = page.locator(f"[data-testid=equation][data-symbol={row.symbol}]")
            shown = line.locator(".numbers").inner_text() + " = " + line.get_by_test_id("number").inner_text()
            # The browser computes with float32 weights: the last digit may round the other way.
            assert figures(shown) == pytest.approx(figures(row.numbers(trace, weights, t, chosen)), abs=0.011)


def figures(written: str) -> list[float]:
    return [float(part.replace("−", "-")) for part in re.findall(r"−?\d+(?:\.\d+)?", written)]


def test_the_link_restores_the_view(visit: Visit) -> None:
    page = visit(
        RANDOM + "&cell=GRU&layers=2&directions=2&layer=2&direction=backward&symbols=u,h&sort=activity"
    )
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"location.search.endsWith('step=5&unit={unit(page)}')")
    numbers = page.get_by_test_id("number").all_inner_texts()
    again = visit(page.evaluate("location.search"))
    assert (step(again), unit(again)) == (step(page), unit(page))
    assert again.get_by_test_id("number").all_inner_texts() == numbers
    assert again.get_by_test_id("cursor").count() == 2


def test_one_click_makes_a_heatmap_large_and_one_brings_all_back(visit: Visit) -> None:
    page = visit()
    page.locator("[data-testid=enlarge][data-symbol=c]").click()
    expect(page.get_by_test_id("cursor")).to_have_count(1)
    settled(page)
    still(page)
    assert page.get_by_test_id("cursor").get_attribute("data-symbol") == "c"
    assert max(overlap(page)) < 1
    page.get_by_test_id("enlarge").click()
    expect(page.get_by_test_id("cursor")).to_have_count(6)
    page.locator("[data-testid=enlarge][data-symbol=f]").click()
    expect(page.get_by_test_id("cursor")).to_have_count(1)
    settled(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("cursor")).to_have_count(6)


def test_cursors_stay_on_their_columns(visit: Visit) -> None:
    page = visit()
    drawn = """() => {
      const layout = document.querySelector('.st-key-heat .js-plotly-plot')?._fullLayout;
      const tokens = document.querySelectorAll('[data-testid=token]').length;
      return layout && [layout.width, layout.height, layout.font.color, tokens].join();
    }"""
    changes: list[Callable[[], Any]] = [
        lambda: page.set_viewport_size({"width": 1000, "height": 640}),
        lambda: page.emulate_media(color_scheme="dark"),
        lambda: page.get_by_test_id("scheme").click(),  # light, whatever the system has
        lambda: page.get_by_label("Your text").fill("aabbabab"),
        lambda: page.set_viewport_size({"width": 1500, "height": 900}),
    ]
    for change in changes:
        before = page.evaluate(drawn)
        change()
        page.wait_for_function(f"(before) => ![before, undefined].includes(({drawn})())", arg=before)
        settled(page)
        page.wait_for_function(f"Math.max(...({OVERLAP})()) < 1 && ({STILL})")


def test_a_token_is_text_whatever_it_says(visit: Visit) -> None:
    page = visit(
        "?network=random&mode=words&text=%3Cimg+src%3Dx+onerror%3D%22window.hit%3D1%22%3E+%3Cb%3Ebold%3C%2Fb%3E"
    )
    assert "<" in tokens(page)
    assert page.evaluate("window.hit") is None
    assert page.locator(".strip img, .strip b").count() == 0


def test_the_table_has_every_number_of_the_unit(visit: Visit) -> None:
    page = visit("?network=counter")
    page.get_by_test_id("table-open").click()
    rows = page.get_by_test_id("table").locator("tbody tr")
    assert rows.count() == 10
    assert rows.nth(5).locator("td").all_inner_texts()[0] == "b"
    assert rows.nth(5).locator("td").nth(5).inner_text() == "4"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("table")).to_be_hidden()


def test_nothing_is_scrolled_for_a_step_on_a_projector(visit: Visit) -> None:
    for query in (
        "",
        "?network=counter",
        "?network=g2p",
        RANDOM + "&cell=GRU",
        RANDOM + "&layers=3&directions=2",
    ):
        page = visit(query)
        below = page.evaluate(
            """() => Math.max(...[...document.querySelectorAll('.stepper, [data-testid=cursor]')]
                 .map((one) => one.getBoundingClientRect().bottom))"""
        )
        assert below <= 720
        menu, choose = (page.locator(f".st-key-{name}").bounding_box() for name in ("menu", "choose"))
        assert (
            menu and choose and choose["y"] - menu["y"] - menu["height"] == 8
        )  # no room, no bar between them


def test_a_phone_has_the_transport_within_reach_and_heatmaps_in_one_column(visit: Visit) -> None:
    page = visit(size="phone", has_touch=True)
    page.wait_for_function(
        """() => {
          const cursors = [...document.querySelectorAll('[data-testid=cursor]')];
          return new Set(cursors.map((cursor) => cursor.getBoundingClientRect().left)).size === 1;
        }"""
    )
    box = page.get_by_test_id("step-next").bounding_box()
    assert box is not None
    assert box["y"] > 700
    assert box["height"] >= 44
    page.get_by_test_id("step-next").tap()
    assert step(page) == 7
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_on_its_side_tokens_and_answers_are_seen_at_once(visit: Visit) -> None:
    for query in ("", "?lang=zh", "compare"):
        page = visit(query, viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True)
        answers, transport = (page.locator(one).bounding_box() for one in (".course", ".transport"))
        assert answers and transport and answers["y"] + answers["height"] <= transport["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 844


def test_on_a_phone_tokens_and_the_name_of_the_network_are_whole(visit: Visit) -> None:
    for query in ("", "?network=counter"):
        page = visit(query, "phone", has_touch=True, is_mobile=True)
        strip, present = (
            page.locator(".strip").bounding_box(),
            page.locator(".token[aria-current]"),
        )
        token = present.first.bounding_box()
        assert strip and token and token["y"] + token["height"] <= strip["y"] + strip["height"] - 2
        name = page.locator(".st-key-network input")
        assert name.evaluate("(box) => box.scrollWidth <= box.clientWidth")


def test_a_link_is_the_first_request_of_a_fresh_server(browser: Any) -> None:
    with served() as address, opened(browser) as (page, errors):
        page.goto(f"{address}/?nonsense=1&units=x")
        settled(page)
        assert step(page) >= 1
    assert errors == []
