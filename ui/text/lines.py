"""Texts of several lines in a box of one line, where each line break is a ↵."""

from __future__ import annotations

BREAK = "↵"


def boxed(text: str) -> str:
    """A text as it stands in a box of one line."""
    return text.replace("\n", BREAK)


def unboxed(text: str) -> str:
    """What stands in a box of one line, with its line breaks."""
    return text.replace(BREAK, "\n")
