"""What leaves with the reader, without a browser: the right run, honest names, nothing that is not true."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from cells.edit_text import written
from cells.exporting import as_csv, traces
from cells.recomputing.folder import files
from tests.app.page import AppTest, chosen, components, opened, selection, unfolded
from ui.compare.members import members
from ui.export import MOST_ROWS, run_of, run_of_all, stem
from ui.networks.defaults import default_view
from ui.selection.records import Selection
from ui.session.chosen import chosen as resolved
from ui.words import Words


def offered(page: AppTest) -> dict[str, bool]:
    """The files on offer by the key of their button, and whether they can be had."""
    buttons = page.get("download_button")
    return {button.proto.id.rsplit("-", 1)[-1]: not button.proto.disabled for button in buttons}


def open_it(**link: str) -> AppTest:
    return unfolded(opened(**link), "take")


def test_of_several_layers_it_is_said_from_where_each_file_counts_them() -> None:
    said = Words("en")("take.layers")
    assert said in captions(open_it(network="random", layers="2"))
    assert said not in captions(open_it(network="random"))


def label(page: AppTest, key: str) -> str:
    (button,) = (one for one in page.get("download_button") if one.proto.id.endswith(f"-{key}"))
    return str(button.proto.label)


def captions(page: AppTest) -> str:
    return " ".join(caption.value for caption in page.caption)


def test_nothing_is_made_before_it_is_opened() -> None:
    assert offered(opened()) == {}


def test_all_files_are_on_offer() -> None:
    assert offered(open_it()) == dict.fromkeys(
        (
            "take_csv",
            "take_json",
            "take_npz",
            "take_heatmaps_html",
            "take_page",
            "take_sheet",
            "take_blanks",
            "take_safetensors",
            "take_weights",
            "take_code",
        ),
        True,
    )


@pytest.mark.parametrize(("network", "says"), [("count10", "take.page_reads"), ("g2p", "take.page_steps")])
def test_what_the_page_that_is_taken_can_do_is_said(network: str, says: str) -> None:
    assert Words("en")(says) in captions(open_it(network=network))


def test_what_a_format_cannot_carry_is_said() -> None:
    page = open_it(network="random", cell="GRU")
    assert not offered(page)["take_safetensors"]
    assert "resets after the product" in captions(page)
    assert "does not say that sigmoid follows" in captions(open_it())


@pytest.mark.parametrize("broken", ["", "🙂" * 3])
def test_a_text_that_cannot_be_read_leaves_the_link_alone(broken: str) -> None:
    page = open_it(network="random", mode="numbers", text=broken)
    assert offered(page) == {}


def test_too_many_numbers_leave_as_npz_only() -> None:
    selection = Selection().but(network="random", units=128, layers=3, directions=2, text="ab" * 1000)
    taken = run_of(resolved(selection))
    assert taken is not None and taken.numbers > MOST_ROWS
    link = {"network": "random", "units": "128", "layers": "3", "directions": "2", "text": "ab" * 200}
    few = offered(open_it(**{**link, "text": "ab"}))
    assert few["take_csv"] and few["take_npz"]
    many = offered(chosen(open_it(**{**link, "text": "ab"}), text="ab" * 1000))
    assert not many["take_csv"] and not many["take_json"] and many["take_npz"]


def test_the_run_is_whole_in_layers_and_directions_whatever_is_shown() -> None:
    selection = Selection().but(
        network="random", layers=2, directions=2, layer=2, direction="backward", symbols=("h",), text="abc"
    )
    taken = run_of(resolved(selection))
    assert taken is not None
    (one,) = taken.passes()
    assert {(depth, way) for depth, way, _ in traces(one.run)} == {
        (0, "forward"), (0, "backward"), (1, "forward"), (1, "backward"),
    }  # fmt: skip
    assert one.tokens == ("a", "b", "c") and all("f" in trace.symbols for *_, trace in traces(one.run))


def test_of_a_long_text_the_window_leaves_that_is_shown() -> None:
    selection = Selection().but(network="random", units=2, text="ab" * 1500, start=501)
    taken = run_of(resolved(selection))
    assert taken is not None and (taken.first, taken.total, len(taken.tokens)) == (501, 3000, 2000)
    (one,) = taken.passes()
    before = run_of(resolved(selection.but(text="ab" * 1000, start=1)))
    assert before is not None
    (earlier,) = before.passes()
    assert one.first == 501 and len(one.run.layers[0].forward) == 2000
    np.testing.assert_array_equal(
        one.run.layers[0].forward.initial["h"], earlier.run.layers[0].forward["h"][499]
    )


@pytest.mark.parametrize("network", ["g2p", "shakespeare", "tags", "adding"])
def test_every_kind_of_network_can_be_taken(network: str) -> None:
    taken = run_of(resolved(default_view(network)))
    assert taken is not None
    passes = taken.passes()
    assert sum(len(one.tokens) for one in passes) == taken.total
    assert [one.name for one in passes] == (["encoder", "decoder"] if network == "g2p" else [""])


def test_file_names_say_network_and_text_in_letters_that_any_disk_takes() -> None:
    assert stem(resolved(Selection())) == "count10-lstm-aaaaabbbbb"
    wild = Selection().but(network="random", cell="GRU (reset after)", text='../a:b*?"<>|\n长🙂')
    assert stem(resolved(wild)) == "random-GRU-reset-after-16-seed-7-a-b-长"
    assert stem(resolved(Selection().but(text="🙂", twin=1))) == "count10-lstm-seed-7"
    assert len(stem(resolved(Selection().but(text="a" * 1000)))) < 60
    deep = Selection().but(network="random", layers=2, directions=2, layer=2, direction="backward", text="ab")
    assert stem(resolved(deep), shows=True) == "random-LSTM-16-seed-7-ab-layer-2-reverse"
    assert stem(resolved(deep)) == "random-LSTM-16-seed-7-ab", "numbers are of all layers"
    assert stem(resolved(Selection()), shows=True) == "count10-lstm-aaaaabbbbb"


def test_an_edited_run_leaves_edited_under_its_own_name_and_the_network_as_it_is() -> None:
    selection = default_view("count10").but(edit="f.3@2-4=0;f.99=1;h@5-=mean")
    known = resolved(selection)
    taken = run_of(known)
    assert taken is not None
    (one,) = taken.passes()
    assert one.edits == known.edits.in_force
    np.testing.assert_array_equal(one.run.layers[0].forward["h"], known.run().layers[0].forward["h"])
    assert "edit: f.3@2-4=0;h@5-=mean" in as_csv([one]).decode("utf-8-sig").splitlines()[0]
    assert stem(known, taken.changed) == "count10-lstm-aaaaabbbbb-edited"
    assert one.network is known.unedited.network
    assert Words("en")("take.edited") in captions(open_it(edit="f=0"))
    assert Words("en")("take.edited") not in captions(open_it(edit="u=0"))


def test_code_of_an_edited_run_repeats_the_edits_and_is_said_to_be_a_loop() -> None:
    words = Words("en")
    page = open_it(edit="f.3@2-4=0")
    assert words("take.again_edited") in captions(page) and words("take.again") not in captions(page)
    assert label(page, "take_code") == "NumPy, PyTorch"
    assert label(open_it(), "take_code") == "NumPy, PyTorch, Keras"
    taken = run_of(resolved(default_view("count10").but(edit="f.3@2-4=0")))
    assert taken is not None
    for name in ("with_numpy.py", "with_pytorch.py"):
        code = files(taken.passes())[name].decode()
        assert "2 <= t <= 4:  # edit 1: f.3@2-4=0\n        f[2] = 0.0\n" in code
    gru = captions(open_it(network="random", cell="GRU", edit="u=1"))
    assert words.names("lacks_edited")("GRU") in gru and words.names("lacks")("GRU") not in gru


def test_of_several_networks_each_leaves_with_the_edits_that_fit_it() -> None:
    page = unfolded(opened("pages/compare.py", edit="f.3@2-4=0"), "take")
    assert Words("en")("take.edited_several") in captions(page)
    taken = run_of_all(members(resolved(selection(page))))
    assert taken is not None and taken.edited and taken.changed
    edits = {one.name: written(one.edits) for one in taken.passes()}
    assert edits == {"count10-lstm": "f.3@2-4=0", "count10-gru": "", "count10-rnn": ""}


def test_a_network_whose_weights_were_altered_leaves_under_a_name_that_says_so() -> None:
    for weights, edited in (("b.f.3+2", True), ("b.u.3+2", False)):
        taken = run_of(resolved(default_view("count10").but(weights=weights)))
        assert taken is not None and taken.changed is edited and not taken.edited


def test_several_networks_leave_their_numbers_in_one_file() -> None:
    page = unfolded(opened("pages/compare.py", network="tags", text="Time flies ."), "take")
    assert set(offered(page)) == {"take_csv", "take_json", "take_npz", "take_heatmaps_html"}
    several = members(resolved(selection(page)))
    taken = run_of_all(several)
    assert taken is not None and "tags-bilstm" in several
    rows = list(csv.DictReader(io.StringIO(as_csv(taken.passes(), named=True).decode("utf-8-sig"))))
    assert len(rows) == taken.numbers
    for name, one in several.items():
        alone = run_of(one)
        assert alone is not None
        found = [float(row["value"]) for row in rows if row["network"] == name]
        expected = [
            float(row["value"])
            for row in csv.DictReader(as_csv(alone.passes()).decode("utf-8-sig").splitlines())
        ]
        assert found == expected, name


SAID = {"link", "copied", "link_field"}  # what a button that copies a link may say


@pytest.mark.parametrize(("text", "said"), [("ab", "copied"), ("ab" * 2500, "link_without")])
def test_the_link_says_what_it_leaves_out(text: str, said: str) -> None:
    page = chosen(open_it(network="random", text="a"), text=text)
    (link,) = [told for told in components(page) if {*told.get("words", ())} == SAID]
    assert link["words"]["copied"] == Words("en")(f"stepper.{said}")
