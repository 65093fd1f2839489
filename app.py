"""Step through: type a sequence and watch every gate of a real recurrent network react."""

from __future__ import annotations

from ui import choose, frame, stage
from ui.reading import read

selection, words = frame.begin("step")
choose.row(selection, words)
reading = read(selection.text, selection.mode)
if reading.fault:
    choose.fault(reading, selection, words)
else:
    stage.draw(selection, reading, words)
