"""Whether anybody still looks at the page for which a script runs."""

from __future__ import annotations

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def listened_to() -> bool:
    """Whether the reader's browser is connected: who has left, or lost the server, waits for nothing."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return True
    return runtime.get_instance().is_active_session(context.session_id)
