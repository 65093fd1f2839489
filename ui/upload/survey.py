"""All sequences that a reader brought: units that never move, gates that are always closed or open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import streamlit as st

from cells import CELLS, Moment, moments
from cells.survey import UnitSurvey, as_csv, survey
from ui.networks.numeric_rows import of_item
from ui.networks.registry import Source, resolve
from ui.networks.tokenize import TokenizedText, shown
from ui.networks.uploaded import Uploaded
from ui.page.progress import Progress
from ui.session.chosen import Chosen
from ui.text.numbers import minus
from ui.text.tables import grid
from ui.words import Words

MOST_STEPS = 1_000_000  # of all sequences together
MOMENTS = 8  # places that are shown
UNITS = 8  # numbers of units that a cell of the table holds
RESULT = "own_survey"  # the session's key of the latest, and of what it is about


def sequences(own: Uploaded) -> int:
    """How many sequences she brought, 0 where it is one or none."""
    return len(own.rows.batch) if own.rows.batch is not None else len(own.lines)


class Surveyed(NamedTuple):
    """All that was found, of which sequences, and where the units of one layer and direction move most."""

    about: str
    units: Sequence[UnitSurvey]
    moments: Sequence[Sequence[Moment]]
    tokens: Sequence[tuple[str, ...]]


def draw_survey(chosen: Chosen, own: Uploaded) -> None:
    """Draw the button, and once it was pressed the tables with their file."""
    words, count, about = chosen.words, sequences(own), _about(chosen, own)
    if st.button(words("survey.ask", count=f"{count:,}"), key="survey_ask"):
        st.session_state[RESULT] = _surveyed(chosen, own, about)
    found: Surveyed | None = st.session_state.get(RESULT)
    if found is None or found.about != about:
        st.caption(words("survey.says"))
        return
    st.html(grid(*_table(found.units, words)))
    st.caption(words("survey.how", steps=f"{found.units[0].steps:,}"))
    st.download_button("CSV", as_csv(found.units), f"{own.name}-units.csv", "text/csv", on_click="ignore")
    unit = min(chosen.selection.at.unit, len(found.moments))
    st.markdown(words("survey.moments", symbol=_state(chosen), unit=str(unit)))
    keys = ("survey.sequence", "survey.step", "survey.token", "survey.moved", "survey.value")
    rows = [_moment(one, found.tokens[one.sequence]) for one in found.moments[unit - 1]]
    st.html(grid([words(key) for key in keys], rows))


def _state(chosen: Chosen) -> str:
    """The state that remembers."""
    return "c" if "c" in CELLS[chosen.choice.cell].states else "h"


def _about(chosen: Chosen, own: Uploaded) -> str:
    """What tells these sequences, read by this network, from any others."""
    read = repr(own.lines).encode() if own.rows.batch is None else own.rows.batch.tobytes()
    answers, at = sorted(own.understood.answers.items()), chosen.selection.at
    told = (own.file, answers, own.vocabulary, own.scaling, chosen.choice.altered, at.layer, at.direction)
    return sha256(repr(told).encode("utf-8", "surrogatepass") + read).hexdigest()


def _surveyed(chosen: Chosen, own: Uploaded, about: str) -> Surveyed:
    words, at, network = chosen.words, chosen.selection.at, chosen.network
    read = [*_read(chosen, own)]
    rows = [source.inputs(text).rows for source, text in read]
    progress = Progress(words("survey.reading"), words("notice.stop"), lambda: None, "survey_stop")
    units = survey(network, rows, lambda share: progress.report(share / 2))
    most = moments(
        network,
        rows,
        _state(chosen),
        at.layer,
        at.direction,
        MOMENTS,
        lambda share: progress.report((1 + share) / 2),
    )
    progress.done()
    return Surveyed(about, units, most, [text.tokens for _, text in read])


def _moment(one: Moment, tokens: Sequence[str]) -> list[str]:
    numbers = (minus(f"{one.moved:+.2f}"), minus(f"{one.value:.2f}"))
    return [str(one.sequence + 1), str(one.step + 1), shown(tokens[one.step]), *numbers]


def _read(chosen: Chosen, own: Uploaded) -> Iterator[tuple[Source, TokenizedText]]:
    """The sequences as they are read, as many steps as are looked at; lines without tokens are left out."""
    steps = 0
    for source, text in _each(chosen, own):
        steps += len(text.tokens)
        if text.tokens and steps <= MOST_STEPS:
            yield source, text


def _each(chosen: Chosen, own: Uploaded) -> Iterator[tuple[Source, TokenizedText]]:
    if own.rows.batch is None:
        yield from ((chosen.source, chosen.source.read(line)) for line in own.lines)
        return
    choice = chosen.but(mode="kept").choice
    for item in range(len(own.rows.batch)):
        source = resolve(choice, replace(own, rows=of_item(own.rows, item)))
        yield source, source.read("")


def _table(found: Sequence[UnitSurvey], words: Words) -> tuple[list[str], list[list[str]]]:
    """A row for each direction of each layer: its dead units, and those of each gate that are stuck."""
    gates = [*found[0].closed]
    head = ["", words("survey.dead")]
    for gate in gates:
        title = words(f"title.{gate}")
        head += [words("survey.closed", gate=title), words("survey.opened", gate=title)]
    rows = []
    for one in found:
        where = words("survey.where", layer=str(one.layer), direction=words(f"direction.{one.direction}"))
        stuck = [one.stuck(gate, opened) for gate in gates for opened in (False, True)]
        rows.append([where, *(_units(units, len(one.least)) for units in (one.dead, *stuck))])
    return head, rows


def _units(units: np.ndarray, of: int) -> str:
    """How many of all units, and the first of them by number."""
    if not len(units):
        return "–"
    names = ", ".join(str(unit + 1) for unit in units[:UNITS]) + (" …" if len(units) > UNITS else "")
    return f"{len(units)}/{of}: {names}"
