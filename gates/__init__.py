"""Every gate of a recurrent network at every step, in a notebook: `gates.view(model, tokens)`."""

from cells import Edit, Network, Recorded, load, recorded
from ui.notebook.view import NotebookView, view

__all__ = ["Edit", "Network", "NotebookView", "Recorded", "load", "recorded", "view"]
