"""How many readers a server has at present, by which a page decides what it asks of it."""

from __future__ import annotations

from streamlit.runtime import exists, get_instance
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat

CROWD = (
    40  # readers above whom drawing a part of the page for each of their texts is too much for one process
)


def crowded() -> bool:
    """Whether so many are connected that a page asks for numbers alone."""
    return readers() > CROWD


def readers() -> int:
    """How many are connected to this server; none where there is no server."""
    if not exists():
        return 0
    found = get_instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY]).get(ACTIVE_SESSIONS_FAMILY, ())
    return sum(int(one.value) for one in found if isinstance(one, GaugeStat))
