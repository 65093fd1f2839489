"""A link and a session hold the same view; what makes no sense falls back and is named."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import shipped
from cells.handbuilt import HANDBUILT
from cells.tracks import TRACKS
from ui.networks.defaults import (
    FIELDS,
    LONGEST_LINK,
    Between,
    Field,
    OneOf,
    Selection,
    Some,
    Text,
    fitted,
    from_link,
    home,
    told,
)
from ui.networks.registry import CATALOGUE, opening_unit


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
        case Text(most):
            return st.text(max_size=min(60, most))


RAW = st.builds(Selection, **{name: values(field) for name, field in FIELDS.items()})
SELECTIONS = RAW.map(lambda selection: fitted(selection)[0])


def query(link: str) -> dict[str, str]:
    return dict(parse_qsl(link, keep_blank_values=True, strict_parsing=bool(link)))


def test_a_selection_has_one_field_for_each_name_in_a_link() -> None:
    assert [field.name for field in fields(Selection)] == list(FIELDS)


@pytest.mark.parametrize("network", CATALOGUE)
def test_the_usual_view_of_a_network_makes_sense_and_is_its_name_alone(network: str) -> None:
    usual = home(network)
    assert fitted(usual) == (usual, ())
    assert (usual.mode, usual.text) == CATALOGUE[network].examples[0]
    assert usual.unit == opening_unit(usual)
    assert query(usual.link()) == ({"network": network} if network != Selection().network else {})
    assert from_link({"network": network}, Selection()) == (usual, ())


def test_an_empty_link_is_the_usual_view_of_the_trained_counter() -> None:
    usual, faults = from_link({}, Selection())
    assert (usual, faults) == (home("count10"), ())
    assert usual.link() == ""
    for name, field in FIELDS.items():
        value = getattr(usual, name)
        assert field.parse(",".join(value) if isinstance(value, tuple) else str(value)) == value


@given(SELECTIONS)
def test_a_link_restores_the_view(selection: Selection) -> None:
    restored, faults = from_link(query(selection.link()), Selection())
    assert faults == ()
    assert restored == replace(selection, step=home(selection.network).step, unit=opening_unit(selection))


@pytest.mark.parametrize(
    ("network", "model"), [(name, model) for name, story in CATALOGUE.items() for model in story.siblings]
)
def test_a_link_without_a_unit_goes_to_the_models_telling_one(network: str, model: str) -> None:
    asked = {"network": network, "model": model}
    restored, faults = from_link(asked, Selection())
    assert (restored.model, restored.unit, faults) == (model, shipped.card(model).unit, ())
    assert (restored.mode, restored.text) == CATALOGUE[network].examples[0]
    assert from_link({**asked, "unit": "2"}, Selection())[0] == replace(restored, unit=2)
    assert from_link({**asked, "unit": "two"}, Selection()) == (restored, ("unit",))


def test_the_latch_opens_at_the_unit_of_the_first_letter() -> None:
    for text, name in (("gates", "g"), ("remember", "r"), ("!", "a")):
        selection, _ = from_link({"network": "latch", "text": text}, Selection())
        assert HANDBUILT["latch"](40).unit_names[selection.unit - 1] == name


@given(RAW)
def test_a_link_without_a_unit_goes_to_the_telling_one_of_what_is_shown(selection: Selection) -> None:
    """Also where the link names a model of another network."""
    asked = {"network": selection.network, "model": selection.model, "text": selection.text}
    restored, _ = from_link(asked, Selection())
    assert restored.unit == opening_unit(restored)


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
    # The rest is kept; a text that is nonsense gives way to the network's first example.
    usual = replace(home("random"), **({} if name == "text" else {"text": "kept"}))
    assert from_link({"text": "kept"} | {name: written}, home("random")) == (usual, (name,))


@given(SELECTIONS, st.sets(st.sampled_from(list(FIELDS)), min_size=1))
def test_nonsense_spoils_no_other_part(selection: Selection, spoiled: set[str]) -> None:
    link = query(selection.link())
    _, faults = from_link({**link, **{name: NONSENSE[type(FIELDS[name])][0] for name in spoiled}}, selection)
    # A layer or a direction that is there no longer, once how many there are fell back, is named too.
    hanging = {"layers": "layer", "directions": "direction", "model": "direction"}
    assert set(faults) <= spoiled | {hanging[name] for name in spoiled & set(hanging)}
    assert {name for name in spoiled if not isinstance(FIELDS[name], Text)} <= {*faults, "text"}


@given(st.text(min_size=1).filter(lambda name: name not in FIELDS))
def test_an_unknown_part_is_named(name: str) -> None:
    assert from_link({name: "1"}, Selection()) == (home(Selection().network), (name,))


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ({"network": "counter", "cell": "GRU"}, ("cell",)),
        ({"network": "latch", "mode": "numbers"}, ("mode",)),
        ({"network": "names", "cell": "LSTM"}, ("cell",)),
        ({"network": "names", "model": "count10-gru"}, ("model",)),
        ({"network": "names", "mode": "marked"}, ("mode",)),
        ({"network": "tags", "model": "tags-lstm", "direction": "backward"}, ("direction",)),
        ({"network": "tags", "model": "tags-bilstm", "direction": "backward"}, ()),
        ({"network": "g2p", "cell": "GRU"}, ("cell",)),
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
    assert right.mode in story.modes
    assert right.layer <= (right.layers if story.shaped else 1)
    if story.siblings:
        card = shipped.card(right.model)
        assert right.model in story.siblings
        assert right.cell == card.cell
        assert right.direction == "forward" or card.bidirectional
    else:
        assert right.cell in story.cells
        assert right.direction == "forward" or (story.shaped and right.directions == 2)
    assert fitted(right) == (right, ())
    assert set(named) == {name for name in FIELDS if getattr(right, name) != getattr(selection, name)}


@given(SELECTIONS, st.sampled_from(list(CATALOGUE)))
def test_another_network_is_told_by_its_first_example_and_telling_unit(
    selection: Selection, network: str
) -> None:
    after = told(selection, network)
    assert fitted(after) == (after, ())
    assert (after.network, after.twin, after.start, after.large) == (network, 0, 1, "")
    assert (after.mode, after.text) == CATALOGUE[network].examples[0]
    assert after.unit == opening_unit(after)
    assert after.track == {"count10": "a − b", "counter": "a − b", "brackets": "depth"}.get(
        network, after.track
    )
    assert after.track in TRACKS or (after.track == "answer" and after.answer)
    kept = {name for name in FIELDS if getattr(after, name) != getattr(selection, name)}
    assert kept <= {
        "network", "model", "mode", "text", "twin", "cell", "layer", "direction", "start", "step", "large",
        "unit", "compare", "lead", "track", "answer",
    }  # fmt: skip


@given(SELECTIONS, st.integers(LONGEST_LINK + 1, LONGEST_LINK + 50))
def test_a_long_text_is_not_in_the_link_and_everything_else_is(selection: Selection, length: int) -> None:
    long = replace(selection, text="y" * length)
    assert "text" not in query(long.link())
    restored, _ = from_link(query(long.link()), Selection())
    usual = from_link(query(selection.link()), Selection())[0]
    assert replace(restored, text=selection.text, unit=usual.unit) == usual  # the unit may hang on the text


@pytest.mark.parametrize("letter", ["a", " ", "é", "长", "👨‍👩‍👧‍👦"])
def test_a_link_fits_in_the_request_line_of_a_web_server(letter: str) -> None:
    """nginx and Apache take 8,190 bytes; in a link, a letter outside ASCII takes six bytes and more."""
    for length in (100, 1000, LONGEST_LINK):
        assert len(Selection(text=(letter * length)[:length]).link()) < 8000


def test_the_finder_begins_with_the_answer_that_the_telling_unit_goes_with() -> None:
    assert [(home(name).track, home(name).answer) for name in ("tags", "names", "random")] == [
        ("answer", "PUNCT"),
        ("answer", "Polish"),
        ("position", ""),
    ]
    asked, faults = from_link({"network": "tags", "answer": "NOUN"}, Selection())
    assert (asked.answer, faults) == ("NOUN", ())
    for query in ({"network": "tags", "answer": "noun?"}, {"network": "random", "track": "answer"}):
        asked, faults = from_link(query, Selection())
        assert (asked.answer, asked.track) == (home(asked.network).answer, home(asked.network).track)
        assert set(faults) == {*query} - {"network"}
