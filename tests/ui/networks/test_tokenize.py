"""What a reader types becomes the tokens that a reader sees."""

from __future__ import annotations

import re
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cells.tokens import marked_numbers
from ui.networks.tokenize import LARGEST, MODES, MOST, characters, marked, numbers, pieces, read, shown, words


@given(st.text())
def test_characters_joined_give_the_text_back(text: str) -> None:
    assert "".join(characters(text).tokens) == text


@given(st.text())
def test_words_lose_nothing_but_blanks(text: str) -> None:
    assert "".join("".join(words(text).tokens).split()) == "".join(text.split())
    assert not any(token.isspace() for token in words(text).tokens)


@pytest.mark.parametrize(
    "token",
    ["👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "1️⃣", "e\u0301", "q\u0307\u0323", "नि", "क्षि", "ก็", "각", "\r\n"],
)
def test_what_looks_like_one_character_is_one_token(token: str) -> None:
    assert characters(token).tokens == (token,)
    assert characters(f"a{token}b").tokens == ("a", token, "b")
    assert characters(token * 2).tokens == (token, token)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the cat sat.", ("the", "cat", "sat", ".")),
        ("don’t well-known x_1", ("don’t", "well-known", "x_1")),
        ("长短期 memory", ("长", "短", "期", "memory")),
        ("ひらカナ", ("ひ", "ら", "カ", "ナ")),
        ("नमस्ते दुनिया", ("नमस्ते", "दुनिया")),
        ("שלום עולם!", ("שלום", "עולם", "!")),
        ("مرحبا، بكم", ("مرحبا", "،", "بكم")),
        ("می\u200cخواهم کتاب", ("می\u200cخواهم", "کتاب")),
        ("hi 👨‍👩‍👧‍👦🇩🇪", ("hi", "👨‍👩‍👧‍👦", "🇩🇪")),
        ("café cafe\u0301", ("café", "cafe\u0301")),
        ("3.14 −2 -0.5 10,000.", ("3.14", "−", "2", "-0.5", "10,000", ".")),
        ("the U.S. e.g. a.m., x.", ("the", "U.S.", "e.g.", "a.m.", ",", "x", ".")),
        ("1,2,3 4,56 v1.2 3.5m", ("1", ",", "2", ",", "3", "4", ",", "56", "v1", ".", "2", "3", ".", "5m")),
        (
            "I.am 12.05.2024 漢.字. e\u0301.g.",
            ("I", ".", "am", "12.05.2024", "漢", ".", "字", ".", "e\u0301.g."),
        ),
    ],
)
def test_words(text: str, tokens: tuple[str, ...]) -> None:
    assert words(text).tokens == tokens


NUMBER = st.floats(-LARGEST, LARGEST)


@given(
    st.lists(NUMBER, min_size=1),
    st.sampled_from((" ", ",", ", ", ";", "\n", "\t", "，", "；", "、", "\u3000")),
)
def test_numbers_are_read_as_they_are_written(values: list[float], separator: str) -> None:
    reading = numbers(separator.join(repr(value).replace("-", "−") for value in values))
    assert reading.values == tuple(values)
    assert len(reading.tokens) == len(values)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("x", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("0x10", "not_a_number"),
        ("<b>", "not_a_number"),
        ("nan", "not_finite"),
        ("-inf", "not_finite"),
        ("Infinity", "not_finite"),
        ("1000001", "too_large"),
        ("−1e7", "too_large"),
    ],
)
@given(before=st.lists(NUMBER, max_size=4))
def test_the_first_entry_that_is_no_number_is_named(entry: str, fault: str, before: list[float]) -> None:
    reading = read(" ".join([*map(repr, before), entry, "also wrong"]), "numbers")
    assert reading.fault == fault
    assert dict(reading.details) == {"place": str(len(before) + 1), "token": entry}
    assert (reading.tokens, reading.values) == ((), None)


STARRED = st.lists(st.tuples(NUMBER, st.booleans()), min_size=1)


@given(STARRED, st.sampled_from((" ", ",", ", ", ";", "\n", "，", "\u3000")))
def test_a_star_marks_a_number_and_changes_none(entries: list[tuple[float, bool]], separator: str) -> None:
    tokens = tuple(repr(value).replace("-", "−") + "*" * star for value, star in entries)
    reading = marked(separator.join(tokens))
    assert reading.tokens == tokens
    assert reading.values == tuple(value for value, _ in entries)
    rows = marked_numbers(reading.tokens)
    assert rows.tolist() == [[value, star] for value, star in entries]


