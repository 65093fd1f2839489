"""What the browser is sent to step through a view by itself."""

from __future__ import annotations

from typing import Any

from ui.session.chosen import Chosen
from ui.stepper import payload
from ui.stepper.view import View


def data_of(chosen: Chosen, view: View, look: str, linkless: str, narrow: bool) -> dict[str, Any]:
    """What the browser is sent to step through the view by itself.

    `look` is the sentence beside the cell, `linkless` the word for what the link can't carry, `narrow`
    whether the page is a phone's.
    """
    selection, source, words = chosen.selection, chosen.source, chosen.words
    return {
        "first": view.first,
        "total": view.total,
        "tokens": view.tokens,
        "unknown": view.strange,
        "strange": words(f"strange.{chosen.inputs.strange}"),
        "units": view.units,
        "features": view.features,
        "tracks": [view.belief] if view.belief else [],
        "lead": 0,
        "leads": [],
        "who": f"{chosen.choice.network} {source.name}",
        "fixed": False,
        "foldable": False,
        "own": chosen.read.own,
        "parts": [start + 1 for start, _ in view.weights[1:]],
        "order": view.order.tolist(),
        "step": selection.at.step,
        "unit": selection.at.unit,
        "link": chosen.link,
        "linkless": linkless,
        "large": selection.display.large,
        "narrow": narrow,
        "look": look,
        "words": words.under("stepper"),
        **payload.of_rows(view.trace, view.weights),
        **payload.of_trace(view.trace),
        **payload.cell(chosen.choice.cell, selection.display.notation, selection.display.lang),
    }
