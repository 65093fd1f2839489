"""Step through: type a sequence and watch every gate of a real recurrent network react."""

from __future__ import annotations

from ui import export
from ui.page import controls, frame, workspace

chosen = frame.begin("step")
beside = controls.row(chosen)
workspace.show(chosen)
export.offer(beside, chosen)