def test_a_star_is_read_where_numbers_are_marked_alone() -> None:
    assert marked("0.5* 1").values == (0.5, 1.0)
    assert dict(read("1 0.5*", "numbers").details) == {"place": "2", "token": "0.5*"}


@pytest.mark.parametrize("entry", ["0.5**", "*", "*0.5", "0.5*x", "0.5 *", "nan*", "1e9*"])
@given(before=STARRED)
def test_the_first_entry_that_is_no_marked_number_is_named(
    entry: str, before: list[tuple[float, bool]]
) -> None:
    written = [repr(value) + "*" * star for value, star in before]
    reading = read(" ".join([*written, entry, "also wrong"]), "marked")
    named = entry.split()[-1]
    assert dict(reading.details) == {
        "place": str(len(before) + len(entry.split())),
        "token": named,
    }
    assert reading.fault == {"nan*": "not_finite", "1e9*": "too_large"}.get(entry, "not_a_number")
    assert (reading.tokens, reading.values) == ((), None)


def test_a_long_entry_is_named_in_short() -> None:
    token = dict(read("y" * 500, "numbers").details)["token"]
    assert token == "y" * 24 + "…"


@pytest.mark.parametrize(
    ("mode", "text"), [("characters", ""), ("words", " \t\n"), ("numbers", ""), ("numbers", " ,; ，\n")]
)
def test_nothing_to_read_is_said(mode: str, text: str) -> None:
    assert read(text, mode).fault == "empty"


def test_blanks_are_characters() -> None:
    assert read("  ", "characters").tokens == (" ", " ")


@pytest.mark.parametrize("mode", MODES)
def test_a_hundred_thousand_tokens_and_not_one_more(mode: str) -> None:
    one = {"characters": "a", "words": "a ", "numbers": "1 ", "marked": "1* "}[mode]
    assert len(read(one * MOST, mode).tokens) == MOST == 100_000
    reading = read(one * (MOST + 1), mode)
    assert reading.fault == "too_long"
    assert dict(reading.details) == {"tokens": "100,001", "most": "100,000"}


# Bidirectional classes that act on the characters around them.
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(min_size=1))
def test_nothing_shown_is_blank_or_acts_on_its_neighbours(text: str) -> None:
    for token in characters(text).tokens:
        for character in shown(token):
            assert unicodedata.category(character) not in ("Cc", "Zs", "Zl", "Zp", "Cs")
            assert unicodedata.bidirectional(character) not in TURNS


@pytest.mark.parametrize("mode", ["characters", "words"])
@given(text=st.text(min_size=1) | st.text("a \u200c\u200d\ufe0f\u034f\U000e0020", min_size=1))
def test_no_token_is_invisible(mode: str, text: str) -> None:
    for token in MODES[mode](text).tokens:
        assert not regex.fullmatch(r"\p{Default_Ignorable_Code_Point}*", shown(token)), ascii(token)


@pytest.mark.parametrize(
    ("token", "written"),
    [
        (" ", "␣"),
        ("\n", "↵"),
        ("\r\n", "⟨D⟩↵"),
        ("\t", "⇥"),
        ("\x00", "⟨0⟩"),
        ("\x1b", "⟨1B⟩"),
        ("\x7f", "⟨7F⟩"),
        ("\x85", "⟨85⟩"),
        ("\u00a0", "␣"),
        ("\u3000", "␣"),
        ("\u202e", "⟨202E⟩"),
        ("\ufeff", "⟨FEFF⟩"),
        ("\ud800", "⟨D800⟩"),
    ],
)
def test_what_has_no_look_of_its_own_is_made_visible(token: str, written: str) -> None:
    assert shown(token) == written


@pytest.mark.parametrize("token", ["a", "שלום", "👨‍👩‍👧‍👦", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "नि", "<b>", "长"])
def test_what_can_be_seen_is_shown_as_it_is(token: str) -> None:
    assert shown(token) == token


def test_a_reader_sees_different_tokens_as_different() -> None:
    odd = [chr(point) for point in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200E, 0x202E, 0x2028)]
    written = [shown(character) for character in odd]
    assert len(set(written)) == len(odd)
    assert not any(re.search(r"\s", text) for text in written)


@given(st.text("aé1.,-U ", max_size=12))
def test_a_word_with_dots_is_its_pieces_again(text: str) -> None:
    for token in words(text).tokens:
        assert "".join(pieces(token)) in ("", token)
        assert not any(pieces(piece) for piece in pieces(token))
