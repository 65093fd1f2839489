"""Texts of a file, one a line, one of which is read at a time."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui.networks.numeric_rows import decoded
from ui.networks.tokenize import InputFault
from ui.networks.uploaded import Uploaded
from ui.selection.records import MOST
from ui.session import private
from ui.session.selection import from_widgets, save
from ui.upload.names import attempt
from ui.words import Words

FILE, ITEM = "own_lines_file", "own_line"
MOST_BYTES = 20 << 20
MOST_LINES = 100_000


def draw_lines(own: Uploaded, words: Words) -> None:
    """Draw the place for a file of texts, and which of them is read."""
    st.file_uploader(
        words("yours.lines_file"),
        key=FILE,
        max_upload_size=MOST_BYTES >> 20,
        on_change=attempt,
        args=(_from_file,),
    )
    if own.lines:
        count = len(own.lines)
        st.number_input(words("yours.item", count=f"{count:,}"), 1, count, step=1, key=ITEM, on_change=_read)


def _from_file(now: Uploaded) -> Uploaded:
    file = st.session_state[FILE]
    if file is None:
        return now
    lines = texts(file.getvalue(), file.name)
    st.session_state[ITEM] = 1
    after = replace(now, lines=lines)
    save(from_widgets().but(text=lines[0]))
    return after


def _read() -> None:
    own = private.uploaded()
    if own is not None and own.lines:
        save(from_widgets().but(text=own.lines[int(st.session_state[ITEM]) - 1]))


def texts(data: bytes, name: str) -> tuple[str, ...]:
    """The lines of a file that hold something; InputFault where there are none, or too many or long ones."""
    if len(data) > MOST_BYTES:
        raise InputFault("rows_large", size=len(data) >> 20, most=MOST_BYTES >> 20)
    lines = tuple(line for line in decoded(data, name).splitlines() if line.strip())
    if not lines:
        raise InputFault("lines_none", name=name)
    if len(lines) > MOST_LINES or max(map(len, lines)) > MOST:
        raise InputFault("lines_many", most=f"{MOST_LINES:,}", longest=f"{MOST:,}")
    return lines
