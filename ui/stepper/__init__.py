"""The component that steps in the browser: tokens, transport, diagram, equations, cursors on the heatmaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "gates.stepper",
    html=(_HERE / "stepper.html").read_text(encoding="utf-8"),
    js=(_HERE / "stepper.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def stepper(data: Mapping[str, Any], key: str, on_change: Callable[[], None]) -> Any:
    """Mount the stepper; its result has `at` (step, unit, after a pause), `large`, `lead`, `narrow`."""
    return _component(
        data=data,
        key=key,
        on_at_change=on_change,
        on_large_change=on_change,
        on_lead_change=on_change,
        on_narrow_change=on_change,
    )
