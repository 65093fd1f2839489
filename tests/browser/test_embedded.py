"""In a frame on another page the address keeps what the frame was asked for."""

from __future__ import annotations

from tests.browser.test_stepping import Visit

FRAMED = "embed=true&embed_options=light_theme&embed_options=hide_loading_screen"


def test_the_address_of_an_embedded_page_keeps_its_frame(visit: Visit) -> None:
    page = visit(f"?{FRAMED}&network=counter&step=2")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("new URLSearchParams(location.search).get('step') === '3'")
    query = "new URLSearchParams(location.search)"
    assert page.evaluate(f"{query}.get('network')") == "counter"
    assert page.evaluate(f"{query}.getAll('embed')") == ["true"]
    assert page.evaluate(f"{query}.getAll('embed_options')") == ["light_theme", "hide_loading_screen"]


def test_the_link_that_is_copied_is_that_of_the_whole_page(visit: Visit) -> None:
    page = visit(f"?{FRAMED}&network=counter", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_test_id("copy-link").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('network=counter'))")
    assert "embed" not in page.evaluate("navigator.clipboard.readText()")
    assert "embed=true" in page.url
