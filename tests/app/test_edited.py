"""What is held by a link is held on the page, stays with its network, and is said in the badge."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from tests.app.page import badge, calm, captions, opened, picked, selection, sent
from ui.networks.defaults import default_view
from ui.session.chosen import chosen as resolved
from ui.words import Words

LINE = "f.3@2-4=0;h@3-=1"


def test_a_link_holds_a_gate_on_the_page() -> None:
    page = opened(edit=LINE)
    assert not page.warning
    trace = resolved(selection(page)).run().layers[0].forward
    np.testing.assert_array_equal(trace["f"][1:4, 2], 0)
    np.testing.assert_array_equal(trace["h"][2:], 1)
    arrays = sent(page)["arrays"]
    for symbol in trace.symbols:
        block = np.frombuffer(base64.b64decode(arrays[symbol]["f4"]), "<f4")
        np.testing.assert_array_equal(block.reshape(trace[symbol].shape), trace[symbol].astype("f4"))
    assert "edit=f.3%402-4%3D0%3Bh%403-%3D1" in sent(page)["link"]


def test_edits_stay_with_their_network() -> None:
    page = opened(edit=LINE)
    picked(page, network="brackets")
    assert selection(page).edits.written == ""
    picked(page, network="count10")
    assert selection(page).edits.written == LINE
    calm(page.switch_page("pages/memory.py").run())
    assert selection(page).edits.written == LINE


def test_the_badge_says_edited_where_an_edit_is_in_force() -> None:
    for language in ("en", "zh"):
        word = Words(language)("badge.edited")
        assert word in badge(opened(edit=LINE, lang=language))
        assert word not in badge(opened(edit="u=0", lang=language))
        assert word not in badge(opened(lang=language))


def test_another_text_keeps_edits_that_rest_until_it_is_long_enough() -> None:
    page = opened(edit="h@8-=1", text="aaaaabbbbb")
    assert "edited" in badge(page)
    page.text_input(key="text").set_value("aabb").run()
    assert "edited" not in badge(page) and selection(page).edits.written == "h@8-=1"
    page.text_input(key="text").set_value("aaaabbbb").run()
    assert "edited" in badge(calm(page))


@pytest.mark.parametrize(("page", "key"), [("memory", "unedited_memory"), ("compare", "unedited_compare")])
def test_pages_that_leave_edits_aside_say_so(page: str, key: str) -> None:
    path, sentence = f"pages/{page}.py", Words("zh")(f"notice.{key}")
    edited = opened(path, edit=LINE, lang="zh")
    assert sentence in captions(edited) and Words("zh")("badge.edited") not in badge(edited)
    plain = opened(path, lang="zh")
    assert sentence not in captions(plain)
    assert sentence not in captions(opened(path, edit="u=0", lang="zh"))
    assert sent(edited)["arrays"] == sent(plain)["arrays"]
    assert "edit=" in sent(edited)["link"]


def test_what_rests_is_said_with_why() -> None:
    look = sent(opened(edit="f.3.99=0;u=1;h@99-=0"))["look"]
    said = "f of unit 99 held at 0, all steps: at rest. Unit 99 of 10. Edits at rest besides: 2."
    assert look.startswith(said)
    assert "at rest" not in sent(opened(edit=LINE))["look"]


def test_edits_of_a_readers_broken_or_empty_text_break_nothing() -> None:
    for link in ({"text": ""}, {"network": "random", "mode": "numbers", "text": "one"}):
        assert "edited" not in badge(opened(edit="h=0", **link))


def test_edited_are_the_answers_too() -> None:
    usual = default_view("count10")
    one, other = (resolved(usual.but(edit=line)).run().output for line in ("", "h@5-=0"))
    assert one is not None and other is not None
    np.testing.assert_array_equal(one[:4], other[:4])
    assert np.abs(one[4:] - other[4:]).max() > 0.1
