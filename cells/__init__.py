"""What recurrent cells compute: every gate of every step, by name."""

from cells.cell import CELLS
from cells.equations import equations
from cells.gradient_flow import state_jacobian
from cells.loading.files import load
from cells.network import Network
from cells.provenance import provenance

__all__ = ["CELLS", "Network", "equations", "load", "provenance", "state_jacobian"]
