"""The view as a widget: the same stepper among the cells of a notebook, its place and edits on both sides."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ui.handout import Handout, sheets
from ui.stepper.bundle import bundle

# The notebook's own colours: JupyterLab says them as properties, other hosts by their colour scheme.
HOST = (
    ".gates-frame {container-type: inline-size;} "
    ".gates-page {--st-text-color: var(--jp-ui-font-color1, CanvasText); "
    "--st-background-color: var(--jp-layout-color0, Canvas);}"
)
WINDOW = re.compile(r"@media (?=\((?:min|max)-width)")


@cache
def _widget_class() -> Any:
    try:
        import anywidget
        import traitlets
    except ImportError as error:
        raise ImportError("a widget needs the package anywidget: pip install anywidget") from error

    class StepperWidget(anywidget.AnyWidget):
        """A stepper; `step` and `unit` count from 1, `edits` are a line as in a link."""

        _esm = bundle("hosts/notebook.js")
        # As wide as its cell, not as the window.
        _css = f"{HOST} {WINDOW.sub('@container ', sheets())}"
        data = traitlets.Dict().tag(sync=True)
        body = traitlets.Unicode().tag(sync=True)
        step = traitlets.Int(1).tag(sync=True)
        unit = traitlets.Int(1).tag(sync=True)
        edits = traitlets.Unicode().tag(sync=True)

    return StepperWidget


def widget(shown: Handout) -> Any:
    """The widget of a view."""
    selection = shown.chosen.selection
    at, edits = selection.at, selection.edits.written
    return _widget_class()(data=shown.data, body=shown.body, step=at.step, unit=at.unit, edits=edits)
