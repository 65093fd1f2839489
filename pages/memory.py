"""Memory: who wrote what a cell remembers, and what became of it."""

from __future__ import annotations

from ui import export, memory
from ui.networks import registry
from ui.page import controls, frame

stories = registry.offered(memory.STORIES)
selection, words = frame.begin("memory", stories)
beside = controls.row(selection, words, stories, symbols=False)
rest = memory.show(selection, words)
export.offer(beside, selection, words)
rest()
