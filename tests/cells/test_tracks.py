"""Tracks by example, and the units that go with them."""

from __future__ import annotations

import numpy as np
import pytest

from cells import CELLS, Network
from cells.trace import Trace
from cells.tracks import TRACKS, correlations, found, marked
from tests.cells.lively import lively

EXAMPLES = {
    "a − b": ("aabxb", [1, 2, 1, 1, 0]),
    "depth": ("a([{x}])", [0, 1, 2, 3, 3, 2, 1, 0]),
    "inside quotes": ('a"b" “c’s” «d»', [0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0]),
    "position": ("abc", [0, 1, 2]),
    "position in the line": ("ab\nc\n\nd", [0, 1, 2, 0, 1, 0, 0]),
    "vowel": ("aEÖxy7", [1, 1, 1, 0, 0, 0]),
    "capital": ("aBÇ7", [0, 1, 1, 0]),
}


@pytest.mark.parametrize("name", TRACKS)
def test_tracks_by_example(name):
    text, labels = EXAMPLES[name]
    np.testing.assert_array_equal(TRACKS[name](list(text)), labels)
    assert TRACKS[name]([]).shape == (0,)


def test_words_are_tokens_too():
    words = ["The", "a", "end", "\n", "ab"]
    np.testing.assert_array_equal(TRACKS["capital"](words), [1, 0, 0, 0, 0])
    np.testing.assert_array_equal(TRACKS["vowel"](words), [0, 1, 0, 0, 0])
    np.testing.assert_array_equal(TRACKS["a − b"](words), [0, 1, 1, 1, 1])
    np.testing.assert_array_equal(TRACKS["position in the line"](words), [0, 1, 2, 3, 0])


def test_marked_steps_are_a_class():
    np.testing.assert_array_equal(marked("abcd", {1, 3}), [0, 1, 0, 1])
    with pytest.raises(IndexError, match=r"choose 0\.\.3"):
        marked("abcd", {4})


@pytest.mark.parametrize("cell", CELLS)
def test_all_units_are_ranked_and_agree_with_numpy(cell):
    rng = np.random.default_rng(0)
    trace, track = (
        lively(Network.random(cell, 3, 4), 1.0).run(rng.normal(size=(40, 3))).layers[0].forward,
        rng.normal(size=40),
    )
    ranked = found(trace, track)
    assert {(one.symbol, one.unit) for one in ranked} == {(s, u) for s in trace.symbols for u in range(4)}
    sizes = [abs(one.r) for one in ranked]
    assert sizes == sorted(sizes, reverse=True)
    for one in ranked:
        expected = np.corrcoef(trace[one.symbol][:, one.unit], track)[0, 1]
        assert one.r == pytest.approx(expected, abs=1e-12)


def test_a_unit_that_goes_with_the_track_comes_first_and_what_never_moves_last():
    track = TRACKS["depth"]("((x)(y))z")
    still, noise = np.full(9, 0.1), 0.1 + 1e-17 * np.arange(9)
    h = np.stack((still, noise, 1e-30 * track, -3 * track + 5, np.arange(9.0)), axis=1)
    for dtype in ("float64", "float32"):
        ranked = found(Trace("made up", {"h": h.astype(dtype)}, h, {}), track)
        assert {one.unit for one in ranked[:2]} == {2, 3}
        assert [abs(one.r) for one in ranked[:2]] == pytest.approx([1, 1])
        assert [(one.unit, one.r) for one in ranked[3:]] == [(0, None), (1, None)]
        assert np.isnan(correlations(h.astype(dtype), np.ones(9))).all()


def test_a_track_of_another_length_is_refused():
    with pytest.raises(ValueError, match="3 steps and the trace 5"):
        found(Network.random("GRU", 3, 4).run(np.ones((5, 3))).layers[0].forward, np.zeros(3))
