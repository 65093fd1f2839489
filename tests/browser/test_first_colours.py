"""A page that is opened by a link has the link's colours from its first picture on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import opened, settled

# The colours of each picture: of the empty window, then of what Streamlit puts there.
COLOURS = """
  colours = new Set();
  const shown = (app) => getComputedStyle(app).backgroundColor.match(/\\d+/)[0] > 127 ? 'light' : 'dark';
  const look = () => {
    const app = document.querySelector('.stApp');
    colours.add(app ? shown(app) : getComputedStyle(document.documentElement).colorScheme);
    requestAnimationFrame(look);
  };
  document.addEventListener('readystatechange', look, { once: true });
"""


@pytest.mark.parametrize(("path", "system"), [("", "light"), ("memory", "light"), ("", "dark")])
def test_a_link_that_names_its_colours_never_flashes(
    browser: Browser, server: str, path: str, system: str
) -> None:
    other = {"light": "dark", "dark": "light"}[system]
    with opened(browser, color_scheme=system) as (page, errors):
        page.add_init_script(COLOURS)
        page.goto(f"{server}/{path}?theme={other}")
        settled(page)
        assert page.evaluate("[...colours]") == [other]
        page.get_by_test_id("scheme").click()  # and goes on to be the reader's to choose
        page.wait_for_function("colours.size > 1")
    assert errors == []
