"""Memory: who wrote what a cell remembers, and what became of it."""

from __future__ import annotations

from ui import export, memory
from ui.networks.registry import offered
from ui.page import controls, frame
from ui.session import private

networks = offered(private.present(), memory.NETWORKS)
chosen = frame.begin("memory", networks)
row = controls.row(chosen, networks, symbols=False)
rest = memory.show(chosen)
export.offer(row.beside, chosen)
rest()
