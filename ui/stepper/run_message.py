"""What the browser is sent to step through a view by itself."""

from __future__ import annotations

from typing import Any

from ui.networks import registry
from ui.networks.defaults import Selection
from ui.networks.registry import Inputs
from ui.stepper import payload
from ui.stepper.view import View
from ui.words import Words


def data_of(
    selection: Selection,
    view: View,
    inputs: Inputs,
    own: int | None,
    words: Words,
    *,
    look: str,
    linkless: str,
    narrow: bool,
) -> dict[str, Any]:
    """What the browser is sent to step through the view by itself.

    `own` is the first token that the network wrote itself, `look` the sentence beside the cell, `linkless`
    the word for what the link can't carry, `narrow` whether the page is a phone's.
    """
    return {
        "first": view.first,
        "total": view.total,
        "tokens": view.tokens,
        "unknown": view.strange,
        "strange": words(f"strange.{inputs.strange}"),
        "units": view.units,
        "features": view.features,
        "tracks": [view.belief] if view.belief else [],
        "lead": 0,
        "leads": [],
        "who": f"{selection.network} {registry.named(selection)}",
        "fixed": False,
        "foldable": False,
        "own": own,
        "parts": [start + 1 for start, _ in view.weights[1:]],
        "order": view.order.tolist(),
        "step": selection.step,
        "unit": selection.unit,
        "link": selection.link(),
        "linkless": linkless,
        "large": selection.large,
        "narrow": narrow,
        "look": look,
        "lang": selection.lang,
        "words": words.under("stepper"),
        **payload.of_rows(view.trace, view.weights),
        **payload.of_trace(view.trace),
        **payload.cell(selection.cell, selection.notation, selection.lang),
    }
