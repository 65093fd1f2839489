"""Compare with the reader's edits: each network with those that fit it, and views that leave them aside."""

from __future__ import annotations

import json

import numpy as np
import pytest

from cells.counterfactual import without
from tests.app.page import AppTest, badge, captions, figure, opened, selection, sent
from tests.app.test_side_by_side import COMPARE, decoded
from ui.compare import ASIDE, VIEWS
from ui.compare.members import members
from ui.session.chosen import chosen as resolved
from ui.words import Words

LINE = "f.3@6=0"


def told(page: AppTest) -> str:
    """All that a view shows: its figure or its table, and what it says."""
    charts = "".join(json.dumps(json.loads(one.proto.spec)["data"]) for one in page.get("plotly_chart"))
    tables = "".join(one.proto.body for one in page.get("html") if "<table" in one.proto.body)
    return charts + tables + "".join(one.value for one in page.markdown)


def test_each_network_is_shown_with_the_edits_that_fit_it() -> None:
    page, usual = opened(COMPARE, edit=LINE), opened(COMPARE)
    known = members(resolved(selection(page)))
    assert [name for name, one in known.items() if one.changed] == ["count10-lstm"]
    names = ["h", "h@count10-gru", "h@count10-rnn"]
    for edited, unedited, name in zip(figure(page)["data"], figure(usual)["data"], names, strict=True):
        assert edited["name"] == unedited["name"] == name
        shown = decoded(edited["z"])
        np.testing.assert_allclose(
            shown.T, known[name.partition("@")[2] or "count10-lstm"].run().layers[0].forward["h"], atol=1e-6
        )
        assert np.array_equal(shown, decoded(unedited["z"])) == (name != "h")
    lstm, *others = sent(page)["tracks"]
    assert lstm != sent(usual)["tracks"][0] and others == sent(usual)["tracks"][1:]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_badge_names_and_sentence_say_what_is_edited(language: str) -> None:
    words = Words(language)
    page = opened(COMPARE, edit=LINE, lang=language)
    assert words("badge.edited") in badge(page)
    labels = [one["label"] for one in sent(page)["leads"]]
    assert labels == [f"LSTM · {words('badge.edited')}", "GRU · n = 11", "RNN · n = 12"]
    assert "GRU · n = 11, RNN · n = 12" in sent(page)["look"]
    lstms = opened(
        COMPARE, edit=LINE, network="first", compare="first-lstm-0,first-lstm-chrono", lang=language
    )
    assert sent(lstms)["look"].startswith(words("look.edited").partition("{")[0])
    rests = opened(COMPARE, edit="2:f=0", lang=language)
    assert words("badge.edited") not in badge(rests)
    assert "LSTM · n = 35" in sent(rests)["look"]


def test_a_direction_that_one_network_has_is_edited_in_that_alone() -> None:
    page = opened(COMPARE, network="random", edit="b:f.3@2=0")
    labels = [one["label"] for one in sent(page)["leads"]]
    assert labels == ["RNN", "LSTM", "Bi-LSTM · edited", "GRU"]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_of_the_edited_networks_or_says_that_it_is_not(view: str) -> None:
    link = {"network": "random", "together": view, "text": "abcabc", "pair": "misprint"}
    usual, page = opened(COMPARE, **link), opened(COMPARE, **link, edit="f.3@2=0;h.1@4-=1")
    assert (told(page) == told(usual)) == (view in ASIDE)
    said = {Words("en")(f"aside.{why}") for why in ASIDE.values()} & {*captions(page)}
    assert said == ({Words("en")(f"aside.{ASIDE[view]}")} if view in ASIDE else set())
    assert not {Words("en")(f"aside.{why}") for why in ASIDE.values()} & {*captions(usual)}


def test_what_an_edited_network_reaches_was_not_measured() -> None:
    usual, page = (told(opened(COMPARE, together="table", edit=line)) for line in ("", LINE))
    score = "n = 35"
    assert usual.count(score) == 2 and page.count(score) == 0


def test_a_token_is_changed_under_the_same_edits() -> None:
    page = opened(COMPARE, edit=LINE, together="sides", changed="5", instead="b")
    chosen = resolved(selection(page))
    lstm = members(chosen)["count10-lstm"]
    rows = np.asarray(lstm.inputs.rows)
    b = np.asarray(lstm.inputs.rows)[5]
    expected = without(lstm.network, rows, 4, b, edits=lstm.edits.in_force).layers[0].forward["h"]
    shown = decoded(figure(page)["data"][0]["y"])
    np.testing.assert_allclose(
        shown[4:], np.linalg.norm(expected[4:], axis=1), atol=1e-6
    )  # 0 has no logarithm
    assert not np.allclose(expected, without(lstm.network, rows, 4, b).layers[0].forward["h"])


@pytest.mark.parametrize(
    ("edit", "matched", "shared"), [("", "units", 1), ("f.3=0", "units", 1), ("", "parameters", 0)]
)
def test_two_lines_are_said_to_coincide_where_they_do(edit: str, matched: str, shared: int) -> None:
    page = opened(COMPARE, network="random", edit=edit, matched=matched, together="sides", text="abcabc")
    assert sum(Words("en")("view.one_line") in one for one in captions(page)) == shared
