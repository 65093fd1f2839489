"""Step through: type a sequence and watch every gate of a real recurrent network react."""

from __future__ import annotations

from ui import export
from ui.page import controls, frame, workspace

selection, words = frame.begin("step")
beside = controls.row(selection, words)
workspace.show(selection, words)
export.offer(beside, selection, words)
