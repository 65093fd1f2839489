"""How much an answer moves with every token."""

from __future__ import annotations

import streamlit as st

from cells.gradient_flow import output_gradient
from ui.compare.members import MOST_FLOW, Comparison, Draw, Member
from ui.figures.curves import Curve, Plot
from ui.figures.theme import QUIET
from ui.page import workspace
from ui.words import Words


def bars(comparison: Comparison) -> Draw:
    """How much the answer of each network at the step moves with every token: ∂answer/∂x, by its length."""
    words = comparison.words

    def draw(step: int, unit: int) -> None:
        if len(comparison.text.tokens) > MOST_FLOW:
            st.info(words("view.too_long", most=str(MOST_FLOW)))
            return
        plots = [
            _influence(member, step, unit, look[0], words)
            for member, look in zip(comparison.members, comparison.looks, strict=True)
        ]
        workspace.heat(
            comparison.figure(plots), words("together.influence"), words("influence.alt"), len(plots)
        )

    return draw


def _influence(member: Member, step: int, unit: int, hue: str, words: Words) -> Plot:
    """Bars for one network, of its likeliest answer or of the unit's h."""
    network, said = member.network, member.chosen.source.answers()
    if said is None:
        units = network.layers[-1].forward.U[0].shape[0]
        outputs = [min(unit, units - 1) + side * units for side in range(1 + member.both)]
        what = words("influence.unit", unit=str(outputs[0] + 1))
    else:
        output = network.run(member.rows).output
        assert output is not None, "what answers has a readout"
        outputs = [int(output[step].argmax())]
        answer = words.names("answer")(said.names[outputs[0]])
        what = words("influence.answer", answer=answer, value=f"{output[step, outputs[0]]:.2f}")
    norms = [output_gradient(network, member.rows, step, place).norm for place in outputs]
    names = [words(f"direction.{way}") for way in ("forward", "backward")] if len(norms) > 1 else [""]
    drawn = [
        Curve(name, norm, colour, kind="bar")
        for name, norm, colour in zip(names, norms, (hue, QUIET), strict=False)
    ]
    return Plot(f"{member.label}: {what}", drawn)
