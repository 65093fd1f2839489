"""Names and texts in few letters: accents off, Cyrillic and Greek written in Latin letters."""

from __future__ import annotations

import unicodedata

CYRILLIC = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": ""}
)
GREEK = str.maketrans(
    dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
)
GREEK_PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "γγ": "ng", "μπ": "b"}
LATIN = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'"}
)


def bare(text: str) -> str:
    """The text without accents."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def latin(name: str) -> str:
    """A name in lower case and in the letters a to z, as far as it can be: Müller is muller, Попов popov."""
    # й is и with an accent, so Cyrillic goes before accents do.
    written = bare(unicodedata.normalize("NFC", name).lower().translate(CYRILLIC))
    for pair, letters in GREEK_PAIRS.items():
        written = written.replace(pair, letters)
    return written.translate(GREEK).translate(LATIN)
