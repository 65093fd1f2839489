"""Applications: four ways to put a recurrent network to work, each to be stepped through."""

from __future__ import annotations

from ui import applications, export
from ui.page import controls, frame, workspace

chosen = frame.begin("applications", applications.NETWORKS)
networks = applications.choose(chosen)
row = controls.row(chosen, networks)
workspace.show(chosen)
export.offer(row.beside, chosen)
