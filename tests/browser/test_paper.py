"""On paper, and in the system's own colours: nothing that was seen is lost."""

from __future__ import annotations

from tests.browser.test_stepping import Visit

SHEETS = (703, 1032)  # pixels that A4 is wide between its margins, upright and on its side
CONTROLS = (
    ".transport, .tools, .stepper-grow, .scheme, .st-key-lang, [data-testid=stPopoverButton],"
    "[data-testid=stMenuButton], [data-testid=stPageLink], [data-testid=stSelectbox] button"
)
PARTS = "[data-testid=token], .equation, .js-plotly-plot .main-svg, .over-chart rect"
# Controls that are still there, and parts that lie beside the sheet.
WRONG = f"""() => {{
  const there = [...document.querySelectorAll('{CONTROLS}')].filter((one) => one.checkVisibility());
  const right = (one) => one.getBoundingClientRect().right;
  const beside = [...document.querySelectorAll('{PARTS}')].filter((one) => right(one) > innerWidth + 1);
  return [...there, ...beside].map((one) => one.outerHTML.slice(0, 80));
}}"""
COLOURS = """() => {
  const style = (name) => getComputedStyle(document.querySelector(`[data-testid=${name}]`));
  return [style('stApp').backgroundColor, style('stMain').color];
}"""
# The colours of all that is chosen, and those that the system has for it.
CHOSEN = """() => {
  const colours = (one) => {
    const letters = one.querySelector('p') ?? one;
    return [getComputedStyle(one).backgroundColor, getComputedStyle(letters).color].join();
  };
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style = 'background: Highlight; color: HighlightText; forced-color-adjust: none';
  const system = colours(probe);
  probe.remove();
  return [[...document.querySelectorAll('[aria-checked=true], [aria-current=page]')].map(colours), system];
}"""


def test_a_sheet_is_white_and_whole_and_has_nothing_to_press(visit: Visit) -> None:
    page = visit("?text=" + "ab" * 30, color_scheme="dark")
    cursors = page.get_by_test_id("cursor").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for width in SHEETS:
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_function(f"(({WRONG})()).length === 0")
    assert page.locator(".over-chart rect").count() == 2 * cursors  # the column, and the unit in it
    assert page.evaluate(COLOURS) == ["rgba(0, 0, 0, 0)", "rgb(29, 31, 36)"]
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".over-chart, .main-svg[viewBox]").count() == 0


def test_what_is_chosen_is_seen_in_the_systems_colours(visit: Visit) -> None:
    page = visit("memory", forced_colors="active")
    chosen, system = page.evaluate(CHOSEN)
    assert len(chosen) >= 3  # the page, the language, the view
    assert set(chosen) == {system}
    assert page.evaluate("getComputedStyle(document.querySelector('.stepper-cell')).outlineStyle") == "solid"
