"""What a person is told when a file cannot be read."""

from __future__ import annotations

from cells.loading.sentences import sentence

LONGEST = 60  # characters of a file's own words that a message repeats


class LoadError(ValueError):
    """A file that is not read: one sentence that names the fault, and the remedy where there is one."""

    def __init__(self, key: str, /, **blanks: object) -> None:
        self.sentence = sentence(key, **blanks)
        super().__init__(str(self.sentence))


def shown(words: object) -> str:
    """Words of a file for a message: one line, printable, not too long."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(words)[: LONGEST + 1])
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
