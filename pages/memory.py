"""Memory: who wrote what a cell remembers, and what became of it."""

from __future__ import annotations

from ui import choose, frame, memory, take

selection, words = frame.begin("memory", memory.STORIES)
beside = choose.row(selection, words, memory.STORIES)
memory.show(selection, words)
take.offer(beside, selection, words)
