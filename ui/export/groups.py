"""What the rows of the popover are made of: a name at the left, and buttons for files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from ui.words import Words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def group(title: str, words: Words) -> DeltaGenerator:
    """A row of the popover: its name at the left; what is returned is the right."""
    name, right = st.columns((1, 4), gap="small")
    name.markdown(f"**{words(title)}**")
    return right


def file(
    label: str,
    name: str,
    make: Callable[[], bytes | str],
    key: str,
    disabled: bool = False,
    says: str | None = None,
) -> None:
    """A button for a file that is made when it is pressed."""
    kind = "application/octet-stream"
    st.download_button(label, make, name, kind, key, help=says, disabled=disabled, on_click="ignore")
