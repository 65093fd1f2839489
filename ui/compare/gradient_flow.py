"""What the compare page computes from all its networks: a table, gradient flow, what an answer hangs on."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cells.gradient_flow import flow
from cells.provenance import PARTS
from ui.compare.members import MOST_FLOW, Comparison, Draw
from ui.figures.curves import Curve, Plot
from ui.page import workspace


def lines(comparison: Comparison) -> Draw:
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
        Plot("‖∂state<sub>T</sub>/∂state<sub>s</sub>‖", norms, log=True),
        Plot(words("flow.share"), shares, (0.0, 1.0)),
    )
    figure = comparison.figure(plots)
    steps = len(comparison.lead.trace)
    end = comparison.first + steps - 1
    reach = {"first": f"{end - MOST_FLOW + 1:,}", "last": f"{end:,}", "most": str(MOST_FLOW)}
    said = words.joined(words("flow.too_long", **reach) if steps > MOST_FLOW else "", comparison.one_line)

    def draw(*_: int) -> None:
        workspace.heat(figure, words("together.flow"), words("flow.alt"), len(plots))
        if said:
            st.caption(said)

    return draw


def _later(values: np.ndarray, before: int) -> np.ndarray:
    """From rows that begin with the initial state to a number for each step shown, none for those cut off."""
    return np.concatenate((np.full(before, np.nan), values[1:]))
