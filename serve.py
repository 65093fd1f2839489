"""The app as `streamlit run serve.py` serves it: app.py, and beside it rooms that follow a teacher."""

from __future__ import annotations

import streamlit as st

from ui.rooms.register import Register
from ui.rooms.routes import routes
from ui.serving.stopping import ending

rooms = Register()
base = str(st.get_option("server.baseUrlPath"))
app = st.App("app.py", routes=routes(rooms, base), lifespan=ending(rooms.end_all))
