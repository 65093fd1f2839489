"""A link and a session hold the same view; what makes no sense falls back and is named."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import shipped
from cells.alteration_text import written_alterations
from cells.edit_text import written
from cells.handbuilt import HANDBUILT
from cells.tracks import TRACKS
from cells.training.offered import PRESETS, TASKS_OFFERED, default
from cells.training.written import written as written_recipe
from tests.cells.test_alteration_text import alterations
from tests.cells.test_edit_text import edits_of
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import KNOWN, default_view, made_consistent, parsed, with_network
from ui.networks.registry import resolve
from ui.runs.link import LONGEST, from_link, link_of
from ui.selection.fields import (
    BREAKS,
    AlterationLine,
    Between,
    EditLine,
    Lines,
    Name,
    Names,
    OneOf,
    RecipeLine,
    Some,
    Text,
)
from ui.selection.records import PARTS, Selection

TRAINED = [*map(default, TASKS_OFFERED), *(preset.recipe for preset in PRESETS.values())]


def values(name: str) -> st.SearchStrategy[object]:
    match PARTS[name].parser:
        case Name():
            return st.sampled_from(KNOWN[name])
        case Names():
            return st.sets(st.sampled_from(KNOWN[name])).map(
                lambda chosen: tuple(option for option in KNOWN[name] if option in chosen)
            )
        case OneOf(options):
            return st.sampled_from(options)
        case Between(low, high):
            return st.integers(low, high)
        case Some(options):
            return st.sets(st.sampled_from(options)).map(
                lambda chosen: tuple(option for option in options if option in chosen)
            )
        case Lines(most):
            return st.text(max_size=min(60, most)).map(lambda text: BREAKS.sub("\n", text))
        case Text(most):
            return st.text(max_size=min(60, most))
        case EditLine():
            return st.lists(edits_of(), max_size=5).map(written)
        case AlterationLine():
            return st.lists(alterations(), max_size=5).map(written_alterations)
        case RecipeLine(spare):
            return st.sampled_from([*map(written_recipe, TRAINED), *([""] if spare else [])])


RAW = st.fixed_dictionaries({name: values(name) for name in PARTS}).map(
    lambda parts: Selection().but(**parts)
)
SELECTIONS = RAW.map(lambda selection: made_consistent(selection)[0])


def opening_unit(selection: Selection) -> int:
    return resolve(selection.network).opening_unit(selection.text.text)


def query(link: str) -> dict[str, str]:
    return dict(parse_qsl(link, keep_blank_values=True, strict_parsing=bool(link)))


def test_every_field_of_every_record_has_one_name_in_a_link() -> None:
    def count(record: object) -> int:
        parts = [getattr(record, field.name) for field in fields(record)]
        return sum(count(part) if is_dataclass(part) else 1 for part in parts)

    assert len({part.path for part in PARTS.values()}) == len(PARTS) == count(Selection())


def test_a_name_in_a_link_stands_for_one_part() -> None:
    plain = Selection().flat()
    for name, part in PARTS.items():
        other = Selection().but(**{name: "☃"})
        assert part.of(other) == other.flat()[name] == "☃"
        assert other.but(**{name: plain[name]}) == Selection()
        assert [one for one in PARTS if other.flat()[one] != plain[one]] == [name]


@pytest.mark.parametrize("network", CATALOGUE)
def test_the_usual_view_of_a_network_makes_sense_and_is_its_name_alone(network: str) -> None:
    usual = default_view(network)
    assert made_consistent(usual) == (usual, ())
    assert (usual.network.mode, usual.text.text) == CATALOGUE[network].examples[0]
    assert usual.at.unit == opening_unit(usual)
    assert query(link_of(usual)) == ({"network": network} if network != Selection().network.network else {})
    assert from_link({"network": network}, Selection()) == (usual, ())


def test_an_empty_link_is_the_usual_view_of_the_trained_counter() -> None:
    usual, faults = from_link({}, Selection())
    assert (usual, faults) == (default_view("count10"), ())
    assert link_of(usual) == ""
    for part in PARTS.values():
        value = part.of(usual)
        assert part.parser.parse(",".join(value) if isinstance(value, tuple) else str(value)) == value


@given(SELECTIONS)
def test_a_link_restores_the_view(selection: Selection) -> None:
    restored, faults = from_link(query(link_of(selection)), Selection())
    assert faults == ()
    assert restored == selection.but(
        step=default_view(selection.network.network).at.step, unit=opening_unit(selection)
    )


@pytest.mark.parametrize(
    ("network", "model"), [(name, model) for name, story in CATALOGUE.items() for model in story.siblings]
)
def test_a_link_without_a_unit_goes_to_the_models_telling_one(network: str, model: str) -> None:
    asked = {"network": network, "model": model}
    restored, faults = from_link(asked, Selection())
    assert (restored.network.model, restored.at.unit, faults) == (model, shipped.card(model).unit, ())
    assert (restored.network.mode, restored.text.text) == CATALOGUE[network].examples[0]
    assert from_link({**asked, "unit": "2"}, Selection())[0] == restored.but(unit=2)
    assert from_link({**asked, "unit": "two"}, Selection()) == (restored, ("unit",))


def test_the_latch_opens_at_the_unit_of_the_first_letter() -> None:
    for text, name in (("gates", "g"), ("remember", "r"), ("!", "a")):
        selection, _ = from_link({"network": "latch", "text": text}, Selection())
        assert HANDBUILT["latch"](40).unit_names[selection.at.unit - 1] == name


@given(RAW)
def test_a_link_without_a_unit_goes_to_the_telling_one_of_what_is_shown(selection: Selection) -> None:
    """Also where the link names a model of another network."""
    asked = {
        "network": selection.network.network,
        "model": selection.network.model,
        "text": selection.text.text,
    }
    restored, _ = from_link(asked, Selection())
    assert restored.at.unit == opening_unit(restored)


@given(SELECTIONS, st.integers(1, 100_000), st.integers(1, 128))
def test_step_and_unit_of_a_link_are_read(selection: Selection, step: int, unit: int) -> None:
    asked = {**query(link_of(selection)), "step": str(step), "unit": str(unit)}
    restored, _ = from_link(asked, Selection())
    assert (restored.at.step, restored.at.unit) == (step, unit)


@given(SELECTIONS)
def test_a_links_parts_do_not_hang_on_the_view_it_is_opened_in(selection: Selection) -> None:
    chosen = {
        name: ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in selection.flat().items()
        if value != ()
    }
    assert from_link(chosen, Selection().but(lang="zh", network="random")) == from_link(chosen, Selection())


NONSENSE = {
    **dict.fromkeys((OneOf, Name), ("☃", " LSTM", "lstm", "counter,latch")),
    Between: ("", "0", "-1", "1.5", "1e2", "0x3", "٣", "²", "1_0", " 5", "9" * 5000),
    **dict.fromkeys((Some, Names), ("☃", "f,☃", "f;i", ",")),
    Text: ("x" * 100_001,),
    Lines: ("x" * 100_001,),
    EditLine: ("☃", "f", "f=nan", "f=1e7", "x=1", "f.0=1", "f@9-5=1", "f=0;", ";".join(["f=0"] * 65)),
    AlterationLine: (
        "☃",
        "b",
        "b.f",
        "b.x=1",
        "b=nan",
        "U=1e7",
        "b.f.0=1",
        "U=mean",
        "U*0;",
        ";".join(["U*0"] * 65),
    ),
    RecipeLine: (
        "☃",
        "count10",
        "count10.LSTM.units=0",
        "count10.LSTM.seed=x",
        "tags.LSTM",
        "first.LSTM.lag=9",
    ),
}
ODD = [(name, written) for name, part in PARTS.items() for written in NONSENSE[type(part.parser)]]


@pytest.mark.parametrize(("name", "written"), ODD, ids=lambda value: value[:12])
def test_nonsense_falls_back_and_is_named(name: str, written: str) -> None:
    field = PARTS[name].parser
    if isinstance(field, Between) and field.low == 0 and written == "0":
        written = "-0"
    # The rest is kept; a text that is nonsense gives way to the network's first example.
    usual = default_view("random").but(**({} if name == "text" else {"text": "kept"}))
    assert from_link({"text": "kept"} | {name: written}, default_view("random")) == (usual, (name,))


@given(SELECTIONS, st.sets(st.sampled_from(list(PARTS)), min_size=1))
def test_nonsense_spoils_no_other_part(selection: Selection, spoiled: set[str]) -> None:
    link = query(link_of(selection))
    _, faults = from_link(
        {**link, **{name: NONSENSE[type(PARTS[name].parser)][0] for name in spoiled}}, selection
    )
    # What is there no longer, once another part fell back, is named too: a layer, a direction, the lead.
    hanging = {"layers": "layer", "directions": "direction", "model": "direction", "compare": "lead"}
    assert set(faults) <= spoiled | {hanging[name] for name in spoiled & set(hanging)}
    assert {name for name in spoiled if not isinstance(PARTS[name].parser, Text)} <= {*faults, "text"}


@given(st.text(min_size=1).filter(lambda name: name not in PARTS))
def test_a_name_that_no_view_has_is_somebody_elses(name: str) -> None:
    """As fbclid or utm_source, which mail programs and social networks add."""
    assert from_link({name: "1"}, Selection()) == (default_view(Selection().network.network), ())


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
    right, named = made_consistent(selection)
    story = CATALOGUE[right.network.network]
    assert right.network.mode in story.modes
    assert right.at.layer <= (right.network.layers if story.shaped else 1)
    if story.siblings:
        card = shipped.card(right.network.model)
        assert right.network.model in story.siblings
        assert right.network.cell == card.cell
        assert right.at.direction == "forward" or card.bidirectional
    else:
        assert right.network.cell in story.cells
        assert right.at.direction == "forward" or (story.shaped and right.network.directions == 2)
    assert made_consistent(right) == (right, ())
    assert set(named) == {name for name, part in PARTS.items() if part.of(right) != part.of(selection)}


@given(SELECTIONS, st.sampled_from(list(CATALOGUE)))
def test_another_network_is_told_by_its_first_example_and_telling_unit(
    selection: Selection, network: str
) -> None:
    after = with_network(selection, network)
    assert made_consistent(after) == (after, ())
    assert (after.network.network, after.network.twin, after.text.start, after.display.large) == (
        network,
        0,
        1,
        "",
    )
    assert (after.edits.written, after.network.checkpoint) == ("", "trained")
    assert (after.network.mode, after.text.text) == CATALOGUE[network].examples[0]
    assert after.at.unit == opening_unit(after)
    assert after.at.step == CATALOGUE[network].opens
    assert after.memory.track == {"count10": "a − b", "counter": "a − b", "brackets": "depth"}.get(
        network, after.memory.track
    )
    assert after.memory.track in TRACKS or (after.memory.track == "answer" and after.memory.answer)
    kept = {name for name, part in PARTS.items() if part.of(after) != part.of(selection)}
    assert kept <= {
        "network", "model", "mode", "text", "twin", "cell", "layer", "direction", "start", "step", "large",
        "unit", "compare", "lead", "track", "answer", "edit", "checkpoint", "swept", "sweep_how", "sweep_of",
        "second",
    }  # fmt: skip


@given(SELECTIONS, st.integers(LONGEST + 1, LONGEST + 50))
def test_a_long_text_is_not_in_the_link_and_everything_else_is(selection: Selection, length: int) -> None:
    long = selection.but(text="y" * length)
    assert "text" not in query(link_of(long))
    restored, _ = from_link(query(link_of(long)), Selection())
    usual = from_link(query(link_of(selection)), Selection())[0]
    assert (
        restored.but(text=selection.text.text, unit=usual.at.unit) == usual
    )  # the unit may hang on the text


@pytest.mark.parametrize("letter", ["a", " ", "é", "长", "👨‍👩‍👧‍👦"])
def test_a_link_fits_in_the_request_line_of_a_web_server(letter: str) -> None:
    """nginx and Apache take 8,190 bytes; in a link, a letter outside ASCII takes six bytes and more."""
    for length in (100, 1000, LONGEST):
        assert len(link_of(Selection().but(text=(letter * length)[:length]))) < 8000


def test_the_finder_begins_with_the_answer_that_the_telling_unit_goes_with() -> None:
    assert [
        (default_view(name).memory.track, default_view(name).memory.answer)
        for name in ("tags", "names", "random")
    ] == [
        ("answer", "PUNCT"),
        ("answer", "Polish"),
        ("position", ""),
    ]
    asked, faults = from_link({"network": "tags", "answer": "NOUN"}, Selection())
    assert (asked.memory.answer, faults) == ("NOUN", ())
    for query in ({"network": "tags", "answer": "noun?"}, {"network": "random", "track": "answer"}):
        asked, faults = from_link(query, Selection())
        assert (asked.memory.answer, asked.memory.track) == (
            default_view(asked.network.network).memory.answer,
            default_view(asked.network.network).memory.track,
        )
        assert set(faults) == {*query} - {"network"}


def test_a_second_text_leaves_a_link_only_where_that_is_too_long_without_the_first() -> None:
    short, long = "b" * 100, "b" * 2_000
    assert query(link_of(Selection().but(text="y" * LONGEST, second=short)))["second"] == short
    both = query(link_of(Selection().but(text="y" * 2_500, second=long)))
    assert "text" not in both and both["second"] == long
    assert "second" not in query(link_of(Selection().but(second="长" * 2_000)))


@given(st.lists(st.text("ab c", max_size=4), min_size=1, max_size=5), st.sampled_from(("\r\n", "\r", "↵")))
def test_a_line_break_of_a_link_is_one_whatever_stands_for_it(lines: list[str], mark: str) -> None:
    for name, part in PARTS.items():
        if isinstance(part.parser, Lines):
            assert parsed(name, mark.join(lines)) == parsed(name, "\n".join(lines)) == "\n".join(lines)
