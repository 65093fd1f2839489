"""Step through: type a sequence and watch every gate of a real recurrent network react."""

from __future__ import annotations

from ui import export
from ui.page import controls, frame, reading, workspace

chosen = frame.begin("step")
row = controls.row(chosen, apart=True)
workspace.send(chosen)
reading.follow(chosen, row.text, workspace.read)
workspace.send_way(chosen)
export.offer(row.beside, chosen)
