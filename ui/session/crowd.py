"""How many readers a server has at present, and when it has drawn a page for one."""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import exists, get_instance
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat

CROWD = 40  # readers; of more, drawing a part of the page for each text is too much for one process
SMALL = 256  # bytes: what says that a script came to its end is shorter


def crowded() -> bool:
    """Whether so many are connected that a page asks for numbers alone."""
    return readers() > CROWD


def readers() -> int:
    """How many are connected to this server; none where there is no server."""
    if not exists():
        return 0
    found = get_instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY]).get(ACTIVE_SESSIONS_FAMILY, ())
    return sum(int(one.value) for one in found if isinstance(one, GaugeStat))


def drawn(message: bytes) -> bool:
    """Whether a message on Streamlit's wire says that a script came to its end."""
    return 0 < len(message) < SMALL and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"
