"""Without its server the page goes on, and comes back to the view that it has by then."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.harness import opened, passed, settled
from tests.browser.test_stepping import step

# The page can cut its own connection, as a lid that closes does.
CUT = """
  WebSocket = class extends WebSocket {
    constructor(...where) {
      super(...where);
      globalThis.cut = () => this.close();
    }
  };
"""
FETCHED = "**/_stcore/health"


def test_a_network_that_goes_is_told_though_no_line_is_cut(browser: Any, server: str) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{server}/memory?network=counter&text=aab")
        settled(page)
        told, before = page.get_by_test_id("connection"), page.url
        page.context.set_offline(True)
        expect(told).to_contain_text("can’t be reached")
        page.route(FETCHED, lambda route: route.abort())
        with page.expect_event("requestfailed"):
            page.context.set_offline(False)  # and the server is not yet reached
        page.unroute(FETCHED)
        expect(told).to_contain_text("is back")
        assert page.url == before


def test_a_network_that_goes_does_not_matter_where_the_server_is_reached(browser: Any, server: str) -> None:
    with opened(browser) as (page, errors):
        page.goto(f"{server}/?network=counter&text=aab")
        settled(page)
        with page.expect_response(FETCHED):
            page.evaluate("dispatchEvent(new Event('offline'))")
        page.evaluate(
            "new Promise((done) => setTimeout(done, 1500))"
        )  # beyond a hiccup, of which nobody hears
        expect(page.get_by_test_id("connection")).to_be_empty()
    assert errors == []


def test_a_lost_server_stops_nobody_and_is_told(browser: Any, server: str) -> None:
    with opened(browser) as (page, errors):
        page.add_init_script(CUT)
        page.goto(f"{server}/?network=counter&text=aab&edit=f.1@2=0&step=2")
        settled(page)
        box, told = page.get_by_label("Your text"), page.get_by_test_id("connection")
        box.focus()
        box.press("End")
        page.route(FETCHED, lambda route: route.abort())
        page.evaluate("cut()")
        expect(told).to_contain_text("can’t be reached")
        expect(box).to_be_focused()
        page.keyboard.type("ba")
        passed(page)
        assert page.locator("[data-testid=token]").count() == 5
        page.keyboard.press("Enter")
        page.keyboard.press("End")
        page.wait_for_function("/text=aabba.*step=5/.test(location.search)")
        assert page.locator("[role=dialog]").count() == 0
        page.unroute(FETCHED)
        expect(told).to_contain_text("is back")
        page.wait_for_function("!document.querySelector('.stepper').dataset.waits")
        settled(page)
        assert (box.input_value(), step(page)) == ("aabba", 5)
        assert "edit=f.1%402%3D0" in page.url
    assert [error for error in errors if "pass" in error] == []
