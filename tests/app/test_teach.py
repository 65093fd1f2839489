"""What a teacher prepares: a link of her view, with what it hides, as text and as a code."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.app.page import AppTest, calm, captions, opened
from ui.text.codes import HOLDS, picture, reach
from ui.words import Words

ENGLISH = Words("en")


def link(page: AppTest) -> str:
    (code,) = page.code
    return str(code.value)


def test_the_link_has_the_view_and_what_was_chosen_to_be_hidden() -> None:
    page = opened("pages/teach.py", network="latch", text="abcabc", step="4")
    page.session_state["to_hide"] = ["examples", "diagram"]
    page.session_state["with_projector"] = True
    page.session_state["step"] = 5
    query = parse_qs(urlsplit(link(calm(page.run()))).query)
    usual = {"network": ["latch"], "text": ["abcabc"], "step": ["5"], "unit": query["unit"]}
    assert query == usual | {"hide": ["examples,diagram"], "projector": ["1"]}


def test_a_page_on_which_parts_are_chosen_hides_none() -> None:
    for script, hidden in (("app.py", True), ("pages/teach.py", False)):
        page = opened(script, hide="menu")
        styles = [one.proto.body for one in page.get("html") if one.proto.body.startswith("<style>")]
        assert any("stPageLink" in style and len(style) < 200 for style in styles) == hidden


def test_a_link_that_is_too_long_for_a_code_says_so_and_why() -> None:
    page = opened("pages/teach.py", network="random", text="猫" * 80)
    long = len(link(page).encode())
    said = ENGLISH("qr.long", length=f"{long:,}", most=str(HOLDS))
    assert (long > HOLDS) == (said in captions(page)) is True


@pytest.mark.parametrize("more", [0, 1])
def test_a_code_holds_as_much_as_is_said_and_no_more(more: int) -> None:
    start = "https://example.org/?text="
    found = picture(start + "x" * (HOLDS - len(start) + more))
    assert (found is None) == bool(more)


@pytest.mark.parametrize(
    ("host", "whom"),
    [
        ("localhost:8501", "local"),
        ("127.0.0.1", "local"),
        ("[::1]:8501", "local"),
        ("192.168.1.4:8501", "near"),
        ("10.0.0.7", "near"),
        ("classroom:8501", "near"),
        ("gates.example.org", ""),
        ("93.184.216.34", ""),
    ],
)
def test_it_is_known_who_can_open_an_address(host: str, whom: str) -> None:
    assert reach(f"http://{host}/gates/?text=ab") == whom
