"""Your network: a file of weights, what was understood of it, and its gates on your own input."""

from __future__ import annotations

from ui import choose, frame, stage, take, yours

stories = yours.stories()
selection, words = frame.begin("yours", stories)
if yours.bring(words):
    beside = choose.row(selection, words, stories)
    stage.show(selection, words)
    take.offer(beside, selection, words)
