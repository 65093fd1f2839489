"""Lessons: a way through the gates, page by page."""

from __future__ import annotations

from ui import shelf
from ui.page import frame, room

chosen = frame.begin("lessons", networks=())
shelf.show(chosen)
room.door(chosen.words)
