"""Your network: a file of weights, what was understood of it, and its gates on your own input."""

from __future__ import annotations

from ui import export, upload
from ui.page import controls, frame, workspace

stories = upload.stories()
selection, words = frame.begin("yours", stories)
if upload.bring(words):
    beside = controls.row(selection, words, stories)
    workspace.show(selection, words)
    export.offer(beside, selection, words)
