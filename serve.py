"""The app as `streamlit run serve.py` serves it: app.py, with texts, rooms and training beside it."""

from __future__ import annotations

import streamlit as st
from threadpoolctl import threadpool_limits

from ui.page.broken import told
from ui.page.first import SCRIPT
from ui.page.text_routes import routes as of_texts
from ui.rooms.register import Register
from ui.rooms.routes import routes as of_rooms
from ui.serving.arrivals import one_by_one
from ui.serving.calm import calm_dialogs
from ui.serving.first import runs_first
from ui.serving.life import living
from ui.session.crowd import drawn
from ui.session.warm import warm
from ui.trainer.pool import pool
from ui.trainer.routes import routes as of_training

# One thread for each product of matrices: they are too small to be shared between cores. Threads that wait
# for one another while others compute make a product thirty times as slow, and a page at work deaf to clicks.
threadpool_limits(1, "blas")

rooms, training = Register(), pool()
base = str(st.get_option("server.baseUrlPath"))
routes = [*of_texts(base), *of_rooms(rooms, base), *of_training(training, base)]
app = st.App(
    "app.py",
    routes=routes,
    lifespan=living(warm, rooms.end_all, training.end),
    middleware=[one_by_one(drawn), calm_dialogs(), runs_first(SCRIPT)],
    on_script_error=told,
)
