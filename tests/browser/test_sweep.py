"""The sweep by hand: a cell of its picture leads to the first page, and a long one can be stopped."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

from playwright.sync_api import expect

from tests.browser.harness import settled
from tests.browser.test_stepping import Visit, step, unit

CELL = """([t, place]) => {
  const plot = document.querySelector('.st-key-sweep .js-plotly-plot'), { xaxis, yaxis } = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.d2p(t), box.top + yaxis._offset + yaxis.d2p(place)];
}"""


def test_a_click_on_a_cell_leads_to_the_first_page_with_that_edit(visit: Visit) -> None:
    page = visit("memory?measure=sweep&swept=i&sort=activity")
    page.locator(".st-key-sweep .hm image").wait_for(state="attached")
    name = page.evaluate(
        "document.querySelector('.st-key-sweep .js-plotly-plot').layout.yaxis.labelalias['2']"
    )
    page.mouse.click(*page.evaluate(CELL, [4, 2]))
    expect(page.get_by_text("Edits: 1")).to_be_visible()
    settled(page)
    assert (step(page), unit(page)) == (4, name)
    assert parse_qs(urlparse(page.url).query)["edit"] == [f"i.{name}@4=0"]


def test_a_long_sweep_can_be_stopped_and_gone_on_with(visit: Visit) -> None:
    page = visit("memory?network=random&units=128&text=" + 40 * "abcdefghij" + "&measure=sweep", wait=False)
    stop, go_on = (page.get_by_role("button", name=name, exact=True) for name in ("Stop", "Go on"))
    expect(stop).to_be_visible()
    stop.click()
    expect(go_on).to_be_visible()
    expect(stop).to_have_count(0)
    assert page.locator(".st-key-sweep .hm image").count() == 0  # half a sweep is none
    go_on.click()
    expect(stop).to_be_visible()
    stop.click()
    expect(go_on).to_be_visible()
