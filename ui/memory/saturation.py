"""Saturated gates: how often each is nearly closed and nearly open, beside the untrained twin."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import partial

import streamlit as st

from cells.saturation import Saturation, saturation
from ui.figures.axes import DIAMOND
from ui.figures.saturation import spread
from ui.figures.theme import HUES
from ui.memory.context import Measure, MemoryContext, go_to, legend, table
from ui.page import charts
from ui.session import private
from ui.text.numbers import percent


def show(context: MemoryContext) -> None:
    """Shares of steps, a dot a unit; a click goes to the unit."""
    words = context.words
    found, twin = saturation(context.trace), _untrained(context)
    if not found:
        st.info(words("saturation.none"))
        return
    titles = {gate: words(f"title.{gate}") for gate in found}
    says = (words("saturation.left"), words("saturation.right"), words("saturation.twin"))
    numbers, picture = st.columns([2, 3], vertical_alignment="center")
    with numbers:
        st.html(table(_rows(context, found, twin)))
        st.caption(words("saturation.click"))
    with picture:
        hue, mine = HUES[next(iter(found))], context.view.units[context.unit]
        marks = [
            ("●", hue, words("saturation.dot")),
            ("★", hue, words("saturation.chosen", unit=html.escape(mine))),
        ]
        legend([*marks, ("○", DIAMOND, says[2])] if twin else marks)
        figure = spread(found, twin, titles, context.view.units, context.unit, says)
        charts.draw(
            figure, "saturation", words("measure.saturation"), 280, clicked=partial(_clicked, context)
        )


def has_twin(context: MemoryContext) -> bool:
    """Whether the network is trained, and so has an untrained twin beside it."""
    return context.chosen.source.card is not None and not context.chosen.choice.twin


def _clicked(context: MemoryContext) -> None:
    """Go to the unit of a dot; where units share it, to the next of them."""
    points = st.session_state["saturation"]["selection"]["points"]
    if not points:
        return
    members = [int(unit) for unit in points[0]["customdata"]]
    gates = list(saturation(context.trace))
    place = int(points[0].get("curve_number", 0)) // (2 if _untrained(context) else 1)
    later = [unit for unit in members if unit > context.unit]
    go_to(later[0] if later else members[0], gates[min(place, len(gates) - 1)])


def _rows(
    context: MemoryContext, found: Mapping[str, Saturation], twin: Mapping[str, Saturation] | None
) -> list[list[str]]:
    """For each gate the mean share over units, the untrained twin's beside it, and the chosen unit's own."""
    words, unit = context.words, context.unit
    rows = [["", words("saturation.left"), words("saturation.right")]]
    for gate, shares in found.items():
        cells = [percent(share.mean()) for share in shares]
        if twin is not None:
            before = [words("saturation.untrained", share=percent(share.mean())) for share in twin[gate]]
            cells = [f"{now} <small>{then}</small>" for now, then in zip(cells, before, strict=True)]
        own = [
            words("saturation.own", unit=context.view.units[unit], share=percent(share[unit]))
            for share in shares
        ]
        rows.append(
            [
                words(f"title.{gate}"),
                *(f"{cell}<br><small>{mine}</small>" for cell, mine in zip(cells, own, strict=True)),
            ]
        )
    return rows


def _untrained(context: MemoryContext) -> Mapping[str, Saturation] | None:
    """The saturation of the untrained twin on the same text."""
    if not has_twin(context):
        return None
    chosen = context.chosen
    twin = chosen.but(twin=1)  # on the very same tokens, also where the network wrote some of them
    run = private.once(
        ("twin", chosen.pass_over), lambda: twin.network.run(chosen.inputs.rows, keep=chosen.window)
    )
    layer = run.layers[chosen.selection.at.layer - 1]
    side = layer.backward if context.trace.reverse else layer.forward
    assert side is not None, "a twin has the directions of its network"
    return saturation(side)


VIEW = Measure(show, needs="gates", advice=lambda context: "" if has_twin(context) else "_alone", whole=True)
