"""A line of alterations says what it says: read, written, read again it is the same; nonsense is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import Alteration
from cells.alteration_text import parsed_alterations, written_alterations
from cells.altered_weights import ALTERS
from cells.edits import MOST

BLOCKS = ("b", "U", "W", "b.f", "U.u", "W.c", "b.hc", "U.h")
NONSENSE = (
    *("b", "b=", "=0", "V=1", "b.x=1", "b.F=1", "b.f=1;", ";b.f=1", "b.f=1;;U*0", " U*0", "U *0", "U*0\n"),
    *("b.f.0=1", "b.f.01=1", "b.f.=1", "b.f.-1=1", "b.f.99999=1", "b.f.3.f=1", "b.3.f=1", "b@3=1"),
    *("0:b=1", "b2:b=1", "b:=1", "b=nan", "b=inf", "b=1e7", "b=1e999", "b=1_0", "b=−1", "b=mean", "b=1,2"),
)


@st.composite
def alterations(draw, blocks=BLOCKS, units=9, layers=3):
    """An alteration of a network of these sizes."""
    places = draw(st.none() | st.sets(st.integers(0, units - 1), min_size=1))
    return Alteration(
        draw(st.sampled_from(blocks)),
        places and tuple(sorted(places)),
        draw(st.sampled_from(ALTERS)),
        draw(st.floats(-3, 3)) + 0.0,
        draw(st.integers(1, layers)),
        draw(st.sampled_from(["forward", "backward"])),
    )


lines = st.lists(
    st.tuples(
        st.sampled_from(["", "2:", "b:", "3b:", "1:", "0:"]),
        st.sampled_from([*BLOCKS, "b.x", ""]),
        st.sampled_from(["", ".1", ".3.2", ".2.2", ".0"]),
        st.sampled_from(["=", "+", "*", " ", "-", ""]),
        st.floats(-2e6, 2e6).map(repr) | st.sampled_from(["0", "-.5", "1.", "1e5", "1e-7", ""]),
    ).map("".join),
    max_size=4,
).map(";".join)


@given(st.lists(alterations(), max_size=16))
def test_what_is_written_is_read_again(those):
    assert parsed_alterations(written_alterations(those)) == tuple(those)


@given(lines)
def test_a_line_that_is_read_has_one_way_to_be_written(line):
    those = parsed_alterations(line)
    if those is not None:
        again = written_alterations(those)
        assert parsed_alterations(again) == those
        assert written_alterations(parsed_alterations(again)) == again
        assert len(those) == (line.count(";") + 1 if line else 0)


def test_the_letters_of_a_line():
    assert parsed_alterations("b.f.3=2.5;U*0;2b:W.i.1.4+-1") == (
        Alteration("b.f", (2,), "set", 2.5),
        Alteration("U", None, "scale", 0.0),
        Alteration("W.i", (0, 3), "add", -1.0, 2, "backward"),
    )
    assert parsed_alterations("b 1") == parsed_alterations("b+1")  # a + of an address that was typed by hand
    assert parsed_alterations("b:b.f=1") == (Alteration("b.f", None, "set", 1.0, 1, "backward"),)


@pytest.mark.parametrize("line", NONSENSE)
def test_nonsense_is_refused(line):
    assert parsed_alterations(line) is None


def test_there_is_an_end_to_alterations():
    full = ";".join(["U*0"] * MOST)
    assert len(parsed_alterations(full)) == MOST and parsed_alterations(f"{full};U*0") is None
