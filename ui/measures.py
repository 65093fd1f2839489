"""What the compare page computes from all its networks: a table, gradient flow, both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from cells import shipped
from cells.costs import Costs, costs
from cells.gradient_flow import flow
from cells.provenance import PARTS
from cells.time_scale import decay
from cells.trace import Trace
from cells.weights import Weights
from ui import cached, cards, charts, networks
from ui.lines import decay as decay_figure
from ui.networks import KINDS, Inputs
from ui.state import Selection
from ui.words import Words

HUES = ("#D55E00", "#0072B2", "#009E73", "#CC79A7")  # of networks here, not of gates: named beside each line
DASHES = ("solid", "dash", "dot", "dashdot")
MOST_FLOW = 400  # steps up to which Jacobians are chained


@dataclass(frozen=True)
class Member:
    """One network of a comparison on the text."""

    name: str
    label: str
    selection: Selection
    inputs: Inputs
    trace: Trace
    weights: Weights


def table(members: Sequence[Member], words: Words) -> None:
    """What each network costs, sees and reached: computed from its equations, weights, trace and card."""
    rows = {
        "gates": [str(_costs(member).gates) for member in members],
        "states": [", ".join(member.trace.initial) for member in members],
        "units": [str(member.trace["h"].shape[1]) for member in members],
        "parameters": [f"{cached.network(member.selection).parameters:,}" for member in members],
        "multiplications": [f"{_costs(member).multiplications:,}" for member in members],
        "sees": [words(f"sees.{networks.directions(member.selection)}") for member in members],
        "half_life": [_half_life(member, words) for member in members],
        "score": [_score(member, words) for member in members],
    }
    lines = [f"| | {' | '.join(member.label for member in members)} |", "|---" * (len(members) + 1) + "|"]
    lines += [f"| {words(f'table.{name}')} | {' | '.join(row)} |" for name, row in rows.items() if any(row)]
    st.markdown("\n".join(lines))


def _costs(member: Member) -> Costs:
    features, units = member.trace["x"].shape[1], member.trace["h"].shape[1]
    return costs(member.trace.cell, features, units, networks.directions(member.selection))


def _half_life(member: Member, words: Words) -> str:
    """The median over units of the measured half-life of what they hold."""
    if member.trace.cell not in PARTS:
        return words("table.no_memory")
    lives = decay(member.trace).half_life
    middle = float(np.median(lives))
    return words("table.steps", steps="∞" if np.isinf(middle) else f"{middle:.1f}")


def _score(member: Member, words: Words) -> str:
    if member.name in KINDS or member.selection.twin:
        return ""
    return next(cards.scores(shipped.card(member.name), words), "")


def gradient_flow(members: Sequence[Member], words: Words) -> None:
    """How much the last state still moves with each earlier one, all networks on one logarithmic scale."""
    curves: dict[str, tuple[np.ndarray, str, str]] = {}
    for place, member in enumerate(members):
        trace = member.trace
        if len(trace) > MOST_FLOW:
            st.info(words("flow.too_long", most=str(MOST_FLOW)))
            return
        found = flow(trace, member.weights, len(trace) - 1)
        curves[member.label] = (found.state[1:][::-1], HUES[place], "solid")
        if found.c is not None:
            alone = words("flow.alone", network=member.label)
            curves[alone] = (found.alone[1:].max(axis=1)[::-1], HUES[place], "dot")
    figure = decay_figure(curves, words("flow.distance"), np.arange(len(members[0].trace)))
    charts.draw(figure, "flow", words("together.flow"), 320, alt=words("flow.says"))
    st.caption(words("flow.says"))


def both_sides(members: Sequence[Member], words: Words) -> None:
    """Read the text again with its last token left empty: what may change before it, and what may not."""
    seeing = [member for member in members if networks.directions(member.selection) == 2]
    if not seeing or len(seeing[0].trace) < 2:
        st.info(words("sides.choose"))
        return
    member = seeing[0]
    network = cached.network(member.selection)
    rows = np.array(member.inputs.rows)
    changed = rows.copy()
    changed[-1] = 0
    before, after = network.run(rows).layers[0], network.run(changed).layers[0]
    assert before.backward is not None
    assert after.backward is not None
    ahead, behind = (
        np.abs(one["h"] - two["h"])[:-1].max()
        for one, two in ((before.forward, after.forward), (before.backward, after.backward))
    )
    blanks: Mapping[str, str] = {"network": member.label, "ahead": f"{ahead:g}", "behind": f"{behind:.3g}"}
    st.markdown(words("sides.found", **blanks))


VIEWS = {"table": table, "flow": gradient_flow, "sides": both_sides}
