"""Every sentence on the screen, one folder a language; the keys are equal, and a test holds them so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from cells.loading.sentences import Sentence
from ui.words.en import WORDS as ENGLISH
from ui.words.zh import WORDS as CHINESE

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}
GAPS = {"en": " ", "zh": ""}  # between two sentences
BLANK = re.compile(r"\{(\w+)\}")
_WORDS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


class Words:
    """The sentences of one language: `words("menu.step")`, with blanks `words("badge.seed", seed="3")`."""

    def __init__(self, language: str) -> None:
        self._table, self._gap = _WORDS[language], GAPS[language]

    def __call__(self, key: str, /, **blanks: str | Sentence) -> str:
        """The sentence of a key, its {blanks} filled; KeyError for a key that is not in the table."""

        def filled(blank: re.Match[str]) -> str:
            value = blanks.get(blank[1], blank[0])
            return self.of_file(value) if isinstance(value, Sentence) else value

        return BLANK.sub(filled, self._table[key])

    def joined(self, *sentences: str) -> str:
        """Sentences one behind the other, as the language sets them; empty ones are left out."""
        return self._gap.join(filter(None, sentences))

    def of_file(self, said: Sentence) -> str:
        """What is said of a file that a network is read from."""
        return self(f"file.{said.key}", **dict(said.blanks))

    def under(self, prefix: str) -> dict[str, str]:
        """All sentences whose key begins with "prefix.", by the rest of the key."""
        return {
            key[len(prefix) + 1 :]: text for key, text in self._table.items() if key.startswith(prefix + ".")
        }

    def names(self, prefix: str) -> Callable[[object], str]:
        """A function that names an option by "prefix.option"; what has no name stands for itself."""
        return lambda option: self._table.get(f"{prefix}.{option}", str(option))
