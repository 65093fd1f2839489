"""For a class: what a teacher prepares, a section each."""

from __future__ import annotations

from ui.page import frame
from ui.teach import links, workshop

SECTIONS = (workshop.show, links.show)

chosen = frame.begin(frame.TEACH, networks=())
for section in SECTIONS:
    section(chosen)
