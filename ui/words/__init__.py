"""Every sentence on the screen, one folder a language; the keys are equal, and a test holds them so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape

from cells.loading.sentences import Sentence
from ui.words.en import WORDS as ENGLISH
from ui.words.zh import WORDS as CHINESE

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}
GAPS = {"en": " ", "zh": ""}  # between two sentences
# {name}, or {count|unit|units}: the number and the word in the form that it needs.
BLANK = re.compile(r"\{(\w+)(?:\|([^|{}]+)\|([^|{}]+))?\}")
APART = re.compile(r"(\$[^$]*\$|<[^>]*>|`[^`]*`|“[^”]*”)")  # formulas, tags, commands, names: no terms
EDGES = {"en": r"(?<![\w-])(?:{})(?![\w-])", "zh": "(?:{})"}  # Chinese writes words without gaps
_WORDS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


class Words:
    """The sentences of one language: `words("menu.step")`, with blanks `words("badge.seed", seed="3")`."""

    def __init__(self, language: str) -> None:
        self.language, self._table, self._gap = language, _WORDS[language], GAPS[language]

    def __call__(self, key: str, /, **blanks: str | Sentence) -> str:
        """The sentence of a key, its {blanks} filled; KeyError for a key that is not in the table."""
        return self.filled(self._table[key], **blanks)

    def filled(self, text: str, /, **blanks: str | Sentence) -> str:
        """A text with its {blanks} filled; one that nothing is given for stays."""

        def fill(blank: re.Match[str]) -> str:
            value = blanks.get(blank[1], blank[0])
            said = self.of_file(value) if isinstance(value, Sentence) else value
            return f"{said} {blank[2] if said == '1' else blank[3]}" if blank[2] else said

        return BLANK.sub(fill, text)

    def parts(self, text: str) -> tuple[tuple[str, str], ...]:
        """A text in parts, each with what it means where it is a term that stands there first, else with nothing."""
        said: set[str] = set()
        found: list[tuple[str, str]] = []
        for place, part in enumerate(APART.split(text)):
            end = 0
            for form in _forms(self.language).finditer(part) if place % 2 == 0 else ():
                name = str(form.lastgroup)
                if name not in said:
                    said.add(name)
                    means = f"{self._table[f'term.{name}']}: {self._table[f'means.{name}']}"
                    found += [(part[end : form.start()], ""), (form[0], means)]
                    end = form.end()
            found.append((part[end:], ""))
        return tuple(one for one in found if one[0])

    def explained(self, text: str) -> str:
        """A text as Markdown or HTML in which the first occurrence of each term says what it means."""
        return "".join(
            f'<span class="term" tabindex="0" aria-description="{escape(means)}" data-means="{escape(means)}">'
            f"{part}</span>"
            if means
            else part
            for part, means in self.parts(text)
        )

    def joined(self, *sentences: str) -> str:
        """Sentences one behind the other, as the language sets them; empty ones are left out."""
        return self._gap.join(filter(None, sentences))

    def of_file(self, said: Sentence) -> str:
        """What is said of a file that a network is read from."""
        return self(f"file.{said.key}", **dict(said.blanks))

    def under(self, prefix: str) -> dict[str, str]:
        """All sentences whose key begins with "prefix.", by the rest of the key."""
        return {**_under(self.language, prefix)}

    def names(self, prefix: str) -> Callable[[object], str]:
        """A function that names an option by "prefix.option"; what has no name stands for itself."""
        return lambda option: self._table.get(f"{prefix}.{option}", str(option))


@cache
def _under(language: str, prefix: str) -> Mapping[str, str]:
    """What `Words.under` gives: each page asks for it at each run, among all sentences of the app."""
    table = _WORDS[language].items()
    return {key[len(prefix) + 1 :]: text for key, text in table if key.startswith(prefix + ".")}


@cache
def _forms(language: str) -> re.Pattern[str]:
    """All terms of a language in their forms, longer ones first: "forget gate" before "gate"."""
    forms = Words(language).under("form")
    longest = sorted(forms, key=lambda name: -max(map(len, forms[name].split("|"))))
    each = (f"(?P<{name}>{EDGES[language].format(forms[name])})" for name in longest)
    return re.compile("|".join(each), re.IGNORECASE)
