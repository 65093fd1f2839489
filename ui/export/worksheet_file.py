"""The view as a worksheet: one file that prints, whole or with blanks."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cells import CELLS
from ui.export.file_names import stem
from ui.export.groups import file, group
from ui.handout.worksheet import Worksheet
from ui.page import workspace
from ui.page.shared import address, resting
from ui.session.chosen import Chosen
from ui.stepper.view import view_of


def offer_worksheet(chosen: Chosen, changed: bool) -> None:
    """A file with the present step, and one with three steps to work through; their names say `changed`."""
    words, view = chosen.words, view_of(chosen)
    symbols = CELLS[chosen.choice.cell].symbols
    at, start = resting(chosen.selection), stem(chosen, changed, shows=True)
    step = min(max(at.step - view.first, 0), len(view.tokens) - 1)
    unit = min(at.unit, len(view.units)) - 1
    shown = workspace.symbols_of(chosen) or [*symbols]
    link = "" if chosen.source.private else address(chosen.selection, "app.py")

    def page(*blank: str) -> str:
        return Worksheet(chosen, view, shown, step, unit, date.today(), blank, link).page

    with group("take.sheet", words):
        blank = st.pills(
            words("take.blank"),
            symbols,
            selection_mode="multi",
            default=sorted({symbols[0], "c" if "c" in symbols else "h"}),
            format_func=words.names("title"),
            key=f"take_blank_{chosen.choice.cell}",
        )
        with st.container(horizontal=True, gap="xsmall"):
            file(words("take.whole"), f"{start}-worksheet.html", page, "take_sheet")
            name = f"{start}-worksheet-blanks.html"
            file(words("take.blanks"), name, lambda: page(*blank), "take_blanks", disabled=not blank)
        st.caption(words("take.sheet_says"))
