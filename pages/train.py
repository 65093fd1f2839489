"""Train: set a task and a cell, and watch the gates of one's own text change with every update."""

from __future__ import annotations

from ui import train
from ui.page import frame

train.show(frame.begin("train", networks=()))
