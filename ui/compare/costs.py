"""What each network costs, sees and reached, as a table."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cells.costs import Costs, costs
from cells.provenance import PARTS
from cells.time_scale import decay, median
from cells.trace import Trace
from ui.compare.members import Comparison, Draw, Member
from ui.networks import cards
from ui.text.numbers import digits
from ui.text.tables import grid
from ui.words import Words


def table(comparison: Comparison) -> Draw:
    """What each network costs, sees and reached: computed from its equations, weights, trace and card."""
    words = comparison.words
    columns = ("gates", "states", "units", "parameters", "multiplications", "sees", "half_life", "score")
    rows = [[member.label, *_figures(member, words)] for member in comparison.members]
    kept = [place for place in range(len(rows[0])) if any(row[place] for row in rows)]
    head = ["", *(words(f"table.{name}") for name in columns)]

    def draw(*_: int) -> None:
        st.html(grid([head[place] for place in kept], [[row[place] for place in kept] for row in rows]))

    return draw


def _figures(member: Member, words: Words) -> list[str]:
    found, both = _costs(member), "2 × " if member.both else ""
    return [
        str(found.gates),
        f"{both}{', '.join(member.trace.initial)}",
        f"{both}{member.trace['h'].shape[1]}",
        f"{member.network.parameters:,}",
        f"{found.multiplications:,}",
        words(f"sees.{member.chosen.source.directions}"),
        _half_life(member, words),
        _score(member, words),
    ]


def _costs(member: Member) -> Costs:
    features, units = member.trace["x"].shape[1], member.trace["h"].shape[1]
    layers = len(member.network.layers)
    return costs(member.trace.cell, features, units, member.chosen.source.directions, layers)


def _half_life(member: Member, words: Words) -> str:
    """The median over units of the measured half-life of what they hold, for each direction."""
    if member.trace.cell not in PARTS:
        return words("table.no_memory")
    arrows = (" →", " ←") if member.both else ("",)
    middles = [median(decay(trace).half_life) for trace in _directions(member)]
    return ", ".join(
        words("table.steps", steps=f"{middle:.1f}" if np.isfinite(middle) else digits(middle)) + arrow
        for middle, arrow in zip(middles, arrows, strict=True)
    )


def _directions(member: Member) -> list[Trace]:
    if not member.both:
        return [member.trace]
    behind = member.chosen.selection.but(direction="backward").at
    return [member.trace, member.chosen.run().trace(behind)]


def _score(member: Member, words: Words) -> str:
    source = member.chosen.source
    if source.card is None or source.choice.twin or member.chosen.changed:
        return ""
    return next(cards.scores(source.card, words, source.recorded), "")
