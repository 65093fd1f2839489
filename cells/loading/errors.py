"""What a person is told when a file cannot be read."""

from __future__ import annotations

LONGEST = 60  # characters of a file's own words that a message repeats


class LoadError(ValueError):
    """A file that is not read: one sentence that names the fault, and the remedy where there is one."""


def shown(words: object) -> str:
    """Words of a file for a message: one line, printable, not too long."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(words)[: LONGEST + 1])
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
