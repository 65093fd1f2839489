"""What is said of a run beside its cell: what is broken, unknown, edited or at rest, or what to look for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cells.saturation import saturated_share
from cells.trace import Trace
from ui.networks import looks
from ui.networks.kinds import Inputs
from ui.networks.scaling import far
from ui.networks.tokenize import shown
from ui.runs.viewed import Viewed
from ui.text.edits import told, told_alteration
from ui.text.numbers import percent
from ui.words import Words


def look(chosen: Viewed, trace: Trace, missing: str = "") -> str:
    """The sentence beside the cell: what the reader must know first, or else what to look for.

    `missing` is what the link asks for and the view lacks.
    """
    return (
        chosen.words.joined(missing, at_rest(chosen))
        or broken(trace, chosen.window[0] + 1, chosen.words)
        or unknown(chosen.inputs, chosen.words)
        or unscaled(chosen, trace)
        or lowered(chosen)
        or held(chosen)
        or look_for(chosen)
    )


def held(chosen: Viewed) -> str:
    """What is edited, if anything is: of the network as it came nothing is said then."""
    words, edits, alterations = chosen.words, chosen.edits.in_force, chosen.alterations.in_force
    first, *more = [
        *(told(edit, words) for edit in edits),
        *(told_alteration(one, words) for one in alterations),
        "",
    ]
    if not first:
        return ""
    others = words("look.edited_more", count=str(len(more) - 1)) if len(more) > 1 else ""
    return words.joined(words("look.edited", edit=first), others)


def look_for(chosen: Viewed) -> str:
    """What a reader should look for in this network."""
    choice, learned = chosen.choice, chosen.source.learned
    if learned is not None and not choice.twin:
        return looks.learned_here(learned, chosen.selection.at.direction == "backward", chosen.words)
    return looks.said(
        chosen.words,
        choice.network,
        choice.cell,
        chosen.source.card,
        bool(choice.twin),
        chosen.selection.at.direction == "backward",
        choice.sharpness,
        chosen.source.recorded,
    )


def broken(trace: Trace, first: int, words: Words) -> str:
    """Where the numbers of a network grew beyond what can be computed, if they did; `first` is its step."""
    finite = np.isfinite(trace["h"]).all(axis=1)
    return "" if finite.all() else words("notice.not_finite", step=str(first + int(finite.argmin())))


def unknown(inputs: Inputs, words: Words) -> str:
    """What the network can't read of this text, if anything: the reader needs that before any advice."""
    return words(f"notice.{inputs.strange}", tokens=_few(inputs.unknown)) if inputs.unknown else ""


def _few(tokens: Sequence[str]) -> str:
    return " ".join(map(shown, tokens[:12])) + (" …" if len(tokens) > 12 else "")


def lowered(chosen: Viewed) -> str:
    """Which tokens a reader's own network reads in lower case, for its vocabulary has no capitals."""
    own = chosen.source.uploaded
    if own is None or own.known is None or not own.known.lower:
        return ""
    apart = frozenset((*own.vocabulary, *chosen.inputs.unknown))
    capitals = dict.fromkeys(
        token for token in chosen.tokens if token != token.lower() and token not in apart
    )
    return chosen.words("notice.lowered", tokens=_few([*capitals])) if capitals else ""


def unscaled(chosen: Viewed, trace: Trace) -> str:
    """That a reader's rows lie far from the scale that her network was trained at, and what that does."""
    rows = chosen.typed.rows
    if chosen.source.uploaded is None or rows is None or not far(rows):
        return ""
    words, share = chosen.words, saturated_share(trace)
    largest = f"{float(np.abs(rows).max()):,.0f}"
    if share is None:
        return words("notice.far", largest=largest)
    return words("notice.far_gates", largest=largest, share=percent(share))


def at_rest(chosen: Viewed) -> str:
    """The first edit that rests, and how many more do."""
    said = [chosen.words("rests.said", edit=edit, why=why) for edit, why in resting(chosen)]
    return first_at_rest(said, chosen.words)


def first_at_rest(said: Sequence[str], words: Words) -> str:
    """The first of the sentences about edits that rest, and how many more there are."""
    first, *more = said or [""]
    return words.joined(first, words("rests.more", count=str(len(more))) if more else "")


def resting(chosen: Viewed) -> list[tuple[str, str]]:
    """Each edit that rests on this network and text, and why."""
    words = chosen.words
    found = [
        *((told(edit, words), *why) for edit, *why in chosen.edits.resting),
        *((told_alteration(one, words), *why) for one, *why in chosen.alterations.resting),
    ]
    return [(edit, words(f"rests.{why}", asked=asked, there=there)) for edit, why, asked, there in found]
