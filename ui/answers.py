"""What networks answer at each token, in one word, and the same answers after a change."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cells.arrays import Steps
from ui.networks import Answers
from ui.numerals import decimals
from ui.reading import shown
from ui.words import Words


def best(said: Answers, output: Steps, words: Words) -> list[str]:
    """In short at each step: the likeliest answer, all likelier than not, or the number."""
    names = [words.names("short")(shown(answer)) for answer in said.names]
    if said.kind == "softmax":
        return [names[place] for place in output.argmax(axis=1)]
    if said.kind == "sigmoid":
        chosen = [[name for name, share in zip(names, row, strict=True) if share > 0.5] for row in output]
        return [("" if all(len(name) == 1 for name in some) else " ").join(some) or "–" for some in chosen]
    return [" ".join(decimals(value) for value in row) for row in output]


def changes(
    tokens: Sequence[str], rows: Sequence[tuple[str, Sequence[str], Sequence[str]]], marked: int | None = None
) -> str:
    """Tokens across, for each network a row (name, answers before, answers after), changed ones set off.

    `marked` is the token that was changed, from 0.
    """

    def cell(before: str, after: str) -> str:
        if before == after:
            return f"<td>{escape(before)}</td>"
        return f"<td class='new'><s>{escape(before)}</s> <b>{escape(after)}</b></td>"

    head = "".join(
        f"<th scope='col'{' class=new' if place == marked else ''}>{escape(token)}</th>"
        for place, token in enumerate(tokens)
    )
    lines = [
        f"<tr><th scope='row'>{escape(name)}</th>{''.join(map(cell, before, after))}</tr>"
        for name, before, after in rows
    ]
    return (
        "<div class='figures'><table><thead><tr><th></th>"
        f"{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of words and numbers: `head` names the columns, the first cell of a row names the row."""
    top = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head)
    lines = [
        f"<tr><th scope='row'>{escape(name)}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
        for name, *cells in rows
    ]
    return (
        f"<div class='figures wide'><table><thead><tr>{top}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
