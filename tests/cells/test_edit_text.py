"""A line of edits says what it says: read, written and read again it is the same; nonsense is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import Edit
from cells.edit_text import LARGEST, LONGEST, parsed, shortest, written
from cells.edits import MOST

SYMBOLS = ("f", "i", "o", "u", "r", "c_tilde", "c", "h")
ODD = (
    *("", ";", "f", "f=", "=0", "x=1", "g=1", "F=1", "f=0;", ";f=0", "f=0;;u=1", " f=0", "f =0", "f=0\n"),
    *("f.0=1", "f.01=1", "f.=1", "f.1.=1", "f.-1=1", "f.99999=1", "f.1,2=0", "f..1=0", "f.٣=0", "f.1.1=0"),
    *("f@=1", "f@0=1", "f@-5=1", "f@5-4=1", "f@5--6=1", "f@1234567=1", "f@5-5=1", "f@1-=1", "f@1=1"),
    *("0:f=1", "b2:f=1", "1b:f=1", "1:f=1", ":f=1", "100:f=1", "2f=1", "bf=1", "2b:c_tilde.3@4=mean"),
    *("f=nan", "f=NaN", "f=inf", "f=Infinity", "f=1e7", "f=-1e7", "f=1e999", "f=1000000", "f=1000000.1"),
    *("f=1e-999", "f=1_0", "f=0x1", "f=１", "f=−1", "f=+1", "f+1", "f+-1", "f 1", "f-1", "f*2", "f/2"),
    *("f=.5", "f=5.", "f=.", "f=1e", "f=1e+2", "f=1E2", "f=1e2", "f=-0", "f=00.50", "f=mean", "f+mean"),
    *("c.2.1=.5,-1", "c=1,2", "c.1=1,2", "c.1.2=1", "c.1.1=1,2", "c.1.2+1,2"),
    *("c.1.2=1,", "c.1.2=1,nan", "c.1.2=1,2e6", "c.1.2=,1", "c.1.2.3=1,2"),
    *("f=0.000001", "f=0.0000009", "f=123456.789", "f=1e-7", "f=--1", "f=Mean", "\ud800=1", "f=" + "9" * 400),
)  # fmt: skip


@st.composite
def edits_of(draw, symbols=SYMBOLS, units=9, steps=12, layers=3, both=True):
    """An edit of a network and a text of these sizes: none makes numbers grow from step to step."""
    first = draw(st.integers(0, steps - 1))
    how = draw(st.sampled_from(["set", "add", "scale", "mean"]))
    places = draw(
        st.none() | st.sets(st.integers(0, units - 1), min_size=1).map(lambda found: tuple(sorted(found)))
    )
    value: float | tuple[float, ...] = 0.0 if how == "mean" else draw(st.floats(-1, 1))
    if how == "set" and places and len(places) > 1 and draw(st.booleans()):
        value = tuple(draw(st.lists(st.floats(-1, 1), min_size=len(places), max_size=len(places))))
    return Edit(
        draw(st.sampled_from(symbols)),
        places,
        draw(st.none() | st.tuples(st.just(first), st.none() | st.integers(first, steps - 1))),
        how,
        value,
        draw(st.integers(1, layers)),
        draw(st.sampled_from(["forward", "backward"])) if both else "forward",
    )


# Lines that are nearly right: what is joined makes sense or doesn't.
lines = st.lists(
    st.tuples(
        st.sampled_from(["", "2:", "b:", "3b:", "1:", "0:"]),
        st.sampled_from([*SYMBOLS, "x", ""]),
        st.sampled_from(["", ".1", ".3.2", ".2.2", ".0", "."]),
        st.sampled_from(["", "@1", "@1-", "@5-9", "@9-5", "@3-3", "@", "@0"]),
        st.sampled_from(["=", "+", "*", " ", "-", ""]),
        st.floats(-2e6, 2e6).map(repr) | st.sampled_from(["mean", "0", "-.5", "1.", "1e5", "1e-7", ""]),
    ).map("".join),
    max_size=4,
).map(";".join)


def plain(edit: Edit) -> Edit:
    """The same edit as a line says it."""
    steps = None if edit.steps == (0, None) else edit.steps
    several = isinstance(edit.value, tuple)
    value = tuple(one + 0.0 for one in edit.value) if several else edit.value + 0.0
    return replace(edit, steps=steps, value=value)


@given(st.lists(edits_of(), max_size=16))
def test_what_is_written_is_read_again(edits):
    assert parsed(written(edits)) == tuple(map(plain, edits))


@given(lines)
def test_a_line_that_is_read_has_one_way_to_be_written(line):
    edits = parsed(line)
    if edits is not None:
        again = written(edits)
        assert parsed(again) == edits and written(parsed(again)) == again
        assert len(edits) == (line.count(";") + 1 if line else 0)


def test_the_letters_of_a_line():
    assert parsed("f.3@5-9=0;u@2=1;2b:i=mean") == (
        Edit("f", (2,), (4, 8)),
        Edit("u", None, (1, 1), value=1.0),
        Edit("i", None, None, "mean", 0.0, 2, "backward"),
    )
    assert parsed("b:h.2.9@5-*-0.5;c+.25") == (
        Edit("h", (1, 8), (4, None), "scale", -0.5, 1, "backward"),
        Edit("c", None, None, "add", 0.25),
    )
    assert parsed("c 0.25") == parsed("c+0.25")  # a + of an address that was typed by hand
    assert written([Edit("c", (3, 1), (0, None), "add", -1.0)]) == "c.2.4+-1"


@pytest.mark.parametrize("line", ODD)
def test_nonsense_is_refused_and_sense_is_not(line):
    sense = {
        *("", "f.1.1=0", "f@5-5=1", "f@1-=1", "f@1=1", "1b:f=1", "1:f=1", ":f=1", "2b:c_tilde.3@4=mean"),
        *("f=1000000", "f=1e-999", "f+1", "f+-1", "f 1", "f*2", "f=.5", "f=5.", "f=1e2", "f=-0", "f=00.50"),
        *("c.2.1=.5,-1", "c.1.2=1", "f=mean", "f=0.000001", "f=0.0000009", "f=123456.789", "f=1e-7"),
    }
    assert (parsed(line) is not None) == (line in sense)


def test_there_is_an_end_to_edits_letters_and_values():
    full = ";".join(["f=0"] * MOST)
    assert len(parsed(full)) == MOST and parsed(f"{full};f=0") is None
    long = f"f=0.{'1' * (LONGEST - 4)}"
    assert parsed(long) is not None and parsed(f"{long}1") is None
    assert parsed(f"f={shortest(LARGEST)}") is not None and parsed("f=1000000.0000001") is None


@given(st.floats(-LARGEST, LARGEST))
def test_no_number_loses_a_digit(value):
    assert float(shortest(value)) == value
    assert len(shortest(value)) <= len(repr(value)) + 3
