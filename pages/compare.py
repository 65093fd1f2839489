"""Compare: RNN, LSTM, Bi-LSTM and GRU on one text under one cursor."""

from __future__ import annotations

from functools import partial

from ui import compare, export
from ui.compare.members import edited, members
from ui.page import controls, frame

chosen = frame.begin("compare", compare.NETWORKS, alone=False, changed=edited)
also = partial(compare.choose, chosen)
beside = controls.row(chosen, compare.NETWORKS, alone=False, also=also, symbols=False)
compare.show(chosen)
export.offer(beside, chosen, members(chosen))
