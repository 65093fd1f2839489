"""A text for a reader's own network is read in the page as on the server, as its vocabulary has it."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

import numpy as np
import pytest

from cells import Network
from cells.saving import as_npz
from tests.js.conftest import Core
from tests.js.test_tokenize import hold
from ui.networks import vocabulary as vocabularies
from ui.networks.defaults import default_view
from ui.networks.own import YOURS
from ui.networks.registry import resolve
from ui.networks.splitting import SPLITS
from ui.networks.uploaded import brought
from ui.session.chosen import Chosen
from ui.words import Words


def owned(vocabulary: tuple[str, ...], mode: str) -> Chosen:
    """A reader's own network that reads these tokens."""
    own = brought("own.npz", as_npz(Network.random("LSTM", len(vocabulary), 3, seed=1)))
    own = replace(
        own, known=vocabularies.named({token: at for at, token in enumerate(vocabulary)}, len(vocabulary))
    )
    selection = default_view(YOURS, own).but(mode=mode)
    return Chosen(selection, resolve(selection.network, own), Words("en"))


@pytest.mark.parametrize("mode", SPLITS)
@pytest.mark.parametrize("vocabulary", [("a", "b", "\n", "bc"), ("a", "b", "bc")])
def test_a_line_break_is_a_token_of_a_network_that_has_it_however_its_words_are_parted(
    core: Core, mode: str, vocabulary: tuple[str, ...]
) -> None:
    texts = ["a\nb", "\n\na bc \n", "a b", "\n", "bc\na\n\nb"]
    known = owned(vocabulary, mode)
    readable = [text for text in texts if not known.source.read(text).fault]
    assert hold(core, known, texts) == [text in readable for text in texts]
    if "\n" in vocabulary:
        assert [known.source.read(text).tokens.count("\n") for text in texts] == [1, 3, 0, 1, 3]
        assert not any("\n" in known.source.inputs(known.source.read(text)).unknown for text in texts)


@pytest.mark.parametrize("mode", SPLITS)
@pytest.mark.parametrize("form", ["NFC", "NFD", "as typed"])
def test_a_letter_is_known_in_both_of_its_spellings(core: Core, mode: str, form: str) -> None:
    """Also where a vocabulary has the letter and its mark apart, or small letters alone."""
    tokens = ("é", "ü", "a", "e", "e\u0301", "caf\u00e9", "cafe\u0301", "\u0301", "Å", "각")
    vocabulary = (
        tokens if form == "as typed" else tuple(dict.fromkeys(normalize(form, one) for one in tokens))
    )
    texts = [normalize(one, "café é ü a É CAFÉ Å e\u0308 각") for one in ("NFC", "NFD")]
    for known in (owned(vocabulary, mode), owned(tuple(token for token in vocabulary if token != "Å"), mode)):
        read = hold(core, known, texts)
        assert read[0]
        rows = [known.source.inputs(known.source.read(text)) for text in texts]
        if form != "as typed" and "\u0301" not in vocabulary:
            np.testing.assert_array_equal(rows[0].rows, rows[1].rows)


def test_a_word_with_dots_is_read_as_the_vocabulary_has_it(core: Core) -> None:
    texts = ["3.14 U.S. e.g.", "U.S.", "3.14", "e.g. 3", "a.b"]
    for vocabulary, first in (
        (("3.14", "U.S.", "e.g."), ("3.14", "U.S.", "e.g.")),
        (("3", ".", "14", "U", "S", "e", "g"), ("3", ".", "14", "U", ".", "S", ".", "e", ".", "g", ".")),
        (("3", "14", "U", "S"), ("3.14", "U.S.", "e.g.")),
    ):
        known = owned(vocabulary, "words")
        assert known.source.read(texts[0]).tokens == first
        assert hold(core, known, texts) == [True] * len(texts)


def test_a_vocabulary_of_single_code_points_reads_letters_with_marks(core: Core) -> None:
    known = owned(("e", "\u0301", "a", "क", "ष", "\u094d", "\u093f"), "characters")
    assert known.source.read("aé").tokens == ("a", "e", "\u0301")
    assert known.source.read("क्षि").tokens == ("क", "\u094d", "ष", "\u093f")
    assert not known.source.inputs(known.source.read("éक्षि")).unknown
    assert hold(core, known, ["aé", "ae\u0301e", "eé a"]) == [True] * 3
