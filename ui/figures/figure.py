"""A figure that is sent as we wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
from _plotly_utils.utils import convert_to_base64


class Figure(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A figure of traces and a layout; Plotly's own objects are made once somebody looks into it.

    Making them, and unmaking them for the wire, takes half of the time that a page needs for a new text.
    """

    def __init__(self, data: list[dict[str, Any]], layout: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_written", {"data": data, "layout": layout})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "_written" not in self.__dict__:
            raise AttributeError(name)
        super().__init__(self.__dict__.pop("_written"), _validate=False)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """What is sent, arrays packed: as written, unless somebody has looked into the figure since."""
        if "_written" not in self.__dict__:
            return dict(super().to_dict())
        data = deepcopy(self._written["data"])
        convert_to_base64(data)
        return {"data": data, "layout": {**_defaults(pio.templates.default), **self._written["layout"]}}


@cache
def _defaults(_template: str) -> Mapping[str, Any]:
    """The layout that Plotly gives to every figure, by the name of the template in force."""
    layout: dict[str, Any] = go.Figure().to_dict()["layout"]
    return layout
