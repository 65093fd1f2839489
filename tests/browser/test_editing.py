"""Gates in the reader's hand: what she holds, what follows at once, and that the server agrees."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import heard, passed, settled
from tests.browser.test_stepping import Visit, step, tokens, unit
from tests.browser.test_typing import BUSY, LIVE, answered, box

COUNT = "?network=count10&text=aaaaabbbbb&step=6&unit=3"

# Of each canvas the columns of pixels in which anything is painted, as shares of its width: first and last.
PAINTED = """() => [...document.querySelectorAll('.stepper-live canvas')].map((canvas) => {
  const { width, height } = canvas, { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const columns = [...Array(width).keys()].filter((x) =>
    [...Array(height).keys()].some((y) => data[4 * (y * width + x) + 3] > 2));
  return columns.length ? [columns[0] / width, columns.at(-1) / width] : null;
})"""


def number(page: Page, symbol: str) -> Locator:
    passed(page)
    return page.locator(f"[data-testid=equation][data-symbol={symbol}] [data-testid=number]")


def numbers(page: Page) -> list[str]:
    passed(page)
    return page.locator("[data-testid=equation] [data-testid=number]").all_inner_texts()


def answers(page: Page) -> list[str]:
    """What stands below each token: of an edited network two answers."""
    passed(page)
    return [found.replace("\n", " ") for found in page.get_by_test_id("token").all_inner_texts()]


def opened_editor(page: Page) -> Locator:
    page.get_by_test_id("edit-open").click()
    slider = page.get_by_test_id("edit-value")
    expect(slider).to_be_visible()
    return slider


def press(page: Page, word: str) -> None:
    page.get_by_test_id("stepper").get_by_role("button", name=word).first.click()


def query(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.search)"))


def test_a_gate_held_is_seen_before_the_server_hears_of_it_and_agreed_with(visit: Visit) -> None:
    """A difference above the bound would be an error in the console, which fails the test."""
    page = visit(COUNT, clock="going")
    opened_editor(page)
    page.clock.pause_at(page.evaluate("Date.now()") + 5000)
    before, ends = numbers(page), page.evaluate("ends")
    page.evaluate("sent.length = 0")
    press(page, "erase")
    passed(page)
    assert page.evaluate("sent") == [] and page.evaluate(BUSY) and page.evaluate(LIVE)
    seen, said = numbers(page), answers(page)
    assert seen[0] == "0.00" and seen[1:4] == before[1:4] and seen[4:] != before[4:]
    assert number(page, "c").inner_text() == "0.56"
    assert said[5].count("✓") == 2 and "✗" in said[6] and "✓" in said[6]
    page.clock.resume()
    heard(page, ends)
    answered(page)
    assert (numbers(page), answers(page)) == (seen, said)
    assert "edit=f.3@6=0" in query(page)
    expect(page.locator(".badge")).to_contain_text("edited")
    expect(page.locator(".badge")).not_to_contain_text("right up to")


def test_nothing_changes_before_an_edit(visit: Visit) -> None:
    page = visit(f"{COUNT}&edit=f.3@6=0")
    page.locator(".seen button").nth(2).click()
    painted = page.evaluate(PAINTED)
    assert len(painted) == 6 and all(painted)
    assert all(first >= 0.49 for first, _ in painted)
    assert all(last > 0.9 for symbol, (_, last) in zip("fiocCh", painted, strict=True) if symbol != "f")
    page.locator(".seen button").nth(1).click()
    assert all(first < 0.1 for first, _ in page.evaluate(PAINTED))


def test_all_edits_lifted_all_is_as_it_was(visit: Visit) -> None:
    page = visit(COUNT)
    before = numbers(page), answers(page)
    opened_editor(page)
    press(page, "erase")
    page.get_by_test_id("edit-presets").select_option("never_write")
    page.get_by_test_id("edit-presets").select_option("cut")
    expect(page.locator(".list summary")).to_have_text("Edits: 3")
    assert (numbers(page), answers(page)) != before
    answered(page)
    page.locator(".list summary").click()
    expect(page.locator(".list li")).to_have_count(4)
    page.locator(".list li").nth(0).get_by_role("button").nth(1).click()
    expect(page.locator(".list summary")).to_have_text("Edits: 2")
    press(page, "Lift all")
    answered(page)
    assert (numbers(page), answers(page)) == before
    assert "edit" not in query(page) and "weights" not in query(page)
    expect(page.locator(".badge")).not_to_contain_text("edited")


def pulled(page: Page, node: Locator, across: float, down: float) -> None:
    """A hand that takes hold of a node, moves in ten parts and lets go."""
    where = node.bounding_box()
    assert where is not None
    x, y = where["x"] + where["width"] / 2, where["y"] + where["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in range(1, 11):
        page.mouse.move(x + across * part / 10, y + down * part / 10)
    page.mouse.up()


def test_a_number_can_be_pulled(visit: Visit) -> None:
    page = visit(COUNT)
    pulled(page, number(page, "f"), -80, 0)
    assert number(page, "f").inner_text() == "0.43"
    expect(page.get_by_test_id("edit-is")).to_have_text("0.43")
    answered(page)
    assert "edit=f.3@6=0.43" in query(page)
    pulled(page, number(page, "f"), -400, 0)  # no farther than the range
    assert number(page, "f").inner_text() == "0.00"
    answered(page)


def test_a_heatmaps_cell_can_be_pulled(visit: Visit) -> None:
    page = visit(COUNT)
    cell = page.locator("[data-testid=cursor][data-symbol=i] .stepper-cell")
    pulled(page, cell, 0, 80)
    assert number(page, "i").inner_text() == "0.50"
    answered(page)
    assert "edit=i.3@6=0.5" in query(page)


@pytest.mark.parametrize("where", ["number", "node", "key"])
def test_the_editor_opens_where_one_takes_hold(visit: Visit, where: str) -> None:
    page = visit(COUNT)
    match where:
        case "number":
            number(page, "o").click()
        case "node":
            page.locator("[data-testid=cell-diagram] .node[data-symbol=o]").first.click()
        case "key":
            page.keyboard.press("e")
    expect(page.get_by_test_id("edit-value")).to_be_focused()
    chosen = page.locator(".symbols [aria-pressed=true]")
    expect(chosen).to_have_text("f" if where == "key" else "o")


def test_a_click_on_a_heatmap_takes_its_cell_in_hand(visit: Visit) -> None:
    page = visit(COUNT)
    opened_editor(page)
    where = page.locator("[data-testid=cursor][data-symbol=o]").bounding_box()
    assert where is not None
    page.mouse.click(where["x"] + 2.5 * where["width"], where["y"] + where["height"] * 0.05)
    assert (step(page), unit(page)) == (8, "1")
    expect(page.locator(".symbols [aria-pressed=true]")).to_have_text("o")
    press(page, "hide")
    answered(page)
    assert "edit=o.1@8=0" in query(page)


def test_hands_on_the_keyboard_hold_a_gate_too(visit: Visit) -> None:
    page = visit(COUNT)
    page.keyboard.press("e")
    page.keyboard.press("Home")
    assert number(page, "f").inner_text() == "0.00"
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert number(page, "f").inner_text() == "0.10"
    assert step(page) == 6  # the slider has the arrows to itself
    answered(page)
    assert "edit=f.3@6=0.1" in query(page)


def test_the_hand_follows_the_step_and_the_unit(visit: Visit) -> None:
    """Where the reader goes lies the hand; what she has edited stays."""
    page = visit(f"{COUNT}&edit=f.3@6=0")
    page.locator(".strip").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    press(page, "keep")
    answered(page)
    assert "edit=f.3@6=0;f.4@7=1" in query(page)
    page.locator(".list summary").click()
    page.locator(".list li").nth(0).get_by_role("button").nth(0).click()
    assert (step(page), unit(page)) == (6, "3")


SCOPES = [(0, "f.3@6=0"), (1, "f.3@6-=0"), (2, "f.3=0")]


@pytest.mark.parametrize(("place", "line"), SCOPES)
def test_this_step_from_here_on_or_all_steps(visit: Visit, place: int, line: str) -> None:
    page = visit(COUNT)
    opened_editor(page)
    page.locator(".when button").nth(place).click()
    press(page, "erase")
    answered(page)
    assert query(page).partition("edit=")[2].partition("&")[0] == line


def test_of_a_layer_that_reads_from_the_end_from_here_on_is_backwards(visit: Visit) -> None:
    page = visit("?network=tags&model=tags-bilstm&direction=backward&step=3")
    opened_editor(page)
    page.locator(".when button").nth(1).click()
    page.locator(".units button").nth(1).click()
    press(page, "erase")
    answered(page)
    assert "edit=b:f@1-3=0" in query(page)


def test_a_bias_is_moved_and_the_half_life_told(visit: Visit) -> None:
    page = visit(COUNT)
    opened_editor(page)
    page.locator(".part button").nth(1).click()
    slider = page.get_by_test_id("edit-value")
    slider.fill("-2")
    expect(page.locator(".grip .said")).to_contain_text("→")
    answered(page)
    assert "weights=b.f.3=-2" in query(page)
    expect(page.locator(".badge")).to_contain_text("edited")
    page.reload()
    settled(page)
    expect(page.locator(".part [aria-pressed=true]")).to_have_text("bias b")
    assert float(slider.input_value()) == -2


def test_typing_goes_on_with_edits(visit: Visit) -> None:
    page = visit(f"{COUNT}&edit=f.3@6=0")
    box(page)
    page.keyboard.type("ab")
    seen, said = numbers(page), answers(page)
    assert "".join(tokens(page)) == "aaaaabbbbbab" and len(said[-1].split()) >= 3
    answered(page)
    assert numbers(page) == seen


def test_what_a_text_lacks_rests_and_comes_back(visit: Visit) -> None:
    page = visit(f"{COUNT}&edit=f.3@9=0")
    field = box(page)
    field.fill("aabb")
    answered(page)
    expect(page.locator(".grip .said")).to_contain_text("at rest")
    expect(page.locator(".list .rests")).to_have_count(1)
    assert "edit=f.3@9=0" in query(page)
    field.fill("aaaaabbbbbb")
    answered(page)
    expect(page.locator(".list .rests")).to_have_count(0)


def test_two_edits_made_quickly_are_both_kept(visit: Visit) -> None:
    page = visit(COUNT)
    opened_editor(page)
    press(page, "erase")
    page.wait_for_timeout(350)  # about when the server is told of the first
    press(page, "keep")
    page.locator(".symbols button").nth(1).click()
    press(page, "write nothing")
    seen = numbers(page)
    answered(page)
    page.wait_for_function("decodeURIComponent(location.search).includes('edit=f.3@6=1;i.3@6=0')")
    answered(page)
    assert numbers(page) == seen


# Each slice of a pass is over before it has begun, as on a busy machine; what the hand sets meanwhile.
HURRIED = """() => {
  const { now } = performance, press = (word) => [...document.querySelectorAll('.stepper button')]
    .find((button) => button.textContent.startsWith(word)).click();
  const slider = document.querySelector('[data-testid=edit-value]');
  performance.now = () => (performance.leap = (performance.leap ?? 0) + 1000);
  press('erase');
  document.querySelectorAll('.symbols button')[1].click();
  press('write nothing');
  slider.value = 0.25;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  document.querySelectorAll('.units button')[0].click(); // drawn anew, and a pass behind
  performance.now = now.bind(performance);
  return slider.value;
}"""


def test_edits_made_in_the_midst_of_a_pass_are_all_kept(visit: Visit) -> None:
    page = visit("?network=random&units=16&layers=2&directions=2&step=6&unit=3&text=" + 40 * "abcde")
    opened_editor(page)
    assert page.evaluate(HURRIED) == "0.25"
    answered(page)
    page.wait_for_function("decodeURIComponent(location.search).includes('edit=f.3@6=0;i.3@6=0.25')")
    assert (number(page, "f").inner_text(), number(page, "i").inner_text()) == ("0.00", "0.25")


@pytest.mark.parametrize("link", ["f.3@6=nan", "<b>"])
def test_nonsense_in_a_link_is_told_and_spoils_nothing(visit: Visit, link: str) -> None:
    page = visit(f"?network=count10&edit={link}")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("edit")
    assert len(tokens(page)) == 10


def test_an_own_or_random_network_can_be_edited(visit: Visit) -> None:
    page = visit("?network=random&cell=GRU&layers=2&layer=2&units=6&text=hello")
    opened_editor(page)
    press(page, "keep")
    answered(page)
    assert "edit=2:u." in query(page)
    assert number(page, "u").inner_text() == "0.00"


def test_on_a_phone_the_editor_has_room_for_fingers(visit: Visit) -> None:
    page = visit(COUNT, size="phone")
    opened_editor(page)
    small: Any = page.evaluate("""() =>
      [...document.querySelectorAll('.aim button, .grip button, .grip select')]
      .filter((one) => one.offsetParent && (one.offsetHeight < 44 || one.offsetWidth < 44)).length""")
    assert small == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
