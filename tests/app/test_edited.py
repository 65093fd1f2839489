"""What is held by a link is held on the page, stays with its network, and is said in the badge."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

from cells.counterfactual import without
from tests.app.page import AppTest, badge, calm, captions, opened, picked, selection, sent
from tests.app.test_side_by_side import MEMORY, decoded
from ui.networks.defaults import default_view
from ui.session.chosen import chosen as resolved
from ui.words import Words

LINE = "f.3@2-4=0;h@3-=1"


def figure_of(page: AppTest, place: int) -> dict[str, Any]:
    """One of the figures of a page, from the top."""
    spec: dict[str, Any] = json.loads(page.get("plotly_chart")[place].proto.spec)
    return spec


def numbers_of(page: AppTest) -> str:
    """All that a view of the memory shows: its figure, above the heatmap, and its sentences."""
    figures = page.get("plotly_chart")
    said = [one.proto.body for one in page.get("html") if "badge" not in one.proto.body]
    return "".join([one.proto.spec for one in figures[:-1]] + said + [one.value for one in page.caption[-1:]])


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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_memory_is_of_the_edited_run(language: str) -> None:
    words = Words(language)
    page = opened(MEMORY, edit=LINE, lang=language)
    assert words("badge.edited") in badge(page)
    arrays = sent(page)["arrays"]
    assert arrays == sent(opened(edit=LINE))["arrays"] != sent(opened(MEMORY))["arrays"]
    assert "edit=" in sent(page)["link"]
    shown = decoded(figure_of(page, -1)["data"][0]["z"])
    np.testing.assert_allclose(shown.T, resolved(selection(page)).run().layers[0].forward["c"], atol=1e-6)
    for none in ({}, {"edit": "u=0"}):
        assert words("badge.edited") not in badge(opened(MEMORY, lang=language, **none))


@pytest.mark.parametrize(
    ("line", "view", "aside"),
    [
        ("f.1@3-=0.5", "written", ""),
        ("f.1@3-=0.5", "map", ""),
        ("f.1@3-=0.5", "swapped", ""),
        ("f.1@3-=0.5", "lasting", ""),
        ("f.1@3-=0.5", "saturation", ""),
        ("f.1@3-=0.5", "finder", ""),
        ("h=0", "erased", ""),
        ("c.2@4=1", "written", "sum"),
        ("c.2@4=1", "map", "sum"),
        ("c.2@4=1", "erased", "sum"),
        ("c.2@4=1", "swapped", ""),
        ("f.1@3-=0.5", "gradient", "gradient"),
    ],
)
def test_a_measure_that_knows_no_edits_says_so_and_is_of_the_network_without_them(
    line: str, view: str, aside: str
) -> None:
    link = {"measure": view, "flow": "this", "unit": "1", "step": "8"}
    words = Words("en")
    edited, plain = (opened(MEMORY, **link, **more) for more in ({"edit": line}, {}))
    blanks = {"memory": words("title.c")}
    asides = {name: words(f"aside.{name}", **blanks) for name in ("sum", "gradient")}
    assert [name for name, said in asides.items() if said in captions(edited)] == ([aside] if aside else [])
    assert not set(asides.values()) & set(captions(plain))
    assert (numbers_of(edited) == numbers_of(plain)) == bool(aside)


def test_another_token_is_read_by_the_edited_network() -> None:
    line = "f.1@3-=0.5"
    page = opened(MEMORY, measure="swapped", swap_at="2", text="aaabb", edit=line)
    (packed,) = [trace["z"] for trace in figure_of(page, 0)["data"] if trace["type"] == "heatmap"]
    chosen = resolved(selection(page))
    rows, edits = chosen.inputs.rows, chosen.edits.in_force
    assert len(edits) == 1
    expected = without(chosen.network, rows, 1, None, edits=edits).layers[0].forward["c"]
    np.testing.assert_allclose(decoded(packed).T, expected, rtol=0, atol=1e-6)
    assert np.abs(expected - without(chosen.network, rows, 1, None).layers[0].forward["c"]).max() > 1e-3


def test_drawn_networks_have_no_edits_to_leave_aside() -> None:
    page = opened(MEMORY, edit=LINE, measure="gradient", flow="text", drawn_units="2")
    assert Words("en")("aside.gradient") not in captions(page)


def test_a_sum_is_only_asked_of_the_memory_that_is_shown() -> None:
    link = {"network": "random", "layers": "2", "directions": "2", "measure": "written", "text": "abcab"}
    said = Words("en")("aside.sum", memory=Words("en")("title.c"))
    for at, aside in (({"layer": "2", "direction": "backward"}, True), ({"layer": "2"}, False), ({}, False)):
        assert (said in captions(opened(MEMORY, edit="2b:c.1@3=0", **link, **at))) == aside
    rnn = opened(MEMORY, edit="h.1=0", **{**link, "layers": "1", "cell": "RNN"})
    assert not [one for one in captions(rnn) if Words("en")("title.h") in one and "itself" in one]


def test_a_token_left_out_is_left_out_of_the_edited_run() -> None:
    page = opened(MEMORY, edit="f.1@3-=0.5", measure="written", unit="1", step="8")
    known = resolved(selection(page))
    edits, rows = known.edits.in_force, known.inputs.rows
    expected = [
        without(known.network, rows, at, edits=edits).layers[0].forward["c"][7, 0] for at in range(10)
    ]
    diamonds = next(one for one in figure_of(page, 0)["data"] if one.get("mode") == "markers")
    np.testing.assert_allclose(decoded(diamonds["y"]), expected, atol=1e-6)


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
