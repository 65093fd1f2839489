"""Of the edits that were chosen, those are in force that a network and a text have room for; none is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import CELLS, Edit, Network
from cells.edit_text import parsed, written
from cells.edits import check_edits
from tests.cells.test_edit_text import edits_of
from ui.networks.defaults import default_view
from ui.selection.edits import fitted
from ui.selection.records import Selection
from ui.session.chosen import Chosen, chosen

NETWORKS = {
    (cell, layers, both): Network.random(cell, 2, 4, layers, both)
    for cell in CELLS
    for layers in (1, 2)
    for both in (False, True)
}


def held(edit):
    """What each of the named units is held at; of all units the value under None."""
    several = edit.value if isinstance(edit.value, tuple) else [edit.value] * len(edit.units or [None])
    return dict(zip(edit.units or [None], several, strict=True))


@given(st.sampled_from(list(NETWORKS)), st.integers(1, 20), st.lists(edits_of(steps=20), max_size=8))
def test_what_is_in_force_can_be_made_and_the_rest_says_why(shape, steps, edits):
    cell, layers, both = shape
    network = NETWORKS[shape]
    found = fitted(edits, network, steps)
    check_edits(found.in_force, cell, network.layers, steps)
    assert parsed(found.line) is not None
    places = dict.fromkeys(why for _, why, *_ in found.resting)
    assert set(places) <= {"symbol", "layer", "direction", "unit", "step"}
    for edit in edits:
        here = (
            edit.symbol in CELLS[cell].symbols
            and edit.layer <= layers
            and (both or edit.direction == "forward")
            and (edit.steps is None or edit.steps[0] < steps)
        )
        units = [unit for unit in edit.units or range(4) if unit < 4]
        fits = here and bool(units)
        assert fits == any(
            (one.symbol, one.layer, one.direction, one.how)
            == (edit.symbol, edit.layer, edit.direction, edit.how)
            and (one.steps or (0,))[0] == (edit.steps or (0,))[0]
            and held(one).items() <= held(edit).items()
            and (one.units is None) == (edit.units is None)
            and (one.units is None or list(one.units) == units)
            for one in found.in_force
        )
        whole = here and (edit.units is None or len(units) == len(edit.units))
        assert whole or any(
            replace(rests.edit, units=None, value=0.0) == replace(edit, units=None, value=0.0)
            and held(rests.edit).items() <= held(edit).items()
            for rests in found.resting
        )


@given(st.sampled_from(list(NETWORKS)), st.integers(1, 20), st.lists(edits_of(steps=20), max_size=8))
def test_what_fits_wholly_is_in_force_as_it_is(shape, steps, edits):
    network = NETWORKS[shape]
    once = fitted(edits, network, steps).in_force
    assert fitted(once, network, steps) == replace(fitted((), network, steps), in_force=once)


@pytest.mark.parametrize(
    ("line", "in_force", "why"),
    [
        ("f.3=0", "f.3=0", []),
        ("f.3.9.11=0", "f.3=0", [("unit", "9, 11", "4")]),
        ("f.9=0", "", [("unit", "9", "4")]),
        ("f@2-30=0", "f@2-5=0", []),
        ("f@2-=0", "f@2-=0", []),
        ("f@6-=0", "", [("step", "6", "5")]),
        ("f@6=0", "", [("step", "6", "5")]),
        ("u=0;f=0", "f=0", [("symbol", "u", "LSTM")]),
        ("2:f=0", "", [("layer", "2", "1")]),
        ("b:f=0", "", [("direction", "", "")]),
        ("f=0;f.2=1;f.2=0", "f=0;f.2=1;f.2=0", []),
    ],
)
def test_what_is_lacking_is_named(line, in_force, why):
    found = fitted(parsed(line), NETWORKS["LSTM", 1, False], 5)
    assert found.line == in_force
    assert [tuple(rests)[1:] for rests in found.resting] == why
    if why and why[0][0] == "unit":
        assert written([found.resting[0].edit]) == line.replace("f.3.", "f.")


def of(selection: Selection) -> Chosen:
    return chosen(selection)


def test_edits_stay_in_the_link_where_they_rest():
    usual = default_view("count10")
    line = "u=0;f.99=1;f@9999-=0;3b:h=mean"
    one = of(usual.but(edit=line))
    assert one.edits.in_force == () and len(one.edits.resting) == 4
    assert "edit=u%3D0%3Bf.99" in one.link


def test_a_network_that_translates_cannot_be_edited():
    one = of(default_view("g2p").but(edit="h=0"))
    assert one.edits.in_force == () and [rests.why for rests in one.edits.resting] == ["network"]
    assert one.run() is one.unedited.run()


@pytest.mark.parametrize("text", ["", "x" * 3])
def test_where_there_is_no_text_or_no_edit_nothing_is_in_force(text):
    one = of(default_view("random").but(text=text, edit="" if text else "h=0"))
    assert (one.edits.in_force, one.edits.resting) == ((), ())


def test_the_unedited_is_the_same_view_without_its_edits():
    one = of(default_view("count10").but(edit="f=0"))
    assert one.edits.in_force == (Edit("f"),)
    assert one.unedited.edits.in_force == () and one.unedited.link == one.link
    assert one.but(step=2).unedited.but(step=3).edits.in_force == ()
