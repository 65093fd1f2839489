"""Views among the cells of a notebook: frames with keys of their own, widgets whose traits both sides set."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Frame, Page, expect

import gates
from cells import Edit, Network
from tests.browser.harness import opened
from ui.notebook.view import NotebookView
from ui.notebook.widget import widget
from ui.stepper.bundle import bundle

ROWS = np.random.default_rng(0).normal(size=(9, 3))
NETWORK = Network.random("LSTM", 3, 4, layers=2)
WAITS = {"bypass_csp": True}  # Playwright waits by `eval`, which the page forbids
NUMBER = "[data-testid=step-number]"
MODEL = "((model) => Array.from({ length: model.steps }, (_, t) => [...model.row('h', t)]))"

# A model as anywidget gives it: traits, and who hears of a change.
HOST = """
const values = JSON.parse(document.querySelector("#traits").textContent), heard = {};
window.model = {
  values, saved: [],
  get: (name) => values[name],
  set(name, value) {
    if (values[name] === value) return;
    values[name] = value;
    for (const hear of heard[name] ?? []) hear();
  },
  on: (event, hear) => (heard[event.slice(7)] ??= []).push(hear),
  off: (event, hear) => (heard[event.slice(7)] = heard[event.slice(7)].filter((one) => one !== hear)),
  save_changes() { this.saved.push({ ...values }); },
  heard,
};
window.gone = notebook().render({ model, el: document.querySelector("#cell") });
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport={"width": 1100, "height": 900}, **WAITS) as (page, errors):
        yield page
        assert errors == []


def frames(page: Page, *views: NotebookView) -> list[Frame]:
    page.set_content("<!doctype html>" + "".join(f"<p>cell</p>{view._repr_html_()}" for view in views))
    found = [page.frames[1 + place] for place in range(len(views))]
    for frame in found:
        frame.wait_for_selector(".stepper.built")
    return found


def mounted(page: Page, view: NotebookView) -> None:
    made = widget(view._handout)
    traits = {name: getattr(made, name) for name in ("data", "body", "step", "unit", "edits")}
    code = bundle("hosts/notebook.js").replace("export default", "")
    held = json.dumps(traits).replace("<", "\\u003c")
    script = f'<script id="traits" type="application/json">{held}</script>'
    run = f'<script type="module">{code}{HOST}</script>'
    page.set_content(
        f'<!doctype html><style>{made._css}</style><input id="other"><div id="cell"></div>{script}{run}'
    )
    page.wait_for_selector(".stepper.built")


def trait(page: Page, name: str) -> object:
    return page.evaluate("(name) => model.values[name]", name)


def test_of_two_frames_the_one_with_the_focus_has_the_keys(page: Page) -> None:
    first, second = frames(page, gates.view(NETWORK, ROWS, step=2), gates.view("count10", "aabb", step=1))
    first.locator(".token").nth(3).click()
    page.keyboard.press("ArrowRight")
    expect(first.locator(NUMBER)).to_have_text("5")
    expect(second.locator(NUMBER)).to_have_text("1")
    second.locator(".typed input").fill("aaabbb")
    expect(second.locator(".token")).to_have_count(6)
    expect(first.locator(".token")).to_have_count(9)


def test_a_frame_is_as_high_as_what_is_in_it_and_offers_no_link(page: Page) -> None:
    (frame,) = frames(page, gates.view(NETWORK, ROWS))
    page.wait_for_function(
        "document.querySelector('iframe').contentDocument.documentElement.scrollHeight <= "
        "document.querySelector('iframe').clientHeight"
    )
    inside = frame.evaluate("document.querySelector('.gates-page').getBoundingClientRect().bottom")
    assert abs(inside - page.locator("iframe").bounding_box()["height"]) <= 20
    expect(frame.locator("[data-act=link]")).to_be_hidden()


def test_a_run_from_other_states_is_edited_as_by_numpy(page: Page) -> None:
    before = NETWORK.run(ROWS[:4])
    (frame,) = frames(page, gates.view(NETWORK, ROWS[4:], layer=2, initial=before.final))
    edits = [Edit("f", (1,), (0, 2), "set", 0.0, layer=2)]
    frame.evaluate("handout.stepper.change({ edits: '2:f.2@1-3=0' })")
    frame.wait_for_function("handout.stepper.shown().predicted")
    expected = NETWORK.run(ROWS[4:], initial=before.final, edits=edits).layers[1].forward["h"]
    np.testing.assert_allclose(frame.evaluate(f"{MODEL}(handout.stepper.shown().model)"), expected, atol=1e-6)
    plain = NETWORK.run(ROWS[4:], initial=before.final).layers[1].forward["h"]
    np.testing.assert_allclose(frame.evaluate(f"{MODEL}(handout.stepper.shown().original)"), plain, atol=1e-6)


def test_a_widget_tells_where_the_reader_is_and_goes_where_it_is_told(page: Page) -> None:
    mounted(page, gates.view(NETWORK, ROWS, step=2, unit=3))
    expect(page.locator(NUMBER)).to_have_text("2")
    page.locator(".token").nth(4).click()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("model.saved.length > 0 && model.values.step === 6")
    assert trait(page, "unit") == 3
    page.evaluate("model.set('step', 9); model.set('unit', 1)")
    expect(page.locator(NUMBER)).to_have_text("9")
    page.wait_for_function("model.saved.at(-1).unit === 1")


def test_a_widgets_edits_are_the_scripts_and_the_readers(page: Page) -> None:
    mounted(page, gates.view(NETWORK, ROWS))
    page.evaluate("model.set('edits', 'f.2@3=1;i=0.5')")
    page.locator("[data-testid=edit-open]").click()
    page.locator("[data-testid=edit-list] summary").click()
    expect(page.locator("[data-testid=edit-list] li")).to_have_count(3)  # two, and a way to lift all
    page.locator("[data-testid=edit-list] li").first.get_by_role("button").last.click()
    page.wait_for_function("model.saved.length > 0 && model.values.edits === 'i=0.5'")


def test_keys_are_the_widgets_only_while_it_has_the_focus_and_nothing_stays_when_it_goes(page: Page) -> None:
    mounted(page, gates.view(NETWORK, ROWS, step=4))
    page.locator("#other").focus()
    page.keyboard.press("ArrowRight")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    expect(page.locator(NUMBER)).to_have_text("4")
    assert page.evaluate("[...document.documentElement.attributes].length") == 0
    page.evaluate("gone()")
    assert page.evaluate("Object.values(model.heard).flat().length") == 0
    page.evaluate("model.set('step', 1)")
    expect(page.locator(NUMBER)).to_have_text("4")


def test_a_widget_fits_its_cell_not_the_window(page: Page) -> None:
    mounted(page, gates.view(NETWORK, ROWS))
    both = page.locator(".diagram"), page.locator(".equations")

    def beside() -> bool:
        diagram, equations = (one.bounding_box() for one in both)
        return abs(diagram["y"] - equations["y"]) < 50

    assert beside()
    page.evaluate("document.querySelector('#cell').style.width = '500px'")
    assert not beside()
    assert all(box["x"] + box["width"] <= 508 for box in (one.bounding_box() for one in both))
