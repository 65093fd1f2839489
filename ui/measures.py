"""What the compare page computes from all its networks: a table, gradient flow, what an answer hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from cells import shipped
from cells.costs import Costs, costs
from cells.gradient_flow import flow, output_gradient
from cells.provenance import PARTS
from cells.time_scale import decay, median
from cells.trace import Trace
from ui import cached, cards, letter, networks, sides, stage
from ui.answers import grid
from ui.comparison import Comparison, Draw, Member
from ui.curves import Curve, Plot
from ui.networks import KINDS
from ui.numerals import digits
from ui.theme import QUIET
from ui.words import Words

MOST_FLOW = 400  # steps through which Jacobians are chained, and up to which a gradient follows the step


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
        words(f"sees.{networks.directions(member.selection)}"),
        _half_life(member, words),
        _score(member, words),
    ]


def _costs(member: Member) -> Costs:
    features, units = member.trace["x"].shape[1], member.trace["h"].shape[1]
    layers = len(member.network.layers)
    return costs(member.trace.cell, features, units, networks.directions(member.selection), layers)


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
    behind = replace(member.selection, direction="backward")
    return [member.trace, cached.run(behind, member.inputs, lambda _: None).trace]


def _score(member: Member, words: Words) -> str:
    if member.name in KINDS or member.selection.twin:
        return ""
    return next(cards.scores(shipped.card(member.name), words), "")


def gradient_flow(comparison: Comparison) -> Draw:
    """How much the last state moves with each earlier one, and the share that stays in the memory."""
    words = comparison.words
    norms, shares = [], []
    for member, look in zip(comparison.members, comparison.looks, strict=True):
        before = max(0, len(member.trace) - MOST_FLOW)
        last = member.trace.slice(before, len(member.trace))
        found = flow(last, member.weights, len(last) - 1)
        arrow = f" {words('direction.forward')}" if member.both else ""
        norm, share = (_later(values, before) for values in (found.state, found.share))
        norms.append(Curve(f"{member.label}{arrow}", norm, *look))
        shares.append(Curve("", share, *look))
        if member.trace.cell in PARTS:
            alone = _later(found.alone.max(axis=1), before)
            norms.append(Curve("", alone, look[0], "dot", width=1))
    plots = (
        Plot("‖∂state<sub>T</sub>/∂state<sub>t</sub>‖", norms, log=True),
        Plot(words("flow.share"), shares, (0.0, 1.0)),
    )
    figure = comparison.figure(plots)
    steps = len(comparison.lead.trace)
    end = comparison.first + steps - 1
    reach = {"first": f"{end - MOST_FLOW + 1:,}", "last": f"{end:,}", "most": str(MOST_FLOW)}
    said = words.joined(words("flow.too_long", **reach) if steps > MOST_FLOW else "", comparison.one_line)

    def draw(*_: int) -> None:
        stage.heat(figure, words("together.flow"), words("flow.alt"), len(plots))
        if said:
            st.caption(said)

    return draw


def _later(values: np.ndarray, before: int) -> np.ndarray:
    """From rows that begin with the initial state to a number for each step shown, none for those cut off."""
    return np.concatenate((np.full(before, np.nan), values[1:]))


def influence(comparison: Comparison) -> Draw:
    """How much the answer of each network at the step moves with every token: ∂answer/∂x, by its length."""
    words = comparison.words

    def draw(step: int, unit: int) -> None:
        if len(comparison.reading.tokens) > MOST_FLOW:
            st.info(words("view.too_long", most=str(MOST_FLOW)))
            return
        plots = [
            _influence(member, step, unit, look[0], words)
            for member, look in zip(comparison.members, comparison.looks, strict=True)
        ]
        stage.heat(comparison.figure(plots), words("together.influence"), words("influence.alt"), len(plots))

    return draw


def _influence(member: Member, step: int, unit: int, hue: str, words: Words) -> Plot:
    """Bars for one network, of its likeliest answer or of the unit's h."""
    network, said = member.network, networks.answers(member.selection)
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
    bars = [
        Curve(name, norm, colour, kind="bar")
        for name, norm, colour in zip(names, norms, (hue, QUIET), strict=False)
    ]
    return Plot(f"{member.label}: {what}", bars)


VIEWS: Mapping[str, Callable[[Comparison], Draw]] = {
    "table": table,
    "flow": gradient_flow,
    "influence": influence,
    "sides": sides.both_sides,
    "letter": letter.one_letter,
}
