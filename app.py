"""Step through: type a sequence and watch every gate of a real recurrent network react."""

from __future__ import annotations

from ui import export
from ui.page import controls, frame, reading, workspace

chosen = frame.begin("step")
row = controls.row(chosen, apart=True)
reading.follow(chosen, row.text, workspace.show)
export.offer(row.beside, chosen)
