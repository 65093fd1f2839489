"""What the clipboard refuses stands in a field, chosen, to be copied from."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import opened
from tests.js.conftest import served

COPY = """async (refuses) => {
  const { copyText } = await import('/view/copying.js');
  navigator.clipboard.writeText = async () => { if (refuses) throw new Error(); };
  return copyText(document.querySelector('button'), 'https://a.example/?step=2', 'The link');
}"""
SEEN = "[document.querySelector('button').hidden, getSelection().toString()]"


@pytest.mark.parametrize("refuses", [True, False])
def test_a_link_that_cannot_be_copied_can_be_copied_from_a_field(
    browser: Browser, modules: str, refuses: bool
) -> None:
    with opened(browser) as (page, errors):
        served(page, modules.replace("127.0.0.1", "localhost"), "<button>Copy</button><i tabindex=0>away</i>")
        assert page.evaluate(COPY, refuses) is not refuses
        assert page.evaluate(SEEN) == [refuses, "https://a.example/?step=2" if refuses else ""]
        assert page.get_by_label("The link").count() == refuses
        page.locator("i").focus()
        assert page.evaluate(SEEN)[0] is False
        assert page.get_by_label("The link").count() == 0
        assert errors == []
