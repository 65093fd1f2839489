"""Memory: who wrote what a cell remembers, and what became of it."""

from __future__ import annotations

from ui import choose, frame, memory, networks

stories = networks.offered(memory.STORIES)
selection, words = frame.begin("memory", stories)
choose.row(selection, words, stories)
memory.show(selection, words)
