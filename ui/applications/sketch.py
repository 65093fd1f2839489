"""A small drawing of a network in time: what is read below, the state from step to step, answers above."""

from __future__ import annotations

from html import escape

READ, STEP, ANSWER, UP, ON = "○", "▢", "●", "↑", "→"


def sketch(read: str, answered: str, says: str) -> str:
    """One box a step; a letter in `read` or `answered` stands for something read or answered there.

    `says` is the sentence for those who can't see it.
    """
    rows = (
        [ANSWER if above.strip() else "" for above in answered],
        [UP if above.strip() else "" for above in answered],
        [STEP] * len(read),
        [UP if below.strip() else "" for below in read],
        [READ if below.strip() else "" for below in read],
    )
    cells = "".join(
        f"<span>{mark}</span>"
        + (f"<span>{ON if mark == STEP else ''}</span>" if step + 1 < len(read) else "")
        for row in rows
        for step, mark in enumerate(row)
    )
    columns = f"grid-template-columns: repeat({2 * len(read) - 1}, 1.15em)"
    return f'<div class="sketch" role="img" aria-label="{escape(says)}" style="{columns}">{cells}</div>'
