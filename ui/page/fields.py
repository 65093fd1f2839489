"""Widgets whose keys are parts of the selection: a choice, a number, segments."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ui.selection.records import bounds
from ui.words import Words


def select(name: str, options: tuple[str, ...], words: Words) -> None:
    """One of several names."""
    st.selectbox(words(f"pick.{name}"), options, format_func=words.names(name), key=name)


def number(name: str, label: str, **options: object) -> None:
    """A whole number within its bounds."""
    range_ = bounds(name)
    st.number_input(label, range_.low, range_.high, step=1, key=name, **options)  # type: ignore[call-overload]  # width and help


def segments(
    name: str,
    options: tuple[str | int, ...],
    words: Words,
    label: Literal["visible", "collapsed"] = "visible",
    asked: str | None = None,
) -> None:
    """One of a few names, all seen at once."""
    st.segmented_control(
        words(f"pick.{name}"),
        options,
        format_func=words.names(name),
        key=name,
        required=True,
        label_visibility=label,
        help=asked,
    )
