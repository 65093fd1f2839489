"""The numbers that a reader's network reads: from a file, which of its columns, and at what scale."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui.networks import numeric_rows, scaling
from ui.networks.scaling import Scaling
from ui.networks.tokenize import plain
from ui.networks.uploaded import Uploaded
from ui.text.numbers import minus
from ui.upload.names import attempt
from ui.words import Words

COLUMNS, ITEM = "own_columns", "own_item"
TYPED = {
    "own_mean": "yours.mean",
    "own_deviation": "yours.deviation",
}  # what is typed here, by the session's keys


def draw_rows(own: Uploaded, words: Words) -> None:
    """Draw the place for a file of rows, and what is done with them."""
    st.file_uploader(
        words("yours.rows_file", features=f"{own.reads:,}"),
        key="own_rows_file",
        max_upload_size=numeric_rows.MOST_BYTES >> 20,
        on_change=attempt,
        args=(_from_file,),
    )
    if own.rows.batch is not None:
        count = len(own.rows.batch)
        st.session_state[ITEM] = own.rows.item + 1
        st.number_input(
            words("yours.item", count=f"{count:,}"),
            1,
            count,
            step=1,
            key=ITEM,
            on_change=attempt,
            args=(_of_item,),
        )
    if own.rows.table is not None:
        _columns(own, words)
    for key, asks in TYPED.items():
        st.text_input(
            words(asks, features=f"{own.reads:,}"),
            key=key,
            on_change=attempt,
            args=(_scaled,),
            persist_state="session",
            autocomplete="off",
        )
    st.caption(words("yours.scaling_help"))


def _columns(own: Uploaded, words: Words) -> None:
    """Which columns of the file are read, and which hold no numbers."""
    table = own.rows.table
    assert table is not None, "drawn where there is one"
    if left := ", ".join(name or "–" for name in table.left):
        st.caption(plain(words("yours.columns_left", names=left)))
    if len(table.columns) <= own.reads:
        return
    state = st.session_state
    if COLUMNS not in state:
        state[COLUMNS] = list(own.rows.taken)
    st.multiselect(
        words("yours.columns", features=f"{own.reads:,}"),
        range(len(table.columns)),
        format_func=lambda at: table.columns[at] or f"{at + 1}",
        key=COLUMNS,
        on_change=attempt,
        args=(_of_columns,),
        placeholder=words("yours.columns_choose"),
    )
    if tuple(state[COLUMNS]) != own.rows.taken:
        taken = ", ".join(own.rows.columns)
        st.caption(plain(words("yours.columns_still", count=f"{own.reads:,}", names=taken)))


def _of_columns(now: Uploaded) -> Uploaded:
    taken = tuple(st.session_state[COLUMNS])
    table = now.rows.table
    if table is None or len(taken) != now.reads:
        return now
    return replace(now, rows=numeric_rows.of_columns(table, taken, now.rows.name))


def _of_item(now: Uploaded) -> Uploaded:
    return replace(now, rows=numeric_rows.of_item(now.rows, int(st.session_state[ITEM]) - 1))


def _from_file(now: Uploaded) -> Uploaded:
    file = st.session_state["own_rows_file"]
    if file is None:
        return now
    after = numeric_rows.from_file(file.getvalue(), file.name, now.reads)
    st.session_state[COLUMNS] = list(after.taken)
    return replace(now, rows=after)


def _scaled(now: Uploaded) -> Uploaded:
    mean, deviation = (scaling.typed(st.session_state[key], now.reads) for key in TYPED)
    return replace(now, scaling=scaling.checked(Scaling(mean, deviation)))


def written(scale: Scaling) -> dict[str, str]:
    """A scaling as it is typed, by the session's keys."""
    rows = (scale.mean, scale.deviation)
    return {
        key: minus(" ".join(f"{value:.9g}" for value in row)) for key, row in zip(TYPED, rows, strict=True)
    }
