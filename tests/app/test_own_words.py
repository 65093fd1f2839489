"""The vocabulary of a reader's own network: brought, found in its file, shifted, folded."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from cells import Network
from cells.network import Readout
from cells.saving import as_npz
from tests.app.page import calm, sent
from tests.app.test_own_rows import BESIDE, said
from tests.app.test_upload import dropped, errors, numbers
from ui.words import LANGUAGES, Words

ENGLISH = Words("en")
WORDS = {"the": 1, "of": 2, "cat": 3, "sat": 4, "far": 5, "away": 6}
LETTERS = (BESIDE / "charlm.pt").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_vocabulary_of_a_checkpoint_is_taken_with_one_click_its_line_breaks_too(language):
    page, words = dropped("charlm.pt", LETTERS, lang=language), Words(language)
    offer = page.button(key="own_offer_0")
    assert offer.label.replace("\\", "") == words("yours.take_vocabulary", name="stoi", count="6")
    offer.click().run()
    page.text_input(key="text").set_value("ab↵z").run()
    data = sent(calm(page))
    assert (data["tokens"], data["unknown"]) == (["a", "b", "↵", "z"], [])
    assert data["tracks"][0]["answers"] == ["↵", "␣", "a", "b", "é", "z"]
    assert not [button for button in page.button if "own_offer" in str(button.key)]


def test_one_letter_in_two_spellings_is_one_token():
    page = dropped("charlm.pt", LETTERS)
    page.button(key="own_offer_0").click().run()
    rows = []
    for text in ("\u00e9", "e\u0301"):
        page.text_input(key="text").set_value(f"a{text}").run()
        data = sent(calm(page))
        assert data["unknown"] == []
        rows.append(numbers(data["arrays"]["x"], 3))
    np.testing.assert_array_equal(*rows)


def network(rows: int) -> bytes:
    """A network with an embedding of so many rows."""
    rng = np.random.default_rng(1)
    drawn = Network.random("LSTM", 3, 4, seed=1)
    readout = Readout(rng.normal(size=(4, 2)), rng.normal(size=2), "linear")
    return as_npz(replace(drawn, readout=readout, embedding=rng.normal(size=(rows, 3))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vocabulary_with_more_words_than_rows_is_shifted_and_read_in_lower_case(language):
    page, words = dropped("words.npz", network(5), lang=language), Words(language)
    page.file_uploader(key="own_vocabulary_file").set_value(("w.json", json.dumps(WORDS).encode(), "")).run()
    told = words.joined(
        words("yours.vocabulary_few", named="4", size="5"),
        words("yours.vocabulary_extra", count="2"),
        words("yours.vocabulary_lower"),
    )
    assert told in said(calm(page))
    page.text_input(key="text").set_value("The cat far").run()
    data = sent(calm(page))
    assert (data["tokens"], data["unknown"]) == (["The", "cat", "far"], [2])
    assert data["look"] == words("notice.unknown", tokens="far")
    before = numbers(data["arrays"]["x"], 3)
    page.number_input(key="own_shift").set_value(-1).run()
    data = sent(calm(page))
    assert (data["tokens"], data["unknown"]) == (["The", "cat", "far"], [])
    assert (numbers(data["arrays"]["x"], 3)[:2] != before[:2]).any()
    assert data["look"] == words("notice.lowered", tokens="The")


def test_a_file_with_a_token_a_line_is_read():
    page = dropped("words.npz", network(5))
    page.file_uploader(key="own_vocabulary_file").set_value(
        ("vocab.txt", b"the\nof\ncat\nsat\nfar\n", "")
    ).run()
    page.text_input(key="text").set_value("the cat sat").run()
    data = sent(calm(page))
    assert (data["tokens"], data["unknown"]) == (["the", "cat", "sat"], [])
    page.file_uploader(key="own_vocabulary_file").set_value(("vocab.txt", b"a\nb\na\n", "")).run()
    assert errors(calm(page)) == [ENGLISH("fault.vocabulary_again", token="a")]
