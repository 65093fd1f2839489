"""Claims: what others found in such networks, and what came out here."""

from __future__ import annotations

from ui import verdicts
from ui.page import frame

verdicts.show(frame.begin("claims", networks=()))
