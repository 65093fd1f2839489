"""What Streamlit needs at the least: a text box, a network, the same figure."""

from __future__ import annotations

import streamlit as st

from bench.view import figure

st.set_page_config(layout="wide")
text = st.text_input("Text", st.query_params.get("text", ""), live="300ms", key="text")
with st.container(key="heat", height=300, border=False):
    st.plotly_chart(figure(text), key="heatmaps", height="stretch")
