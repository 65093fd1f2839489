"""What recurrent cells compute: every gate of every step, by name."""

from cells.cell import CELLS
from cells.network import Network

__all__ = ["CELLS", "Network"]
