"""What files are called that leave with the reader."""

from __future__ import annotations

from pathlib import PurePath

import regex

from ui.session.chosen import Chosen


def stem(chosen: Chosen, changed: bool = False, shows: bool = False) -> str:
    """What all file names begin with: the network, its moment, the text, in letters that any disk takes.

    It ends by saying that a network was `changed` by the reader, and of what `shows` one layer which that is.
    """
    choice, shaped = chosen.choice, chosen.source.entry.shaped
    source, at, own = chosen.source, chosen.selection.at, chosen.source.uploaded
    name = source.name or choice.network
    if own is not None:
        name = PurePath(own.name).stem
    if shaped:
        name = f"{choice.network}-{choice.cell}-{choice.units}"
    if shaped or choice.twin:
        name += f"-seed-{choice.seed}"
    if moment := chosen.source.recorded:
        name += f"-update-{moment.update}"
    if (learned := source.learned) and not choice.twin:
        name += f"-update-{learned.update}"
    read = chosen.selection.text.text
    if own is not None and choice.mode == "kept":
        read = PurePath(own.rows.name).stem
    parts = (
        _slug(name),
        _slug(read)[:30].strip("-"),
        f"layer-{at.layer}" if shows and source.layers > 1 else "",
        ("reverse" if at.direction == "backward" else "forward") if shows and source.directions > 1 else "",
        "edited" if changed else "",
    )
    return "-".join(part for part in parts if part)


def _slug(text: str) -> str:
    return regex.sub(r"[^\p{L}\p{M}\p{N}]+", "-", text).strip("-")
