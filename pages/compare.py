"""Compare: RNN, LSTM, Bi-LSTM and GRU on one text under one cursor."""

from __future__ import annotations

from functools import partial

from ui import compare, export
from ui.compare.members import edited, members
from ui.page import controls, frame

networks = compare.networks()
chosen = frame.begin("compare", networks, alone=False, changed=edited)
also = partial(compare.choose, chosen)
row = controls.row(chosen, networks, alone=False, also=also, symbols=False)
compare.show(chosen)
export.offer(row.beside, chosen, members(chosen))
