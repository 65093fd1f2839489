"""Enter that ends a word of an input method is not Enter that ends typing."""

from __future__ import annotations

import pytest

from tests.browser.test_stepping import Visit

ENTER = """(box, init) => {
  box.focus();
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...init }));
  return document.activeElement === box;
}"""


@pytest.mark.parametrize(
    ("init", "stays"),
    [({"isComposing": True}, True), ({"keyCode": 229}, True), ({"keyCode": 13}, False)],
    ids=["composing", "229", "plain"],
)
def test_enter_leaves_the_text_box_unless_it_ends_a_word(
    visit: Visit, init: dict[str, object], stays: bool
) -> None:
    page = visit("?network=random&text=abc")
    assert page.get_by_label("Your text").evaluate(ENTER, init) == stays
