"""A progress bar that appears only when there is something to wait for, with a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

import streamlit as st

from ui.session.listening import listened_to

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

GAP = 0.1  # seconds between two pictures of the bar: a page that is sent each report falls behind


class Progress:
    """Draws itself at the first report and goes with `done`; the stop button calls `on_stop` and reruns."""

    def __init__(self, text: str, stop: str, on_stop: Callable[[], None], key: str = "stop") -> None:
        self._place = st.empty()
        self._bar: DeltaGenerator | None = None
        self._text, self._stop, self._on_stop, self._key = text, stop, on_stop, key
        self._shown = -inf

    def report(self, share: float) -> None:
        """Show the share that is done, 0..1; where a picture is due, a press of Stop ends the run.

        So it ends where nobody looks any more: who comes back has her page drawn anew.
        """
        if monotonic() < self._shown + GAP:
            return
        if not listened_to():
            st.stop()
        self._shown = monotonic()
        if self._bar is None:
            row = self._place.container(horizontal=True, vertical_alignment="center")
            self._bar = row.progress(0.0)
            row.button(self._stop, key=self._key, on_click=self._on_stop)
        self._bar.progress(min(max(share, 0.0), 1.0), text=self._text)

    def done(self) -> None:
        """Take the bar away, if it has been drawn."""
        if self._bar is not None:
            self._place.empty()
