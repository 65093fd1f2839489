"""Compare: RNN, LSTM, Bi-LSTM and GRU on one text under one cursor."""

from __future__ import annotations

from functools import partial

from ui import compare, export
from ui.compare.members import selections
from ui.page import controls, frame

selection, words = frame.begin("compare", compare.STORIES, alone=False)
networks = partial(compare.choose, selection, words)
beside = controls.row(selection, words, compare.STORIES, alone=False, also=networks, symbols=False)
compare.show(selection, words)
export.offer(beside, selection, words, selections(selection))
