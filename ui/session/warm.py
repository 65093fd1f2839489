"""The first page, drawn once for nobody: what all readers share is there when the first of them comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.session_manager import SessionClient


class Nobody(SessionClient):
    """A page that nobody sees; it says when it is `drawn`."""

    def __init__(self, drawn: Callable[[], object]) -> None:
        self.drawn = drawn

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Hear the end of the script, and nothing else."""
        if msg.WhichOneof("type") == "script_finished":
            self.drawn()


def warm() -> None:
    """Have it drawn beside all else; on the event loop of a server that runs."""
    server, loop = get_instance(), asyncio.get_running_loop()
    nobody = Nobody(lambda: loop.call_soon(server.close_session, session))
    session = server.connect_session(nobody, {})
    server.handle_backmsg(session, BackMsg(rerun_script=ClientState()))
