"""A bar of progress: what it sends, however often it is told."""

from __future__ import annotations

import pytest
from streamlit import runtime
from streamlit.delta_generator import DeltaGenerator

from ui.page import progress
from ui.session import listening


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


class Server:
    """A server that has such sessions connected."""

    def __init__(self, *connected: str) -> None:
        self.is_active_session = connected.__contains__


class Run:
    """A script that runs for a session."""

    session_id = "hers"


@pytest.mark.parametrize(("connected", "goes_on"), [(("hers", "his"), True), (("his",), False)])
def test_where_nobody_looks_any_more_long_work_ends(
    monkeypatch: pytest.MonkeyPatch, connected: tuple[str, ...], goes_on: bool
):
    monkeypatch.setattr(listening, "get_script_run_ctx", Run)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: Server(*connected))
    assert listening.listened_to() is goes_on
    stops: list[bool] = []
    monkeypatch.setattr(progress.st, "stop", lambda: stops.append(True))
    progress.Progress("", "Stop", lambda: None).report(0.5)
    assert bool(stops) is not goes_on
