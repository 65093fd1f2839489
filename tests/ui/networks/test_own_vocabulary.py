"""Vocabularies as people have them."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.networks.tokenize import InputFault
from ui.networks.vocabulary import from_file, parsed

WORDS = {"the": 1, "of": 2, "cat": 3, "sat": 4}
KERAS = {
    "class_name": "Tokenizer",
    "config": {
        "lower": True,
        "oov_token": None,
        "word_counts": json.dumps({"the": 9, "of": 4, "cat": 3, "sat": 1}),
        "index_word": json.dumps({place: word for word, place in WORDS.items()}),
        "word_index": json.dumps(WORDS),
    },
}
TOKENIZERS = {
    "version": "1.0",
    "added_tokens": [{"id": 0, "content": "[UNK]"}],
    "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
    "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "the": 1, "of": 2, "cat": 3, "sat": 4}},
}
UNIGRAM = {"model": {"type": "Unigram", "vocab": [["<unk>", 0.0], ["the", -1.5], ["of", -2]]}}
PAIR = {"stoi": {"a": 0, "b": 1}, "itos": {"0": "a", "1": "b"}, "size": 2}


@pytest.mark.parametrize(
    ("text", "size", "tokens"),
    [
        ("abc", 3, "a b c"),
        ("abc\n", 3, "a b c"),
        ("the\nof\ncat\n", 3, "the of cat"),
        ("the\r\nof\r\ncat", 4, "the of cat -"),
        ("the of cat", 3, "the of cat"),
        ("\n[UNK]\nthe", 3, "- [UNK] the"),
        ("the 1\nof 2\ncat 0", 3, "cat the of"),
        ("0\tthe\n1\tof", 2, "the of"),
        ("the 900\nof 400\ncat 7", 3, "the of cat"),
        ("a\nb\nc\nd", 4, "a b c d"),
        (json.dumps(["the", "of"]), 2, "the of"),
        (json.dumps(WORDS), 3, "- the of"),
        (json.dumps({"0": "the", "2": "of"}), 3, "the - of"),
        (json.dumps(KERAS), 5, "- the of cat sat"),
        (json.dumps(TOKENIZERS), 5, "[UNK] the of cat sat"),
        (json.dumps(UNIGRAM), 3, "<unk> the of"),
        (json.dumps(PAIR), 2, "a b"),
    ],
)
def test_every_shape_that_people_have_is_read(text: str, size: int, tokens: str) -> None:
    assert [token or "-" for token in parsed(text, size).tokens] == tokens.split(" ")


@pytest.mark.parametrize("sign", ["\n", "↵", "\\n", "<nl>"])
def test_a_line_break_is_a_token_however_it_is_written(sign: str) -> None:
    assert parsed(json.dumps(["a", sign, "b"]), 3).tokens == ("a", "\n", "b")
    assert parsed("ab\n", 3).tokens == parsed("ab\n", 3).tokens == ("a", "b", "\n")
    assert parsed("\nab", 3).tokens == ("\n", "a", "b")


@given(st.lists(st.text("abcde", min_size=1), min_size=2, max_size=9, unique=True), st.integers(1, 9))
def test_words_beyond_what_the_network_reads_are_counted(words: list[str], size: int) -> None:
    found = parsed(json.dumps(words), size)
    assert sum(map(bool, found.tokens)) + found.extra == len(words)
    assert found.tokens[: len(words)] == tuple(words[:size])


def test_lower_case_is_read_where_a_file_says_so_or_no_token_has_a_capital() -> None:
    assert parsed(json.dumps(KERAS), 5).lower and parsed(json.dumps(TOKENIZERS), 5).lower
    assert parsed("<UNK>\nthe\nof", 3).lower
    assert not parsed("<UNK>\nthe\nOf", 3).lower and not parsed("12", 2).lower


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("abcd", "vocabulary_place"),
        ("aa", "vocabulary_again"),
        ("the\nof\nthe", "vocabulary_again"),
        ('["a",', "vocabulary_json"),
        ('{"a": "b", "c": 1.5}', "vocabulary_kind"),
        ('{"a": 1, "b": 1}', "vocabulary_twice"),
        ('{"a": 7, "b": 8}', "vocabulary_place"),
    ],
)
def test_what_is_wrong_with_a_vocabulary_is_named(text: str, key: str) -> None:
    with pytest.raises(InputFault) as caught:
        parsed(text, 3)
    assert caught.value.key == key


def test_a_pickle_is_read_too() -> None:
    assert from_file(pickle.dumps({"stoi": {"a": 0, "b": 1}, "n": 2}), 2).tokens == ("a", "b")
    assert from_file(pickle.dumps(["a", "b"]), 2).tokens == ("a", "b")
    assert from_file("é\nb\nc".encode("utf-8-sig"), 3).tokens == ("é", "b", "c")
