"""Memory: who wrote what a cell remembers, and what became of it."""

from __future__ import annotations

from ui import choose, frame, memory, networks, take

stories = networks.offered(memory.STORIES)
selection, words = frame.begin("memory", stories)
beside = choose.row(selection, words, stories, symbols=False)
rest = memory.show(selection, words)
take.offer(beside, selection, words)
rest()
