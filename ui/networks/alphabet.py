"""What a page can read by itself: the tokens that it may meet, each with the row of x that stands for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from cells import Network
from cells.arrays import Matrix
from cells.handbuilt import HANDBUILT
from cells.shipped import Card
from cells.tokens import READERS, token_vectors
from ui.networks.tokenize import MODES
from ui.selection.records import NetworkChoice

MOST = 2**16  # numbers of all rows: what a page is sent of an alphabet
PRINTABLE = tuple(map(chr, range(0x20, 0x7F)))
Unknown: TypeAlias = str | int
FOLDS = {
    "letters": "plain",
    "words": "lower",
}  # how a reader of `READERS` spells a token before it looks it up
TYPED = ("numbers", "marked")  # modes whose tokens are their own rows


@dataclass(frozen=True, eq=False)
class Alphabet:
    """Tokens and their rows (token, feature).

    `mode` is how a text is split, `fold` how a token is spelled to be looked up ("", "lower", "plain").
    A token that is not among them is read as zeros ("zero") or as one of the rows, or only the server knows
    ("ask"). Numbers have no rows: each is its own.
    """

    mode: str
    tokens: tuple[str, ...]
    rows: np.ndarray
    unknown: Unknown = "ask"
    fold: str = ""


def numbers(mode: str) -> Alphabet:
    """Of tokens that are numbers: the value, and whether it is marked where some are."""
    return Alphabet(mode, (), np.zeros((0, 2 if mode == "marked" else 1)))


def one_hot(mode: str, tokens: Sequence[str], fold: str = "") -> Alphabet:
    """One feature for each token; nothing stands for others."""
    return Alphabet(mode, tuple(tokens), np.eye(len(tokens)), "zero", fold)


def table(
    mode: str, tokens: Sequence[str], rows: np.ndarray, unknown: Unknown, fold: str = ""
) -> Alphabet | None:
    """A row for each token that has a name, as many as a page is sent."""
    if rows.size > MOST:
        return None
    named = [place for place, token in enumerate(tokens) if token]
    moved = named.index(unknown) if isinstance(unknown, int) else unknown
    return Alphabet(mode, tuple(tokens[place] for place in named), rows[named], moved, fold)


def of_trained(
    card: Card, network: Callable[[], Network], examples: Sequence[tuple[str, str]]
) -> Alphabet | None:
    """Letters and numbers whole; of words those of the examples."""
    if not card.vocabulary:
        return numbers(card.mode)
    fold = FOLDS.get(card.reads, "")
    if not card.embedding:
        return one_hot(card.mode, card.vocabulary, fold)
    embedding = network().embedding
    assert embedding is not None, "a card that says how wide its embedding is has one"
    if card.mode != "words":
        return table(card.mode, card.vocabulary, embedding, 0)
    return _embedded(card, embedding, _words(examples, card.mode, fold), fold)


def _embedded(card: Card, embedding: Matrix, words: Sequence[str], fold: str) -> Alphabet:
    """Words whose rows stand in the embedding, or are sums of several; an unseen one's is not sent."""
    reader, known = READERS[card.reads], frozenset(card.vocabulary)
    seen = tuple(word for word in words if reader.plain(word) in known)
    places = reader.rows(seen, card.vocabulary)
    rows = embedding[places] if places.ndim == 1 else embedding[places].sum(axis=1)
    return Alphabet(card.mode, seen, rows, "ask", fold)


def of_built(choice: NetworkChoice) -> Alphabet:
    """The letters of a network that was built by hand."""
    return one_hot(choice.mode, HANDBUILT[choice.network](choice.sharpness).alphabet)


def of_drawn(choice: NetworkChoice, features: int, examples: Sequence[tuple[str, str]]) -> Alphabet:
    """What a random network reads: rows hashed from a token's letters."""
    if choice.mode in TYPED:
        return numbers(choice.mode)
    tokens = PRINTABLE if choice.mode == "characters" else _words(examples, choice.mode)
    return Alphabet(choice.mode, tokens, token_vectors(tokens, features, choice.seed))


def _words(examples: Sequence[tuple[str, str]], mode: str, fold: str = "") -> tuple[str, ...]:
    """The words of all examples, each once."""
    found = (word for how, text in examples if how == mode for word in MODES[mode](text).tokens)
    return tuple(dict.fromkeys(word.lower() if fold == "lower" else word for word in found))
