"""Applications: four ways to put a recurrent network to work, each to be stepped through."""

from __future__ import annotations

from ui import applications, export
from ui.page import controls, frame, workspace

selection, words = frame.begin("applications", applications.STORIES)
stories = applications.choose(selection, words)
beside = controls.row(selection, words, stories)
workspace.show(selection, words)
export.offer(beside, selection, words)
