"""All sequences that a reader brought: units that never move, gates that are always closed or open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
import streamlit as st

from cells.survey import UnitSurvey, as_csv, survey
from ui.networks.numeric_rows import of_item
from ui.networks.registry import Source, resolve
from ui.networks.tokenize import TokenizedText
from ui.networks.uploaded import Uploaded
from ui.page.progress import Progress
from ui.session.chosen import Chosen
from ui.text.tables import grid
from ui.words import Words

MOST_STEPS = 1_000_000  # of all sequences together
UNITS = 8  # numbers of units that a cell of the table holds
RESULT = "own_survey"  # the session's key of the latest, and of what it is about


def sequences(own: Uploaded) -> int:
    """How many sequences she brought, 0 where it is one or none."""
    return len(own.rows.batch) if own.rows.batch is not None else len(own.lines)


def draw_survey(chosen: Chosen, own: Uploaded) -> None:
    """Draw the button, and once it was pressed the table with its file."""
    words, count, about = chosen.words, sequences(own), _about(own)
    asked = st.button(words("survey.ask", count=f"{count:,}"), key="survey_ask")
    if asked:
        st.session_state[RESULT] = about, _found(chosen, own)
    before, found = st.session_state.get(RESULT, ("", ()))
    if before != about:
        st.caption(words("survey.says"))
        return
    st.html(grid(*_table(found, words)))
    st.caption(words("survey.how", steps=f"{found[0].steps:,}"))
    st.download_button("CSV", as_csv(found), f"{own.name}-units.csv", "text/csv", on_click="ignore")


def _about(own: Uploaded) -> str:
    """What tells these sequences, read by this network, from any others."""
    read = repr(own.lines).encode() if own.rows.batch is None else own.rows.batch.tobytes()
    told = (own.file, sorted(own.understood.answers.items()), own.vocabulary, own.scaling)
    return sha256(repr(told).encode("utf-8", "surrogatepass") + read).hexdigest()


def _found(chosen: Chosen, own: Uploaded) -> Sequence[UnitSurvey]:
    words = chosen.words
    progress = Progress(words("survey.reading"), words("notice.stop"), lambda: None, "survey_stop")
    found = survey(chosen.network, [*_inputs(chosen, own)], progress.report)
    progress.done()
    return found


def _inputs(chosen: Chosen, own: Uploaded) -> Iterator[np.ndarray]:
    """The rows of x of each sequence, as many steps as are looked at."""
    steps = 0
    for source, text in _read(chosen, own):
        steps += len(text.tokens)
        if text.tokens and steps <= MOST_STEPS:
            yield source.inputs(text).rows


def _read(chosen: Chosen, own: Uploaded) -> Iterator[tuple[Source, TokenizedText]]:
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
