"""Step through: type a sequence and watch every gate of a real recurrent network react."""

from __future__ import annotations

from ui import choose, frame, stage

selection, words = frame.begin("step")
choose.row(selection, words)
stage.show(selection, words)
