"""How a text becomes tokens of a vocabulary that a reader brought."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from unicodedata import normalize

from cells.tokens import UNKNOWN
from ui.networks.tokenize import TokenizedText, characters, checked, pieces, spaced, words

SPLITS = {"characters": characters, "words": words, "spaces": spaced}
UNKNOWNS: Sequence[str] = (
    UNKNOWN,
    "<unk>",
    "[UNK]",
    "<UNK>",
    "UNK",
    "unk",
    "<oov>",
    "<OOV>",
    "<unknown>",
    "__UNK__",
)
# For vocabularies of single code points, of which a letter with marks has several, and of words without dots.
PARTS: Mapping[str, Callable[[str], list[Sequence[str]]]] = {
    "characters": lambda token: [token, normalize("NFC", token), normalize("NFD", token)],
    "words": lambda token: [pieces(token)] if pieces(token) else [],
}
SHOWN = 12  # tokens of an example


def usual(tokens: Sequence[str]) -> str:
    """How a text becomes such tokens: the first way that gives most of them, or else by spaces."""
    named = [token for token in tokens if token and not token.isspace()][:1000]
    for mode in ("characters", "words"):
        if sum(whole(token, mode) for token in named) * 2 > len(named):
            return mode
    return "spaces"


def whole(token: str, mode: str) -> bool:
    """Whether a token comes out of a text in one piece."""
    return SPLITS[mode](token).tokens == (token,)


def example(tokens: Sequence[str], mode: str) -> str:
    """A text of tokens that the network knows, to begin with."""
    known = [token for token in tokens if token and whole(token, mode) and not token.isspace()]
    spread = known[:: max(1, len(known) // SHOWN)][:SHOWN]
    return ("" if mode == "characters" else " ").join(spread)


def read(text: str, mode: str, knows: Callable[[str], bool], most: int) -> TokenizedText:
    """The text as tokens; a fault where there are none, or more than `most`."""
    return checked(TokenizedText(tuple(split(text, mode, knows))), most)


def split(text: str, mode: str, knows: Callable[[str], bool]) -> list[str]:
    """The tokens of a text; a line break is one where the vocabulary has it, however words are parted."""
    lines = text.split("\n") if knows("\n") else [text]
    first, *others = ([*_known(SPLITS[mode](line).tokens, mode, knows)] for line in lines)
    return [*first, *(token for line in others for token in ("\n", *line))]


def _known(tokens: Sequence[str], mode: str, knows: Callable[[str], bool]) -> Iterator[str]:
    """The tokens; of one that the vocabulary lacks the parts, if it has all of these."""
    for token in tokens:
        parts = PARTS[mode](token) if mode in PARTS and not knows(token) else ()
        yield from next((part for part in parts if all(map(knows, part))), (token,))
