"""The component that steps in the browser: tokens, transport, diagram, equations, cursors on the heatmaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from ui.page import room
from ui.page.text_box import BESIDE
from ui.session.selection import ARRIVAL, CAME, GIVEN, PAGE
from ui.stepper.bundle import bundle
from ui.stepper.network_message import PackedNetwork
from ui.stepper.training_message import PackedTraining

_HERE = Path(__file__).parents[1] / "stepper"
_component = st.components.v2.component(
    "gates.stepper",
    html=(_HERE / "stepper.html").read_text(encoding="utf-8"),
    js=bundle("hosts/streamlit_stepper.js"),
    isolate_styles=False,
)
# Streamlit sends an element anew only when its content has changed, and hears from a page what it still has:
# code and network, elements of their own, go over the wire once, however many texts are read.
_code = st.components.v2.component(
    "gates.code",
    js=bundle("hosts/streamlit_code.js"),
    isolate_styles=False,
)
_network = st.components.v2.component(
    "gates.network",
    js=bundle("hosts/streamlit_network.js"),
    isolate_styles=False,
)
_training = st.components.v2.component(
    "gates.training",
    js=bundle("hosts/streamlit_training.js"),
    isolate_styles=False,
)


class PageMessage(TypedDict):
    """What the page says of itself beside a run: its name, how often the reader was led to a view of hers.

    `answered` is which ask of a room it has answered, `came` the address that Back or Forward led to last;
    `beside` whether it asks for the numbers of another text beside Streamlit's wire, `given` how often its
    box was given another text than it held.
    """

    page: str
    arrival: int
    answered: int
    came: str | None
    beside: bool
    given: int


def page_message() -> PageMessage:
    """What the present page says of itself."""
    state = st.session_state
    return {
        "page": state[PAGE],
        "arrival": state.get(ARRIVAL, 0),
        "answered": room.answered(),
        "came": state.get(CAME),
        "beside": state.get(BESIDE, False),
        "given": state.get(GIVEN, 0),
    }


def send_training(packed: PackedTraining) -> None:
    """The weights along the training of the network shown, of which the stepper's message names the id."""
    _training(data=packed.sent, key="sent_training")


def send_network(packed: PackedNetwork) -> None:
    """The network of which the stepper's messages name the id, and the code that shows it."""
    _code(key="sent_code")
    _network(data=packed.sent, key="sent_network")


def stepper(data: dict[str, Any], key: str, on_change: Callable[[], None]) -> Any:
    """Mount the stepper with a run_message.RunMessage; its result has `at` (step, unit, after a pause),
    `large`, `lead`, `lines`, `narrow`, `projector`, `predict`, `changed` (edit, weights, checkpoint, as in a
    link), `picked` (step, unit), `read` (text, the fault of asking for its numbers, step, unit).
    """
    return _component(
        data=data | page_message(),
        key=key,
        on_at_change=on_change,
        on_large_change=on_change,
        on_lead_change=on_change,
        on_lines_change=on_change,
        on_narrow_change=on_change,
        on_changed_change=on_change,
        on_picked_change=on_change,
        on_projector_change=on_change,
        on_predict_change=on_change,
        on_read_change=on_change,
    )
