"""Compare: RNN, LSTM, Bi-LSTM and GRU on one text under one cursor."""

from __future__ import annotations

from functools import partial

from ui import choose, compare, frame, take

selection, words = frame.begin("compare", compare.STORIES, alone=False)
networks = partial(compare.choose, selection, words)
beside = choose.row(selection, words, compare.STORIES, alone=False, also=networks, symbols=False)
compare.show(selection, words)
take.offer(beside, selection, words, compare.members(selection))
