"""A link and a session hold the same view; what makes no sense falls back and is named."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.networks import CATALOGUE
from ui.state import FIELDS, LONGEST_LINK, Between, Field, OneOf, Selection, Some, Text, fitted, from_link


def values(field: Field) -> st.SearchStrategy[object]:
    match field:
        case OneOf(options):
            return st.sampled_from(options)
        case Between(low, high):
            return st.integers(low, high)
        case Some(options):
            return st.sets(st.sampled_from(options)).map(
                lambda chosen: tuple(option for option in options if option in chosen)
            )
        case Text():
            return st.text(max_size=60)


RAW = st.builds(Selection, **{name: values(field) for name, field in FIELDS.items()})
SELECTIONS = RAW.map(lambda selection: fitted(selection)[0])


def query(link: str) -> dict[str, str]:
    return dict(parse_qsl(link, keep_blank_values=True, strict_parsing=bool(link)))


def test_a_selection_has_one_field_for_each_name_in_a_link() -> None:
    assert [field.name for field in fields(Selection)] == list(FIELDS)


def test_the_usual_view_makes_sense_and_has_an_empty_link() -> None:
    usual = Selection()
    assert fitted(usual) == (usual, ())
    assert usual.link() == ""
    for name, field in FIELDS.items():
        value = getattr(usual, name)
        assert field.parse(",".join(value) if isinstance(value, tuple) else str(value)) == value


@given(SELECTIONS)
def test_a_link_restores_the_view(selection: Selection) -> None:
    usual = Selection()
    restored, faults = from_link(query(selection.link()), usual)
    assert faults == ()
    assert restored == replace(selection, step=usual.step, unit=usual.unit)


@given(SELECTIONS, st.integers(1, 100_000), st.integers(1, 128))
def test_step_and_unit_of_a_link_are_read(selection: Selection, step: int, unit: int) -> None:
    asked = {**query(selection.link()), "step": str(step), "unit": str(unit)}
    restored, _ = from_link(asked, Selection())
    assert (restored.step, restored.unit) == (step, unit)


@given(SELECTIONS)
def test_a_links_parts_do_not_hang_on_the_view_it_is_opened_in(selection: Selection) -> None:
    chosen = {
        name: ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in asdict(selection).items()
        if value != ()
    }
    assert from_link(chosen, Selection(lang="zh", network="random")) == from_link(chosen, Selection())


NONSENSE = {
    OneOf: ("☃", " LSTM", "lstm", "counter,latch"),
    Between: ("", "0", "-1", "1.5", "1e2", "0x3", "٣", "²", "1_0", " 5", "9" * 5000),
    Some: ("☃", "f,☃", "f;i", ","),
    Text: ("x" * 100_001,),
}
ODD = [(name, written) for name, field in FIELDS.items() for written in NONSENSE[type(field)]]


@pytest.mark.parametrize(("name", "written"), ODD, ids=lambda value: value[:12])
def test_nonsense_falls_back_and_is_named(name: str, written: str) -> None:
    field = FIELDS[name]
    if isinstance(field, Between) and field.low == 0 and written == "0":
        written = "-0"
    usual = Selection(network="random", text="kept")
    assert from_link({name: written, "text": "kept"} | {name: written}, usual) == (usual, (name,))


@given(SELECTIONS, st.sets(st.sampled_from(list(FIELDS)), min_size=1))
def test_nonsense_spoils_no_other_part(selection: Selection, spoiled: set[str]) -> None:
    link = query(selection.link())
    _, faults = from_link({**link, **{name: NONSENSE[type(FIELDS[name])][0] for name in spoiled}}, selection)
    assert set(faults) <= spoiled
    assert {name for name in spoiled if not isinstance(FIELDS[name], Text)} <= {*faults, "text"}


@given(st.text(min_size=1).filter(lambda name: name not in FIELDS))
def test_an_unknown_part_is_named(name: str) -> None:
    assert from_link({name: "1"}, Selection()) == (Selection(), (name,))


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ({"network": "counter", "cell": "GRU"}, ("cell",)),
        ({"network": "latch", "mode": "numbers"}, ("mode",)),
        ({"network": "random", "layers": "2", "layer": "3"}, ("layer",)),
        ({"network": "random", "direction": "backward"}, ("direction",)),
        ({"network": "counter", "layers": "3", "layer": "3", "directions": "2"}, ("layer",)),
    ],
)
def test_parts_of_a_link_that_contradict_each_other_are_named(
    link: dict[str, str], named: tuple[str, ...]
) -> None:
    assert from_link(link, Selection())[1] == named


@given(RAW)
def test_a_fitted_selection_contradicts_itself_nowhere(selection: Selection) -> None:
    right, named = fitted(selection)
    story = CATALOGUE[right.network]
    assert right.cell in story.cells
    assert right.mode in story.modes
    assert right.layer <= (right.layers if story.shaped else 1)
    assert right.direction == "forward" or (story.shaped and right.directions == 2)
    assert fitted(right) == (right, ())
    assert set(named) == {name for name in FIELDS if getattr(right, name) != getattr(selection, name)}


@given(SELECTIONS, st.integers(LONGEST_LINK + 1, LONGEST_LINK + 50))
def test_a_long_text_is_not_in_the_link_and_everything_else_is(selection: Selection, length: int) -> None:
    long = replace(selection, text="y" * length)
    assert "text" not in query(long.link())
    restored, _ = from_link(query(long.link()), Selection())
    assert replace(restored, text=selection.text) == from_link(query(selection.link()), Selection())[0]


@pytest.mark.parametrize("letter", ["a", " ", "é", "长", "👨‍👩‍👧‍👦"])
def test_a_link_fits_in_the_request_line_of_a_web_server(letter: str) -> None:
    """nginx and Apache take 8,190 bytes; in a link, a letter outside ASCII takes six bytes and more."""
    for length in (100, 1000, LONGEST_LINK):
        assert len(Selection(text=(letter * length)[:length]).link()) < 8000
