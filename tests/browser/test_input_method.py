"""Enter that ends a word of an input method is not Enter that ends typing."""

from __future__ import annotations

from tests.browser.test_stepping import Visit

ENTER = """(box, init) => {
  box.focus();
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...init }));
  return document.activeElement === box;
}"""


ENDS = [({"isComposing": True}, True), ({"keyCode": 229}, True), ({"keyCode": 13}, False)]


def test_enter_leaves_the_text_box_unless_it_ends_a_word(visit: Visit) -> None:
    page = visit("?network=random&text=abc")
    for init, stays in ENDS:
        assert page.get_by_label("Your text").evaluate(ENTER, init) == stays, init
