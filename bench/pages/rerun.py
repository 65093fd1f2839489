"""The same figure stepped by Streamlit: each key is a rerun, and the figure is sent again with its cursor."""

from __future__ import annotations

import streamlit as st

from bench.view import figure

st.set_page_config(layout="wide")
step = st.session_state.setdefault("step", 1)
st.session_state["step"] = step + st.button("next", key="next")
step = st.session_state["step"]
drawn = figure(st.query_params.get("text", ""))
axes = [str(place + 1) if place else "" for place in range(len(drawn.data))]
drawn.layout.shapes = [
    {
        "type": "rect",
        "x0": step - 0.5,
        "x1": step + 0.5,
        "y0": -0.5,
        "y1": 31.5,
        "xref": f"x{axis}",
        "yref": f"y{axis}",
    }
    for axis in axes
]
st.markdown(f'Step <span data-testid="step-number">{step}</span>', unsafe_allow_html=True)
with st.container(key="heat", height=300, border=False):
    st.plotly_chart(drawn, key="heatmaps", height="stretch")
