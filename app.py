"""Step through: type a sequence and watch every gate of a real recurrent network react."""

from __future__ import annotations

from ui import choose, frame, stage, take

selection, words = frame.begin("step")
beside = choose.row(selection, words)
stage.show(selection, words)
take.offer(beside, selection, words)
