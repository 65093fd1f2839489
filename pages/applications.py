"""Applications: four ways to put a recurrent network to work, each to be stepped through."""

from __future__ import annotations

from ui import applications, choose, frame, stage, take

selection, words = frame.begin("applications", applications.STORIES)
stories = applications.choose(selection, words)
beside = choose.row(selection, words, stories)
stage.show(selection, words)
take.offer(beside, selection, words)
