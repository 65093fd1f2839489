"""A text as the tokens of a vocabulary that a reader brought."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.networks.defaults import default_view
from ui.networks.registry import resolve
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


@pytest.mark.parametrize(("network", "apart"), [("reviews", True), ("tags", False)])
def test_shipped_networks_read_words_with_dots_as_their_corpora_had_them(network: str, apart: bool) -> None:
    """The corpora of sentiment part U.S. and no numbers, the tagged one neither."""
    source = resolve(default_view(network).network)
    assert source.card is not None
    known = [word for word in source.card.vocabulary if re.fullmatch(r"\d+[.,]\d+|(\w\.){2,}", word)]
    assert len(known) > 4
    for word in known:
        reading = source.read(f"the {word} film")
        assert reading.tokens == ("the", word, "film")
        assert not source.inputs(reading).unknown
    whole = ("U", ".", "S", ".") if apart else ("U.S.",)
    assert source.read("the U.S. film, 3.1415").tokens == ("the", *whole, "film", ",", "3.1415")
