"""Settings that learn a task, or fail on purpose, and what stands beside each so that one sees why."""

from __future__ import annotations

from collections.abc import Mapping

from cells.training.offered import PRESETS
from cells.training.written import written
from ui.selection.records import TrainView

# Which preset shows why another one fails: one setting tells them apart.
BESIDE: Mapping[str, str] = {"bias-0-lag-60": "bias-3-lag-60", "no-clipping": "clipped"}


def preset_of(view: TrainView) -> str | None:
    """The preset that the settings are, if they are one."""
    return next((name for name, preset in PRESETS.items() if written(preset.recipe) == view.recipe), None)


def counterpart(name: str) -> str:
    """The line of what stands beside a preset; empty where nothing does."""
    return written(PRESETS[BESIDE[name]].recipe) if name in BESIDE else ""
