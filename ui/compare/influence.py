"""How much an answer moves with every token."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from cells.gradient_flow import output_gradient
from ui.compare.members import MOST_FLOW, Comparison, Draw, Member
from ui.figures.curves import Curve, Plot, extent
from ui.figures.theme import QUIET
from ui.page import workspace
from ui.text.numbers import decimals, percent, rounding
from ui.words import Words

SATURATED = 0.01  # a probability as near to 0 or 1 hardly moves with anything


@dataclass(frozen=True)
class Influence:
    """The bars of one network; if its answer is saturated, how much that probability itself moves at most."""

    plot: Plot
    saturated: float | None = None


def bars(comparison: Comparison) -> Draw:
    """How much the answer of each network at the step moves with every token, all on one scale.

    Of a probability the log-odds are taken: the probability itself hardly moves where the answer is sure.
    """
    words = comparison.words

    def draw(step: int, unit: int) -> None:
        if len(comparison.text.tokens) > MOST_FLOW:
            st.info(words("view.too_long", most=str(MOST_FLOW)))
            return
        found = [
            _influence(member, step, unit, look[0], words)
            for member, look in zip(comparison.members, comparison.looks, strict=True)
        ]
        one_scale = extent(np.concatenate([curve.values for one in found for curve in one.plot.curves]))
        plots = [replace(one.plot, bounds=one_scale) for one in found]
        workspace.heat(
            comparison.figure(plots), words("together.influence"), words("influence.alt"), len(plots)
        )
        if said := _told(comparison, found):
            st.caption(comparison.words.explained(said), unsafe_allow_html=True)

    return draw


def _told(comparison: Comparison, found: list[Influence]) -> str:
    """Which answers are saturated, and how little their probabilities move."""
    each = [
        comparison.words("influence.moves", network=member.label, most=rounding(one.saturated))
        for member, one in zip(comparison.members, found, strict=True)
        if one.saturated is not None
    ]
    return comparison.words("influence.saturated", networks=", ".join(each)) if each else ""


def _influence(member: Member, step: int, unit: int, hue: str, words: Words) -> Influence:
    """Bars for one network, of its likeliest answer or of the unit's h."""
    network, said, saturated = member.network, member.chosen.source.answers(), None
    if said is None:
        units = network.layers[-1].forward.U[0].shape[0]
        outputs = [min(unit, units - 1) + side * units for side in range(1 + member.both)]
        what = words("influence.unit", unit=str(outputs[0] + 1))
    else:
        output = network.run(member.rows).output
        assert output is not None, "what answers has a readout"
        outputs = [int(output[step].argmax())]
        value = float(output[step, outputs[0]])
        likely = said.kind != "linear"
        answer = words.names("answer")(said.names[outputs[0]])
        what = words("influence.answer", answer=answer, value=percent(value) if likely else decimals(value))
        if likely and min(value, 1 - value) < SATURATED:
            saturated = float(output_gradient(network, member.rows, step, outputs[0]).norm.max())
    norms = [output_gradient(network, member.rows, step, place, odds=True).norm for place in outputs]
    names = [words(f"direction.{way}") for way in ("forward", "backward")] if len(norms) > 1 else [""]
    drawn = [
        Curve(name, norm, colour, kind="bar")
        for name, norm, colour in zip(names, norms, (hue, QUIET), strict=False)
    ]
    return Influence(Plot(f"{member.label}: {what}", drawn), saturated)
