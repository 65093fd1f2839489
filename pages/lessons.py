"""Lessons: a way through the gates, page by page."""

from __future__ import annotations

from ui import shelf
from ui.page import frame

chosen = frame.begin("lessons", networks=())
shelf.show(chosen)
