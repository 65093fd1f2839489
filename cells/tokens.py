"""Tokens as rows of x, or as rows of an embedding."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from hashlib import shake_256
from typing import NamedTuple

import numpy as np

from cells.arrays import Given, Integers, Matrix


def one_hot(tokens: Sequence[str], alphabet: Sequence[str], dtype: str = "float64") -> Matrix:
    """One feature for each token of the alphabet, 1 where it stands: (time, feature); zeros for others."""
    column = {token: index for index, token in enumerate(alphabet)}
    rows = np.zeros((len(tokens), len(alphabet)), dtype)
    for t, token in enumerate(tokens):
        if token in column:
            rows[t, column[token]] = 1
    return rows


def unknown(tokens: Sequence[str], alphabet: Sequence[str]) -> tuple[str, ...]:
    """The tokens that the alphabet lacks, each once, as they first appear."""
    known = frozenset(alphabet)
    return tuple(dict.fromkeys(token for token in tokens if token not in known))


def token_vectors(tokens: Sequence[str], features: int, seed: int, dtype: str = "float64") -> Matrix:
    """A vector of standard normal numbers for each token: (time, feature).

    A token's vector hangs on the seed and its own letters alone, so no other text ever changes it.
    """
    distinct = {token: row for row, token in enumerate(dict.fromkeys(tokens))}
    # Two 32-bit integers for each number; lone surrogates, which a browser can send, have no UTF-8.
    digests = b"".join(
        shake_256(f"{seed} {token}".encode("utf-8", "surrogatepass")).digest(8 * features)
        for token in distinct
    )
    uniform = (np.frombuffer(digests, "<u4").reshape(len(distinct), 2, features) + 0.5) / 2**32
    normal = np.sqrt(-2 * np.log(uniform[:, 0])) * np.cos(2 * np.pi * uniform[:, 1])  # Box & Muller (1958)
    rows: Matrix = normal.astype(dtype)[[distinct[token] for token in tokens]]
    return rows


UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # the first entry of a vocabulary: what its network has not seen


def places(tokens: Sequence[str], vocabulary: Sequence[str]) -> Integers:
    """Where each token stands in the vocabulary, 0 for those it lacks: (time,)."""
    place = {token: index for index, token in enumerate(vocabulary)}
    return np.array([place.get(token, 0) for token in tokens], dtype=np.int32)


def word_parts(words: Sequence[str], vocabulary: Sequence[str]) -> Integers:
    """Places of a word, its last letters and its shape, whose rows are added up: (time, 3)."""
    parts = [part for word in words for part in (word.lower(), ending(word), shape(word))]
    return places(parts, vocabulary).reshape(len(words), 3)


def ending(word: str) -> str:
    """The last three letters, as -ing."""
    return f"-{word.lower()[-3:]}"


def shape(word: str) -> str:
    """How a word is written: #x, #Xx, #XX, #9 for anything with a figure, #. for marks."""
    if any(letter.isdigit() for letter in word):
        return "#9"
    if not any(letter.isalpha() for letter in word):
        return "#."
    if word.isupper() and len(word) > 1:
        return "#XX"
    return "#Xx" if word[0].isupper() else "#x"


def marked_numbers(tokens: Sequence[str], _: Sequence[str] = ()) -> Matrix:
    """Tokens such as 0.25 and 0.75* as rows (value, 1 where marked): (time, 2)."""
    return np.array([[float(token.rstrip("*").replace("−", "-")), token.endswith("*")] for token in tokens])


def plain_letter(letter: str) -> str:
    """A letter in lower case without its accents."""
    return unicodedata.normalize("NFD", letter.lower())[:1]


def composed(token: str) -> str:
    """A token with each letter in one piece with its marks, however it was typed (Unicode's NFC)."""
    return unicodedata.normalize("NFC", token)


def lowered(token: str) -> str:
    """The same in lower case."""
    return composed(token).lower()


# How a token is spelled to be looked up; ui/stepper/js/core/tokenize.js spells it alike.
FOLDS: Mapping[str, Callable[[str], str]] = {"": composed, "lower": lowered, "plain": plain_letter}


class Reader(NamedTuple):
    """How a network reads tokens: `rows(tokens, vocabulary)` is what it is given.

    A token is known where `plain(token)` is in the vocabulary; numbers have none. Others are read as nothing
    ("unknown"), as one word for all ("unseen"), or by their ending and shape ("parts"): `strange`.
    """

    rows: Callable[[Sequence[str], Sequence[str]], Given]
    plain: Callable[[str], str] = composed
    strange: str = "unknown"


def _folded(
    fold: Callable[[str], str], rows: Callable[[Sequence[str], Sequence[str]], Given]
) -> Callable[[Sequence[str], Sequence[str]], Given]:
    return lambda tokens, known: rows([*map(fold, tokens)], known)


READERS: Mapping[str, Reader] = {
    "one-hot": Reader(_folded(composed, one_hot)),
    "letters": Reader(_folded(plain_letter, one_hot), plain_letter),
    "marked numbers": Reader(marked_numbers),
    "places": Reader(_folded(composed, places), strange="unseen"),
    "words": Reader(_folded(lowered, places), lowered, "unseen"),
    "word parts": Reader(_folded(composed, word_parts), lowered, "parts"),
}
