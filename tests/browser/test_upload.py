"""A file dropped in a browser: stepped through there, and unknown to the browser beside it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from playwright.sync_api import Page, expect

from cells.loading.files import inspect
from tests.browser.harness import ready, settled
from tests.cells.test_loading import recorded

NAME = "LSTM time=7 features=3 units=4 layers=2 directions=2.safetensors"
SHOWN = """() => {
  const gd = document.querySelector('.st-key-heat .js-plotly-plot');
  return Array.from(gd._fullData.find((heat) => heat.name === 'h').z, (row) => Array.from(row));
}"""


def test_a_dropped_file_is_stepped_through_in_its_own_browser_alone(visit: Callable[..., Page]):
    data, _, inputs, _ = recorded("safetensors")[NAME]
    page = visit("yours", wait=False)
    ready(page)
    page.locator(".st-key-own_file input").set_input_files(
        {"name": "mine.safetensors", "mimeType": "application/octet-stream", "buffer": data}
    )
    settled(page)
    page.get_by_label("Your numbers").fill("; ".join(" ".join(map(str, row)) for row in inputs))
    page.wait_for_function(f"document.querySelectorAll('[data-testid=token]').length === {len(inputs)}")
    settled(page)
    expected = inspect(data, NAME).network.run(inputs).layers[0].forward["h"]
    np.testing.assert_allclose(np.array(page.evaluate(SHOWN)).T, expected, rtol=0, atol=1e-6)
    page.get_by_test_id("token").first.click()
    for step in range(len(inputs)):
        expect(page.get_by_test_id("step-number")).to_have_text(str(step + 1))
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**/yours?*network=yours*")
    page.evaluate("navigator.clipboard.writeText = async (text) => void (window.copied = text)")
    page.get_by_test_id("copy-link").click()
    page.wait_for_function("window.copied")
    copied = page.evaluate("copied")
    assert "network=yours" in copied and "mine" not in copied
    other = visit(page.url.partition("/yours")[2].join(("yours", "")), wait=False)
    ready(other)
    expect(other.get_by_text("This view is of a network in mine.safetensors")).to_be_visible()
    assert other.get_by_test_id("stepper").count() == 0
