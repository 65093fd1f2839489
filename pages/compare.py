"""Compare: RNN, LSTM, Bi-LSTM and GRU on one text under one cursor."""

from __future__ import annotations

from functools import partial

from ui import choose, compare, frame

selection, words = frame.begin("compare", compare.STORIES, alone=False)
choose.row(selection, words, compare.STORIES, alone=False, also=partial(compare.choose, selection, words))
compare.show(selection, words)
