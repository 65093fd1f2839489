"""Where a memory comes from: exact, and beside it what would have been without a token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import streamlit as st

from cells.counterfactual import without
from cells.provenance import erased, memory_parts, provenance, provenance_map
from cells.saturation import Saturation, saturation
from cells.trace import Trace
from cells.tracks import TRACKS, found
from ui import cached, charts, choose, networks, stage
from ui.heatmap import LETTERS, heatmaps
from ui.lines import contributions, spread, step_by_step
from ui.networks import CATALOGUE, Inputs
from ui.reading import Reading
from ui.stage import PHONE_LETTERS, View
from ui.state import Selection
from ui.words import Words

STORIES = tuple(story for story in CATALOGUE if CATALOGUE[story].kind != "published")
MOST_REMOVED = 80  # steps up to which each token is left out once: one pass of the network for each
RANKED = 12  # units of the finder
MOST_SQUARE = 400  # steps up to which the square of all steps is drawn


@dataclass(frozen=True)
class Seen:
    """What a view of the memory is drawn from: the trace, one step (from 0) and unit (from 0) of it."""

    selection: Selection
    inputs: Inputs
    view: View
    words: Words
    tokens: tuple[str, ...]
    step: int
    unit: int

    @property
    def trace(self) -> Trace:
        """The trace that is shown."""
        return self.view.trace


def show(selection: Selection, words: Words) -> None:
    """The stepper, the view of the memory that was chosen, and the memory's heatmap."""
    reading = stage.legible(selection, words)
    if reading is None:
        return
    inputs = networks.inputs(selection, reading)
    view = stage.view_of(selection, reading, inputs, words)
    data = {**stage.data_of(selection, view, inputs, None, words), "fixed": True}
    if view.trace.cell == "RNN":
        stage.step(data)
        st.info(words("memory.rnn"))
        return
    stage.step(data, partial(_below, selection, reading, inputs, view, words))
    stage.notices(selection, len(reading.tokens), words, 0)
    memory, titles = memory_parts(view.trace).memory, words.under("title")
    figure = heatmaps(
        view.trace,
        [memory],
        view.tokens,
        view.units,
        view.features,
        view.order,
        titles,
        columns=1,
        first=view.first,
        letters=PHONE_LETTERS if stage.narrow() else LETTERS,
    )
    stage.heat(figure, titles[memory], words("heat.alt", symbols=titles[memory]))


def _below(selection: Selection, reading: Reading, inputs: Inputs, view: View, words: Words) -> None:
    """The chosen view at the step and unit that the stepper told last."""
    step = min(max(int(st.session_state["step"]) - view.first, 0), len(view.trace) - 1)
    unit = min(max(int(st.session_state["unit"]) - 1, 0), len(view.units) - 1)
    tokens = reading.tokens[view.first - 1 : view.first - 1 + len(view.trace)]
    seen = Seen(selection, inputs, view, words, tokens, step, unit)
    choose.among("measure", {name: partial(view, seen) for name, view in VIEWS.items()}, words)


def _written(seen: Seen) -> None:
    """What each token wrote into the memory, and what is left of it."""
    trace, words, unit = seen.trace, seen.words, seen.unit
    shares = provenance(trace, seen.step)[:, unit]
    memory = memory_parts(trace).memory
    value = trace[memory][seen.step, unit]
    st.html(
        words(
            "memory.sum",
            memory=words(f"title.{memory}"),
            unit=seen.view.units[unit],
            step=str(seen.view.first + seen.step),
            value=written(value),
            initial=written(shares[0]),
            error=f"{abs(shares.sum() - value):.0e}",
        )
    )
    removed = _removed(seen, memory) if len(trace) <= MOST_REMOVED and seen.view.first == 1 else None
    says = (words("memory.left"), words("memory.without"))
    letters = PHONE_LETTERS if stage.narrow() else LETTERS
    figure = contributions(
        _all_steps(shares[1:], len(trace)), removed, seen.view.tokens, seen.view.first, says, letters
    )
    charts.draw(figure, "contributions", says[0], 200)
    st.caption(words("memory.caution" if removed is not None else "memory.caution_long"))


def _all_steps(shares: np.ndarray, steps: int) -> np.ndarray:
    """A number for each step: tokens that were not read yet have written nothing."""
    return np.concatenate((shares, np.zeros(steps - len(shares))))


