"""A text as the tokens of a vocabulary that a reader brought."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.networks.splitting import SPLITS, split, usual

TEXTS = st.text("ab.\n ", max_size=20)


@pytest.mark.parametrize("mode", SPLITS)
@given(text=TEXTS)
def test_no_line_break_is_lost_of_a_network_that_has_it(mode: str, text: str) -> None:
    tokens = split(text, mode, {"a", "\n"}.__contains__)
    assert tokens.count("\n") == text.count("\n")
    lines = "\0".join(tokens).split("\n")
    for line, found in zip(text.split("\n"), lines, strict=True):
        assert tuple(filter(None, found.split("\0"))) == SPLITS[mode](line).tokens


@pytest.mark.parametrize("mode", ["words", "spaces"])
@given(text=TEXTS)
def test_of_a_network_without_it_a_line_break_parts_words(mode: str, text: str) -> None:
    assert tuple(split(text, mode, {"a"}.__contains__)) == SPLITS[mode](text.replace("\n", " ")).tokens


def test_blanks_in_a_vocabulary_do_not_say_how_a_text_is_split() -> None:
    assert usual(["\n", "ab", "cd", " ", "\t"]) == "words"
