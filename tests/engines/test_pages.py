"""The app in every engine: each page, a key, a click, play, cursors, formulas, files, dark, Chinese."""

from __future__ import annotations

import csv

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.test_formulas import SUBSCRIPTS, subscripts_lie_low
from tests.browser.test_stepping import OVERLAP
from tests.engines.window import Window

PAGES = ("", "lessons", "compare", "memory", "applications", "train", "yours", "claims")
STEP = "Number(document.querySelector('[data-testid=step-number]').textContent)"


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_drawn_and_as_wide_as_its_window(window: Window, page: str) -> None:
    window.visit(page)
    assert window.script("return document.querySelectorAll('[data-testid=stException]').length") == 0
    assert window.script("return document.documentElement.scrollWidth <= innerWidth")


def test_keys_clicks_and_play_move_the_step_and_cursors_stay_on_their_columns(window: Window) -> None:
    window.visit("?network=counter&step=3")
    window.press(Keys.ARROW_RIGHT)
    assert window.script(f"return {STEP}") == 4
    window.one("[data-testid=token]:nth-child(8)").click()
    assert window.script(f"return {STEP}") == 8
    window.one("[data-testid=step-previous]").click()
    assert window.script(f"return {STEP}") == 7
    window.until(f"Math.max(...({OVERLAP})()) < 1")
    # WebKit's driver tells no place of what nobody can press.
    cursor = window.one("[data-testid=cursor][data-symbol=f]")
    box = window.script("return arguments[0].getBoundingClientRect().toJSON()", cursor)
    window.click_at(box["x"] - 4.5 * box["width"], box["y"] + box["height"] * 2.5 / 4)
    window.until(f"{STEP} === 2")
    assert window.script("return document.querySelector('[data-testid=unit-name]').textContent") == "b"
    window.until(f"Math.max(...({OVERLAP})()) < 1")
    window.one("[data-testid=step-play]").click()
    window.until(f"{STEP} === 10")
    window.until("document.querySelector('[data-testid=step-play]').getAttribute('aria-pressed') === 'false'")


def test_subscripts_lie_below_their_letters(window: Window) -> None:
    window.visit()
    window.until("document.fonts.status === 'loaded'")
    found = window.script(f"return ({SUBSCRIPTS})([...document.querySelectorAll('.equation msub')])")
    assert subscripts_lie_low(found)


# How far the name of the unit lies below the word "unit", in pixels.
BELOW = """
  const [word, name] = [...document.querySelectorAll('.tool.unit > :is(span, output)')].map((node) => {
    const text = document.createRange();
    text.selectNodeContents(node);
    return text.getBoundingClientRect().bottom;
  });
  return name - word;
"""


def test_a_units_name_stands_on_the_line_of_its_word(window: Window) -> None:
    window.visit()
    window.press(Keys.ARROW_DOWN)
    assert abs(window.script(BELOW)) < 1


def test_a_file_is_taken_away(window: Window) -> None:
    window.visit("?network=counter")
    window.one(".st-key-take button").click()
    window.until("document.querySelector('.st-key-take_csv button')")
    window.until("document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')")
    window.one(".st-key-take_csv button").click()
    path = window.downloaded("*-trace.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 10 * (2 + 6 * 4)  # two inputs, four units of six symbols


def test_dark_is_dark_and_chinese_is_chinese(window: Window) -> None:
    window.visit("?embed=true&embed_options=dark_theme&lang=zh")
    ink, paper = window.script(
        "const style = getComputedStyle(document.querySelector('.stApp'));"
        "return [style.color, style.backgroundColor]"
    )
    assert sum(map(int, ink[4:-1].split(","))) > 600 > 100 > sum(map(int, paper[4:-1].split(",")))
    assert window.script("return document.documentElement.lang") == "zh"
    assert "网络" in window.script("return document.body.innerText")


def test_answers_under_their_tokens_are_seen_where_they_say_the_same(window: Window) -> None:
    window.visit("applications?network=count10&text=aabb")
    wide = window.script(
        "return [...document.querySelectorAll('rt')].map((one) => one.getBoundingClientRect().width)"
    )
    assert len(wide) == 4 and min(wide) > 0


# How many equations have more numbers than there is room for.
CUT = """[...document.querySelectorAll('.equation .numbers')].filter((numbers) => {
  const written = document.createRange();
  written.selectNodeContents(numbers);
  return written.getBoundingClientRect().width > numbers.getBoundingClientRect().width;
}).length"""


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_no_numbers_of_an_equation_are_cut_beside_a_lesson(window: Window, size: tuple[int, int]) -> None:
    window.visit("?lesson=gates&page=2", *size)
    assert window.script(f"return {CUT}") == 0
