"""The component that lets the browser draw pictures of what it shows, and copies the link."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "gates.takeaway",
    js=(_HERE / "buttons.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def buttons(data: Mapping[str, Any], key: str) -> None:
    """Buttons for one thing: `take` says what ("chart", "diagram"), `words` what stands on them.

    A picture has a `file` name without suffix and the colours `paper` and `ink`. A chart has its `key`, and
    what `pictures.dressed` gives; a diagram a `title` and what is `beneath`.
    """
    _component(data=data, key=key, width="content", height="content")
