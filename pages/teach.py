"""For a class: what a teacher prepares, a section each."""

from __future__ import annotations

from ui.page import frame
from ui.teach import links, rooms, workshop

SECTIONS = (rooms.show, links.show, workshop.show)

chosen = frame.begin(frame.TEACH, networks=())
for section in SECTIONS:
    section(chosen)
