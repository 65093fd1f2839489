"""What a reader typed, as tokens or numbers, and how a token is shown."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import regex

from ui.selection.records import MOST

LARGEST = 1e6  # magnitude of a typed number: beyond it the products with weights say nothing


@dataclass(frozen=True)
class TokenizedText:
    """The tokens of a text in order; for numbers their values too; or what is wrong with the text.

    `rows` are the numbers (time, feature) of a text whose tokens are rows of them; `fault` is a key of the
    words, `details` fill its blanks.
    """

    tokens: tuple[str, ...] = ()
    values: tuple[float, ...] | None = None
    fault: str = ""
    details: tuple[tuple[str, str], ...] = ()
    rows: np.ndarray | None = field(default=None, compare=False)

    def cut(self, most: int) -> TokenizedText:
        """Its first tokens alone."""
        values = self.values[:most] if self.values is not None else None
        rows = self.rows[:most] if self.rows is not None else None
        return replace(self, tokens=self.tokens[:most], values=values, rows=rows)


class InputFault(ValueError):  # noqa: N818 - what is wrong, for the reader; nothing has failed
    """What is wrong with what a reader gave: a key of the words, and what fills its blanks."""

    def __init__(self, key: str, **blanks: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = tuple((name, brief(str(value))) for name, value in blanks.items())


def brief(words: str) -> str:
    """Words of the reader for a sentence about them: not too long."""
    return words if len(words) <= 24 else words[:24] + "…"


# A dot or comma between figures, and dots behind single letters, belong to a word: 3.14, 10,000, U.S., e.g.
# Han, kana and hangul are written without spaces: there one character is read as one word.
WORD = regex.compile(
    r"""
    (?: -?\p{Nd}{1,3}(?:,\p{Nd}{3})+(?:\.\p{Nd}+)* | -?\p{Nd}+(?:\.\p{Nd}+)+ )(?![\p{L}\p{M}\p{N}_])
    | LETTER(?:\.LETTER)+(?![\p{L}\p{M}\p{N}_])\.?
    | [[\p{L}\p{M}\p{N}_'’\-\u200c\u200d]--[\p{Han}\p{Hiragana}\p{Katakana}]]+
    | \X
    """.replace("LETTER", r"[\p{L}--[\p{Han}\p{Hiragana}\p{Katakana}]]\p{M}*"),
    regex.V1 | regex.VERBOSE,
)
ABBREVIATED = regex.compile(r"\p{L}\p{M}*(?:\.\p{L}\p{M}*)+\.?")
PIECE = regex.compile(r"[\p{L}\p{M}\p{N}_'’\-]+|\X", regex.V1)
GRAPHEME = regex.compile(r"\X")
INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}+")
HIDDEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # Unicode categories without a look of their own
SEPARATOR = regex.compile(r"[\s,;，；、]+")
BESIDE_COMMAS = regex.compile(r"[\s;，；、]+")
DECIMAL_COMMA = regex.compile(r"([-−]?\d+),(\d+\*?)")


def characters(text: str) -> TokenizedText:
    """One token a grapheme: an emoji or a letter with its marks is one."""
    return TokenizedText(tuple(GRAPHEME.findall(text)))


def spaced(text: str) -> TokenizedText:
    """One token for whatever stands between spaces."""
    return TokenizedText(tuple(text.split()))


def words(text: str) -> TokenizedText:
    """One token a word or punctuation mark."""
    return TokenizedText(tuple(word for word in WORD.findall(text) if not word.isspace()))


def pieces(word: str) -> tuple[str, ...]:
    """What a word with dots or commas in it is without them: U, ., S, . of U.S."""
    return tuple(PIECE.findall(word)) if {*word[1:]} & {".", ","} else ()


def numbers(text: str) -> TokenizedText:
    """One token a number, separated by spaces, commas or semicolons; decimals with a point."""
    return _numbers(text, str)


def marked(text: str) -> TokenizedText:
    """Numbers, some of them marked by a star: 0.5 0.25*."""
    return _numbers(text, lambda token: token.removesuffix("*"))


def apart(text: str) -> list[str]:
    """The numbers of a text, apart by blanks, commas or semicolons.

    Where something else stands between them, a comma between digits is the decimal one of most of Europe:
    0,5 0,25 are two numbers. The browser reads the same: ui/stepper/js/core/tokenize.js.
    """
    parts = [part for part in BESIDE_COMMAS.split(text) if part]
    commas = [part for part in parts if "," in part]
    if len(parts) > 1 and commas and all(DECIMAL_COMMA.fullmatch(part) for part in commas):
        return [DECIMAL_COMMA.sub(r"\1.\2", part) for part in parts]
    return [part for part in SEPARATOR.split(text) if part]


def _numbers(text: str, plain: Callable[[str], str]) -> TokenizedText:
    tokens = tuple(apart(text))
    values = []
    for place, token in enumerate(tokens, start=1):
        try:
            value = float(plain(token).replace("−", "-"))
        except ValueError:
            return _fault("not_a_number", place, token)
        if not math.isfinite(value):
            return _fault("not_finite", place, token)
        if abs(value) > LARGEST:
            return _fault("too_large", place, token)
        values.append(value)
    return TokenizedText(tokens, tuple(values))


def _fault(key: str, place: int, token: str) -> TokenizedText:
    return TokenizedText(fault=key, details=(("place", str(place)), ("token", brief(token))))


MODES: Mapping[str, Callable[[str], TokenizedText]] = {
    "characters": characters,
    "words": words,
    "numbers": numbers,
    "marked": marked,
}


def read(text: str, mode: str, most: int = MOST) -> TokenizedText:
    """The text in a mode; a fault where nothing can be read, or more than `most` tokens."""
    return checked(MODES[mode](text), most)


def checked(reading: TokenizedText, most: int) -> TokenizedText:
    """The reading, or what is wrong with how many tokens it has."""
    if reading.fault:
        return reading
    if not reading.tokens:
        return TokenizedText(fault="empty")
    if len(reading.tokens) > most:
        return TokenizedText(
            fault="too_long", details=(("tokens", f"{len(reading.tokens):,}"), ("most", f"{most:,}"))
        )
    return reading


MARKS = {"\n": "↵", "\t": "⇥"}  # of the pictures of control characters most fonts have none


def shown(token: str) -> str:
    """A token as it stands on the strip and the axes: blanks and control characters made visible."""
    written = "".join(map(_visible, token))
    return "".join(map(_code, written)) if INVISIBLE.fullmatch(written) else written


def _visible(character: str) -> str:
    point, category = ord(character), unicodedata.category(character)
    if character in MARKS or category == "Zs":
        return MARKS.get(character, "␣")
    # Inside a token joiners and emoji tags belong to their neighbours; direction marks must not act.
    joins = point in (0x200C, 0x200D) or 0xE0000 <= point <= 0xE007F
    return _code(character) if category in HIDDEN and not joins else character


def _code(character: str) -> str:
    return f"⟨{ord(character):X}⟩"


def plain(text: str) -> str:
    """Words of a reader's or a file's own, safe from Markdown."""
    return "".join(f"\\{mark}" if mark in "\\`*_{}[]<>()#+-.!|$:~" else mark for mark in text)
