"""Looks and explained updates as pages are told them: JSON has no NaN and no infinity, so these are null."""

from __future__ import annotations

from math import isfinite

from cells.training.looking import Look
from cells.training.parts import Parts


def look_told(look: Look, seconds: float) -> dict[str, object]:
    """The numbers of a look, after so many seconds of training; its weights are told apart."""
    return {
        "update": look.update,
        "loss": _finite(look.loss),
        "held": _finite(look.held_out),
        "scores": {name: _finite(score) for name, score in look.scores.items()},
        "length": _finite(look.length),
        "saturated": _finite(look.saturated),
        "unit": look.unit,
        "tells": look.tells,
        "r": _finite(look.r),
        "seconds": round(seconds, 3),
    }


def parts_told(parts: Parts) -> dict[str, object]:
    """An update with its parts."""
    return {
        **parts._asdict(),
        "gradients": dict(parts.gradients),
        "changes": dict(parts.changes),
        "weight": parts.weight._asdict(),
    }


def _finite(number: float | None) -> float | None:
    return number if number is not None and isfinite(number) else None
