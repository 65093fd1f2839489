"""What networks answer at each token, in one word, and the same answers after a change."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

MOST = 16  # tokens of which a table shows those too where nothing changes
GAP = "<td class='gap'>⋯</td>"


def changes(
    tokens: Sequence[str], rows: Sequence[tuple[str, Sequence[str], Sequence[str]]], marked: int | None = None
) -> str:
    """Tokens across, for each network a row (name, answers before, answers after), changed ones set off.

    `marked` is the token that was changed, from 0. Of a long text only columns that change are shown, with
    their steps: else they would lie beyond the edge of the page.
    """
    long = len(tokens) > MOST
    places = _told(len(tokens), rows, marked) if long else range(len(tokens))

    def head(place: int) -> str:
        step = f"<small>{place + 1}</small> " if long else ""
        return f"<th scope='col'{' class=new' if place == marked else ''}>{step}{escape(tokens[place])}</th>"

    def cell(before: str, after: str) -> str:
        if before == after:
            return f"<td>{escape(before)}</td>"
        return f"<td class='new'><s>{escape(before)}</s> <b>{escape(after)}</b></td>"

    lines = []
    for name, before, after in rows:
        cells = (GAP if place is None else cell(before[place], after[place]) for place in places)
        lines.append(f"<tr><th scope='row'>{escape(name)}</th>{''.join(cells)}</tr>")
    heads = "".join(GAP if place is None else head(place) for place in places)
    return (
        "<div class='figures'><table><thead><tr><th></th>"
        f"{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _told(
    steps: int, rows: Sequence[tuple[str, Sequence[str], Sequence[str]]], marked: int | None
) -> list[int | None]:
    """The places where something changes, the marked one and the last; None where some are left out."""
    kept = {steps - 1} | ({marked} if marked is not None else set())
    kept |= {at for at in range(steps) if any(before[at] != after[at] for _, before, after in rows)}
    places: list[int | None] = []
    for at, before in zip(sorted(kept), (-1, *sorted(kept)), strict=False):
        places += [at] if at == before + 1 else [None, at]
    return places


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
