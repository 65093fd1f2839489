"""Figures that leave: what they lack on their own, and pages that need no network."""

from __future__ import annotations

import re

import numpy as np
import plotly.graph_objects as go

from cells import Network
from ui.export.pictures import ROOM, as_html, dressed
from ui.figures.contributions import step_by_step
from ui.figures.heatmaps import heatmaps
from ui.words import Words

EVIL = "</script><img src=x>"


def figure(token: str = "a") -> go.Figure:
    trace = Network.random("LSTM", 2, 3, seed=1).run(np.ones((2, 2))).layers[0].forward
    titles = Words("en").under("title")
    symbols = ["f", "c", "h"]
    return heatmaps(trace, symbols, [token, "b"], ["1", "2", "3"], ["1", "2"], np.arange(3), titles, 3)


def test_every_heatmap_gets_its_own_scale_in_the_line_of_its_title() -> None:
    plain = figure()
    patch = dressed(plain, "a < b", "<i>")
    bars = [trace["colorbar"] for trace in patch["traces"]]
    ends = [plain.layout[f"xaxis{place}"]["domain"][1] for place in ("", "2", "3")]
    assert [bar["x"] for bar in bars] == ends and all(trace["showscale"] for trace in patch["traces"])
    *panels, title = patch["layout"]["annotations"]
    assert len(panels) == 3 and title["text"] == "<b>a &lt; b</b><br>&lt;i&gt;"
    assert patch["layout"]["margin"]["t"] == plain.layout.margin.t + ROOM
    assert not any(trace.showscale for trace in plain.data), "the page's own figure stays as it was"


def test_a_heatmap_alone_has_its_numbers_beside_it() -> None:
    alone = step_by_step(np.eye(2), "ab", 1, "says", ("across", "down"), 1.0, 50)
    (trace,) = dressed(alone, "", "")["traces"]
    assert trace["showscale"] and trace["colorbar"].get("showticklabels", True)


def test_a_page_needs_no_network_and_holds_texts_as_texts() -> None:
    plain = figure(EVIL)
    page = as_html(plain, dressed(plain, EVIL, EVIL), EVIL, "en")
    assert len(page) > 1_000_000 and "plotly.js v" in page
    loaded = re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=[^>]*>", page[:2000] + page[-20_000:])
    assert loaded == [] and EVIL not in page
    assert 'html lang="en"' in page and "&lt;/script&gt;" in page
    assert "prefers-color-scheme: dark" in page
