"""A bar of progress: what it sends, however often it is told."""

from __future__ import annotations

import pytest
from streamlit.delta_generator import DeltaGenerator

from ui.page import progress


def test_of_many_reports_a_page_is_sent_one_in_each_gap(monkeypatch: pytest.MonkeyPatch):
    now, sent = [0.0], []
    monkeypatch.setattr(progress, "GAP", 1.0)
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    monkeypatch.setattr(DeltaGenerator, "progress", lambda bar, share, **_: sent.append(share) or bar)
    bar = progress.Progress("", "Stop", lambda: None)
    for eighth in range(40):
        now[0] = eighth * progress.GAP / 8
        bar.report(eighth / 40)
    assert sent[1:] == [eighth / 40 for eighth in range(0, 40, 8)]  # the first is the bar itself