def _removed(seen: Seen, memory: str) -> np.ndarray:
    """How much the memory at the step differs where each token is left out; NaN where it can't be."""
    network, layer = cached.network(seen.selection), seen.selection.layer - 1
    rows = np.asarray(seen.inputs.rows)
    differences = np.full(len(rows), np.nan)
    for token in range(len(rows)) if len(rows) > 1 else ():
        changes = without(network, rows, token).layers[layer]
        side = changes.backward if seen.trace.reverse else changes.forward
        if side is not None:
            differences[token] = side[memory][seen.step, seen.unit]
    return differences


def _map(seen: Seen) -> None:
    """The same for every step at once: rows are steps, columns the tokens that wrote."""
    _square(seen, provenance_map(seen.trace, seen.unit)[:, 1:], "memory.left")


def _erased(seen: Seen) -> None:
    """What the gate that keeps took away at each step, of what each token had written."""
    _square(seen, erased(seen.trace, seen.unit)[:, 1:], "memory.erased_of")


def _saturation(seen: Seen) -> None:
    """How often each unit's gates are nearly shut and nearly open, beside the same shapes untrained."""
    words = seen.words
    found, twin = saturation(seen.trace), _untrained(seen)
    rows = [
        "| | " + " | ".join(words(key) for key in ("saturation.left", "saturation.right")) + " |",
        "|---|---|---|",
    ]
    for gate, (left, right) in found.items():
        cells = [f"{share.mean():.0%}" for share in (left, right)]
        if twin is not None:
            before = [words("saturation.untrained", share=f"{share.mean():.0%}") for share in twin[gate]]
            cells = [f"{now} ({then})" for now, then in zip(cells, before, strict=True)]
        rows.append(f"| {words(f'title.{gate}')} | {' | '.join(cells)} |")
    st.markdown("\n".join(rows))
    figure = spread(
        {gate: (found[gate].left, found[gate].right) for gate in found},
        {gate: words(f"title.{gate}") for gate in found},
        seen.view.units,
        (words("saturation.left"), words("saturation.right")),
    )
    charts.draw(figure, "saturation", words("memory.saturation"), 280)


def _untrained(seen: Seen) -> Mapping[str, Saturation] | None:
    """The saturation of the untrained twin on the same text."""
    if networks.card(seen.selection) is None or seen.selection.twin:
        return None
    shown = cached.run(replace(seen.selection, twin=1), seen.inputs, lambda _: None)
    return saturation(shown.trace)


def _finder(seen: Seen) -> None:
    """Units of every gate and state, ranked by how closely they go with a label of the tokens."""
    words = seen.words
    chosen = st.selectbox(
        words("finder.track"), list(TRACKS), format_func=words.names("track"), key="track", width=260
    )
    ranked = found(seen.trace, TRACKS[chosen](seen.tokens))
    known = [one for one in ranked if one.r is not None][:RANKED]
    if not known:
        st.info(words("finder.still"))
        return
    rows = [f"| {words('finder.symbol')} | {words('title.unit')} | r |", "|---|---|---|"]
    rows += [
        f"| {words(f'title.{one.symbol}')} | {seen.view.units[one.unit]} | {written(one.r or 0)} |"
        for one in known
    ]
    st.markdown("\n".join(rows))
    st.caption(words("finder.caution", still=str(sum(one.r is None for one in ranked))))


def _square(seen: Seen, values: np.ndarray, says: str) -> None:
    if len(values) > MOST_SQUARE:
        st.info(seen.words("memory.too_long", most=str(MOST_SQUARE)))
        return
    bound = float(np.abs(values).max()) or 1.0
    told = seen.words(says)
    axes = (seen.words("memory.across"), seen.words("memory.down"))
    letters = PHONE_LETTERS if stage.narrow() else LETTERS
    figure = step_by_step(values, seen.view.tokens, seen.view.first, told, axes, bound, letters)
    st.caption(seen.words("memory.range", what=told, bound=f"{bound:.2g}"))
    charts.draw(figure, "square", told, 420)


def written(value: float) -> str:
    """A number with two decimals and a true minus."""
    return f"{value:z.2f}".replace("-", "−")


VIEWS: Mapping[str, Callable[[Seen], None]] = {
    "written": _written,
    "map": _map,
    "erased": _erased,
    "saturation": _saturation,
    "finder": _finder,
}
