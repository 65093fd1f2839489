"""The vocabulary of a reader's own network: brought, found in its file, shifted, folded."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from cells import Network
from cells.network import Readout
from cells.saving import as_npz
from tests.app.page import calm, sent
from tests.app.test_own_rows import BESIDE, said
from tests.app.test_upload import dropped, errors, numbers
from tests.cells.test_loading import recorded
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


def keras_with_words(config: dict[str, object], lines: str) -> bytes:
    """A model that Keras wrote, with a layer for words before it as Keras writes one, and its asset."""
    kept = zipfile.ZipFile(io.BytesIO(recorded("keras")["LSTM tagger.keras"][0]))
    whole = json.loads(kept.read("config.json"))
    layer = {"module": "keras.layers", "class_name": "TextVectorization", "registered_name": None}
    whole["config"]["layers"].insert(1, layer | {"config": {"name": "text_vectorization", **config}})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in kept.namelist():
            archive.writestr(name, json.dumps(whole) if name == "config.json" else kept.read(name))
        if lines:
            archive.writestr("assets/layers/text_vectorization/vocabulary.txt", lines)
    return file.getvalue()


@pytest.mark.parametrize(
    ("vocabulary", "lines"), [(None, "\n[UNK]\nthe\ncat\nsat\nmat"), (["the", "cat", "sat", "mat"], "")]
)
def test_the_words_of_a_keras_model_are_taken_with_one_click(vocabulary, lines):
    config = {"standardize": "lower_and_strip_punctuation", "vocabulary": vocabulary}
    page = dropped("words.keras", keras_with_words(config, lines))
    page.button(key="own_offer_0").click().run()
    page.text_input(key="text").set_value("The cat sat on").run()
    data = sent(calm(page))
    assert (data["tokens"], data["unknown"]) == (["The", "cat", "sat", "on"], [3])
    own = page.session_state["own_network"]
    assert own.vocabulary[2:] == ("the", "cat", "sat", "mat")
