"""What networks answer at each token, in one word, and the same answers after a change."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


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
