"""The sweep of the memory page: each number is of a run of its own, and a cell leads to its edit."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cells import Edit, answer_at, distance_at, shipped, sweep
from cells.shipped import card
from tests.app.page import captions, chosen, opened, selection
from tests.app.test_side_by_side import MEMORY, decoded
from ui.memory import sweep as view
from ui.text.numbers import percent
from ui.words import LANGUAGES, Words

TEXT = "aaabb"


def effects(page: AppTest) -> np.ndarray:
    """What the picture shows, (step, unit)."""
    charts = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    (found,) = [trace for chart in charts for trace in chart["data"] if trace.get("meta") == "cells"]
    return decoded(found["z"]).T


def expected(edit: Edit, effect, model: str = "count10-lstm", text: str = TEXT) -> np.ndarray:
    return sweep(shipped.network(model), card(model).read(tuple(text)), edit, effect)


@pytest.mark.parametrize(
    ("link", "edit", "effect"),
    [
        ({}, Edit("f", value=0), distance_at(None)),
        ({"sweep_how": "1", "sweep_of": "b"}, Edit("f", value=1), answer_at(None, 1)),
        ({"swept": "o", "sweep_how": "mean", "sweep_at": "4"}, Edit("o", how="mean"), distance_at(3)),
        ({"swept": "c", "sweep_of": "end", "sweep_at": "5"}, Edit("c", value=0), answer_at(4, 2)),
    ],
)
def test_each_cell_is_a_run_with_one_edit(link: dict[str, str], edit: Edit, effect) -> None:
    page = opened(MEMORY, measure="sweep", text=TEXT, **link)
    np.testing.assert_allclose(effects(page), expected(edit, effect), rtol=0, atol=1e-6)


def test_what_is_done_in_many_short_turns_is_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PATIENCE", -1)
    monkeypatch.setattr(view, "TURN", -1)
    page = opened(MEMORY, measure="sweep", text=TEXT)
    np.testing.assert_allclose(effects(page), expected(Edit("f"), distance_at(None)), rtol=0, atol=1e-6)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sweep_that_was_stopped_is_not_shown_until_it_is_gone_on_with(lang: str) -> None:
    page, words = opened(MEMORY, measure="sweep", text=TEXT, lang=lang), Words(lang)
    whole, kept = effects(page), page.session_state[view.KEPT]
    kept.done = False
    chosen(page, **{view.STOPPED: kept.of})
    assert [info.value for info in page.info] == [words("sweep.stopped", share=percent(1))]
    (again,) = [button for button in page.button if button.label == words("sweep.go_on")]
    again.click().run()
    np.testing.assert_array_equal(effects(page), whole)


def test_it_leads_to_the_first_page_with_its_edit_among_the_others() -> None:
    page = opened(MEMORY, measure="sweep", text=TEXT, edit="i.2@1=0.5", step="4", unit="3", swept="o")
    words = Words("en")
    assert words("aside.sweep") in captions(page)
    np.testing.assert_allclose(effects(page), expected(Edit("o"), distance_at(None)), rtol=0, atol=1e-6)
    (go,) = [button for button in page.button if button.label == words("sweep.go")]
    go.click().run()
    view_now = selection(page)
    assert view_now.edits.written == "i.2@1=0.5;o.3@4=0"
    assert (view_now.at.step, view_now.at.unit) == (4, 3)
    assert not [button for button in page.button if button.label == words("sweep.go")]  # it is the first page


def test_where_no_more_edits_fit_that_is_said_and_nothing_is_lost() -> None:
    edits = ";".join(f"i.{unit}@{step}=0" for step in range(1, 9) for unit in range(1, 9))
    page = opened(MEMORY, measure="sweep", edit=edits)
    (go,) = [button for button in page.button if button.label == Words("en")("sweep.go")]
    go.click().run()
    assert [warning.value for warning in page.warning] == [Words("en")("sweep.too_many", most="64")]
    assert selection(page).edits.written == edits


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"text": 401 * "a"}, "too_long"),
        ({"text": TEXT, "swept": "f", "sweep_at": "1"}, "nothing"),  # before the first token c is 0
    ],
)
def test_where_there_is_nothing_to_show_it_is_said_why(link: dict[str, str], says: str) -> None:
    page = opened(MEMORY, measure="sweep", **link)
    assert [info.value for info in page.info] == [Words("en")(f"sweep.{says}", most="400")]


def test_another_cell_is_swept_at_what_it_has() -> None:
    page = opened(MEMORY, measure="sweep", swept="f", sweep_how="1", sweep_of="end", model="count10-gru")
    memory = selection(page).memory
    assert (memory.swept, memory.sweep_how, memory.sweep_of) == ("u", "1", "end")
    assert len(page.warning) == 1  # f is not in a GRU
    page = opened(MEMORY, measure="sweep", swept="c_tilde", sweep_how="1")
    assert selection(page).memory.sweep_how == "0"


def test_what_cannot_be_computed_is_left_blank() -> None:
    from ui.figures.sweep import effects as picture

    values = np.array([[0.1, np.nan], [-0.4, np.nan]])
    (cells,) = picture(values, True, "ab", 1, "12", ("token", "unit"), 50).data
    assert (cells["zmin"], cells["zmax"]) == (-0.4, 0.4)
    assert np.isnan(np.asarray(cells["z"])[1]).all()
