"""What a part of a link may hold, and how it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from cells.alteration_text import parsed_alterations, written_alterations
from cells.edit_text import parsed, written
from cells.training import written as recipes

Value: TypeAlias = "str | int | tuple[str, ...]"
LONGEST_NAME = 60
BREAKS = re.compile("\r\n?|↵")  # of other systems, and of our boxes


@dataclass(frozen=True)
class OneOf:
    """A value from a list."""

    options: tuple[str, ...]

    def parse(self, written: str) -> str | None:
        """The value, or None for anything else."""
        return written if written in self.options else None


@dataclass(frozen=True)
class Name:
    """The name of something that is kept in a catalogue: which names there are, its keeper knows."""

    def parse(self, written: str) -> str | None:
        """The name, or None where it is too long to be one."""
        return written if 0 < len(written) <= LONGEST_NAME else None


@dataclass(frozen=True)
class Between:
    """A whole number in a range, both ends included."""

    low: int
    high: int

    def parse(self, written: str) -> int | None:
        """The number, or None for anything else."""
        plain = written.isascii() and written.isdigit() and len(written) <= 12
        return int(written) if plain and self.low <= int(written) <= self.high else None


@dataclass(frozen=True)
class Some:
    """Any number of values from a list, joined by commas, in the list's order."""

    options: tuple[str, ...]

    def parse(self, written: str) -> tuple[str, ...] | None:
        """The values, or None where any is not in the list."""
        parts = _parts(written)
        return (
            tuple(part for part in self.options if part in parts) if set(parts) <= set(self.options) else None
        )


@dataclass(frozen=True)
class Names:
    """Any number of names from a catalogue, joined by commas, in the order given."""

    def parse(self, written: str) -> tuple[str, ...] | None:
        """The names, or None where any is too long to be one."""
        parts = _parts(written)
        return tuple(parts) if all(0 < len(part) <= LONGEST_NAME for part in parts) else None


@dataclass(frozen=True)
class Text:
    """Any text up to a length."""

    most: int

    def parse(self, written: str) -> str | None:
        """The text, or None where it is too long."""
        return written if len(written) <= self.most else None


@dataclass(frozen=True)
class Lines(Text):
    """A text with line breaks, of which each is a ↵ in a box of one line."""

    def parse(self, written: str) -> str | None:
        """The text with its breaks, whatever stands for them, or None where it is too long."""
        return super().parse(BREAKS.sub("\n", written))


@dataclass(frozen=True)
class EditLine:
    """Edits of a network, in a line that is always the same for the same edits."""

    def parse(self, given: str) -> str | None:
        """The line as it is always written, or None where it makes no sense."""
        edits = parsed(given)
        return None if edits is None else written(edits)


@dataclass(frozen=True)
class AlterationLine:
    """Alterations of a network's weights, in a line that is always the same for the same alterations."""

    def parse(self, given: str) -> str | None:
        """The line as it is always written, or None where it makes no sense."""
        found = parsed_alterations(given)
        return None if found is None else written_alterations(found)


@dataclass(frozen=True)
class RecipeLine:
    """Settings of a training, in a line that is the same for the same ones; `spare` where it may be empty."""

    spare: bool = False

    def parse(self, given: str) -> str | None:
        """The line as it is always written, or None for settings that cannot be trained."""
        if self.spare and not given:
            return ""
        try:
            return recipes.written(recipes.read(given))
        except ValueError:
            return None


Field: TypeAlias = (
    OneOf | Name | Between | Some | Names | Text | Lines | EditLine | AlterationLine | RecipeLine
)


def _parts(written: str) -> list[str]:
    return written.split(",") if written else []
