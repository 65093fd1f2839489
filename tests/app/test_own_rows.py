"""Rows of numbers for a reader's own network: which columns, at what scale."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.page import calm, captions, chosen, sent
from tests.app.test_upload import PLAIN, dropped, errors, numbers
from ui.export.file_names import stem
from ui.networks import numeric_rows
from ui.networks.defaults import default_view
from ui.networks.uploaded import brought
from ui.session import private
from ui.session.chosen import chosen as resolved
from ui.words import LANGUAGES, Words

BESIDE = Path(__file__).parents[1] / "goldens" / "beside"


def said(page: AppTest) -> list[str]:
    return [caption.replace("\\", "") for caption in captions(page)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_a_table_are_chosen_and_scaled_as_in_training(language):
    page, words = dropped("plain.safetensors", PLAIN, lang=language), Words(language)
    table = "date,a,b,c,answer\n2024-01-02,100,200,300,7\n2024-01-03,102,198,304,8\n"
    page.file_uploader(key="own_rows_file").set_value(("in.csv", table.encode(), "")).run()
    data = sent(calm(page))
    np.testing.assert_allclose(numbers(data["arrays"]["x"], 3), [[100, 200, 300], [102, 198, 304]])
    assert words("yours.columns_left", names="date") in said(page)
    assert re.fullmatch(
        re.escape(words("notice.far_gates", largest="304", share="@")).replace("@", ".*"), data["look"]
    )
    page.text_input(key="own_mean").set_value("101, 199, 302").run()
    page.text_input(key="own_deviation").set_value("2").run()
    data = sent(calm(page))
    np.testing.assert_allclose(numbers(data["arrays"]["x"], 3), [[-0.5, 0.5, -1], [0.5, -0.5, 1]])
    assert data["look"] == words("look.yours")
    page.text_input(key="own_mean").set_value("").run()
    page.text_input(key="own_deviation").set_value("").run()
    page.multiselect(key="own_columns").set_value([3, 0]).run()
    assert words("yours.columns_still", count="3", names="a, b, c") in said(page)
    page.multiselect(key="own_columns").set_value([3, 0, 1]).run()
    np.testing.assert_allclose(numbers(sent(calm(page))["arrays"]["x"], 3), [[7, 100, 200], [8, 102, 198]])
    page.text_input(key="own_deviation").set_value("1 2").run()
    assert errors(calm(page)) == [words("fault.scaling_count", found="2", features="3").replace("\\", "")]


def test_the_scale_of_training_is_taken_from_the_checkpoint_with_one_click():
    page = dropped("forecast.pt", (BESIDE / "forecast.pt").read_bytes())
    labels, scale = (page.button(key=f"own_offer_{place}") for place in range(2))
    assert "classes" in labels.label and "mean, std" in scale.label
    page.text_input(key="text").set_value("110 45 20; 90 55 24").run()
    page.button(key="own_offer_1").click().run()
    data = sent(calm(page))
    np.testing.assert_allclose(numbers(data["arrays"]["x"], 3), [[1, -1, 0], [-1, 1, 2]], atol=1e-6)
    assert (page.text_input(key="own_mean").value, page.text_input(key="own_deviation").value) == (
        "100 50 20",
        "10 5 2",
    )
    page.button(key="own_offer_0").click().run()
    assert sent(calm(page))["tracks"][0]["answers"] == ["up", "down"]
    assert not [button for button in page.button if "own_offer" in str(button.key)]


def test_a_readers_own_labels_stay_as_they_are():
    page = dropped("forecast.pt", (BESIDE / "forecast.pt").read_bytes())
    page.text_input(key="own_labels").set_value("DET, end").run()
    (track,) = sent(calm(page))["tracks"]
    assert (track["answers"], track["short"]) == (["DET", "end"], ["DET", "end"])
    calm(page.switch_page("pages/memory.py").run())
    chosen(page, measure="finder", track="answer")
    assert page.selectbox(key="answer").options == ["DET", "end"]
    told = [caption.value for caption in page.caption] + [markdown.value for markdown in page.markdown]
    assert not any("determiner" in one for one in told)


def test_files_that_leave_are_called_after_the_network_and_the_rows_that_it_read(monkeypatch):
    own = brought("my model.v2.pt", (BESIDE / "forecast.pt").read_bytes())
    rows = numeric_rows.from_file(b"a,b,c\n1,2,3\n", "prices 2024.csv", 3)
    for now, mode, name in (
        (own, "rows", "my-model-v2-0-0"),
        (replace(own, rows=rows), "kept", "my-model-v2-prices-2024"),
    ):
        monkeypatch.setattr(private, "present", lambda now=now: now)
        view = default_view("yours", now).but(mode=mode, text="0 0")
        assert stem(resolved(view)) == name
