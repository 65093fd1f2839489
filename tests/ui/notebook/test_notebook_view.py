"""A view of what a script gives: any network, any input, and one sentence where they don't fit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import gates
from cells import CELLS, Edit, Network
from cells.layers import Readout
from cells.saving import as_safetensors
from tests.cells.live_models import layer_of
from tests.cells.test_goldens import goldens
from ui.notebook.view import NotebookView
from ui.words import Words

ROWS = np.random.default_rng(0).normal(size=(9, 3))
LETTERS = "abc "
GOLDEN = next(one for one in goldens() if str(one).startswith("PyTorch LSTM time=7 features=3 units=4"))


def words(cell: str = "LSTM", embedded: bool = True) -> Network:
    """A network that reads four letters and answers with one of three."""
    rng = np.random.default_rng(1)
    inner = Network.random(cell, 5 if embedded else 4, 6)
    readout = Readout(rng.normal(size=(6, 3)), np.zeros(3), "softmax")
    return Network(cell, inner.layers, rng.normal(size=(4, 5)) if embedded else None, readout)


@pytest.mark.parametrize("cell", CELLS)
def test_rows_are_shown_as_the_network_computes_them(cell: str) -> None:
    network = Network.random(cell, 3, 4, layers=2, bidirectional=True)
    for layer in (1, 2):
        for direction in ("forward", "backward"):
            view = gates.view(network, ROWS, layer=layer, direction=direction)
            trace = getattr(network.run(ROWS).layers[layer - 1], direction)
            for symbol in trace.symbols:
                np.testing.assert_array_equal(view.trace[symbol], trace[symbol])
    assert view.agrees is None and view.network is not None


@pytest.mark.parametrize("embedded", [True, False])
@pytest.mark.parametrize("read", ["ab ba", list("ab ba")])
def test_a_text_and_its_tokens_are_the_same(embedded: bool, read: object) -> None:
    network = words(embedded=embedded)
    view = gates.view(network, read, vocabulary=list(LETTERS), labels=("no", "yes", "perhaps"))
    places = np.array([LETTERS.index(letter) for letter in "ab ba"])
    expected = network.run(places if embedded else np.eye(4)[places])
    np.testing.assert_array_equal(view.trace["h"], expected.layers[0].forward["h"])
    assert "perhaps" in str(view._message["tracks"][0]["answers"])
    assert view._message["text"] == "ab ba"


def test_places_in_an_embedding_are_named_by_its_vocabulary_or_by_their_numbers() -> None:
    network, places = words(), np.array([0, 3, 1])
    named = gates.view(network, places, vocabulary=list(LETTERS))
    assert named._message["tokens"] == ["a", "␣", "b"] and named._message["text"] == "a b"
    assert gates.view(network, places)._message["tokens"] == ["0", "3", "1"]
    twice = gates.view(network, places, vocabulary=["a", "a", "", "b"])  # no text can give these again
    assert twice._message["tokens"] == ["a", "b", "a"] and twice._message["text"] is None
    for view in (named, twice):
        np.testing.assert_array_equal(view.trace["c"], network.run(places).layers[0].forward["c"])


@pytest.mark.parametrize(
    "vocabulary",
    [
        {"b": 1, " ": 3, "a": 0, "c": 2},
        {3: " ", 1: "b", 0: "a", 2: "c"},
        np.array(list(LETTERS)),
        LETTERS,
    ],
    ids=["places", "names", "array", "letters"],
)
def test_a_vocabulary_is_read_however_it_is_kept(vocabulary: object) -> None:
    view = gates.view(words(), "ab ba", vocabulary=vocabulary)
    expected = words().run([LETTERS.index(letter) for letter in "ab ba"])
    np.testing.assert_array_equal(view.trace["h"], expected.layers[0].forward["h"])


def test_tokens_that_no_text_gives_again_can_be_stepped_through_all_the_same() -> None:
    view = gates.view(words(embedded=False), ["New York", "b"], vocabulary=["New York", "b", "c", "d"])
    assert view._message["tokens"] == ["New␣York", "b"] and view._message["text"] is None


def test_it_opens_at_the_step_unit_symbols_and_edits_asked_for() -> None:
    network, edit = Network.random("LSTM", 3, 4), Edit("f", (2,), (3, 6), "set", 0.0)
    view = gates.view(network, ROWS, step=5, unit=3, symbols=("x", "f"), edits=[edit], lang="zh")
    message = view._message
    assert (message["step"], message["unit"], message["lang"]) == (5, 3, "zh")
    assert message["edits"] == "f.3@4-7=0"
    assert [panel["symbol"] for panel in view._handout.data["maps"]["panels"]] == ["x", "f"]
    np.testing.assert_array_equal(view.trace["h"], network.run(ROWS, edits=[edit]).layers[0].forward["h"])


def test_a_run_goes_on_from_the_states_of_another() -> None:
    network = Network.random("GRU", 3, 4, layers=2)
    before = network.run(ROWS[:4])
    view = gates.view(network, ROWS[4:], layer=2, initial=before.final)
    np.testing.assert_allclose(view.trace["h"], network.run(ROWS).layers[1].forward["h"][4:], atol=1e-12)
    assert len(view._message["starts"]) == 2


def test_a_live_layer_is_run_on_its_rows_and_says_how_far_it_agrees() -> None:
    layer = layer_of(GOLDEN, "first")
    layer.parameters = lambda: iter(layer.arrays.values())
    found = gates.recorded(layer, np.stack([GOLDEN.arrays["inputs"]] * 3), sequence=1)["LSTM"]
    view = gates.view(found, [f"row {t}" for t in range(7)], step=2)
    assert view.agrees == found.agrees <= 1e-6
    assert "agrees with the live model to" in view.page and "agrees with the model to" in repr(view)
    assert view._message["tokens"][1] == "row␣1"


def test_a_file_a_dictionary_and_the_name_of_a_network_that_ships(tmp_path: Path) -> None:
    network = Network.random("LSTM", 3, 4, dtype="float32")
    path = tmp_path / "mine.safetensors"
    path.write_bytes(as_safetensors({"": network}))
    for source in (path, str(path), dict(layer_of(GOLDEN, "alone").arrays)):
        assert gates.view(source, ROWS).trace.cell == "LSTM"
    assert repr(gates.view(path, ROWS)) == "mine.safetensors: LSTM, 1 layer, 4 units, 9 steps"
    for name, cell in (("count10", "LSTM"), ("count10-gru", "GRU"), ("counter", "LSTM")):
        view = gates.view(name, "aabb")
        assert (view.trace.cell, len(view.trace)) == (cell, 4)
    assert len(gates.view("g2p", "knight").trace) > 6


SAID: dict[str, tuple[Callable[[], object], str]] = {
    "no vocabulary": (lambda: gates.view(Network.random("RNN", 3, 4), "abc"), "reads rows of 3 numbers"),
    "width": (lambda: gates.view(Network.random("RNN", 3, 4), ROWS[:, :2]), r"inputs are \(9, 2\)"),
    "nothing": (lambda: gates.view(Network.random("RNN", 3, 4)), "say what it reads"),
    "no text": (lambda: gates.view("count10", ""), "Nothing to read yet"),
    "layer": (lambda: gates.view(Network.random("RNN", 3, 4), ROWS, layer=2), r"the network has 1\.\.1"),
    "direction": (
        lambda: gates.view(Network.random("RNN", 3, 4), ROWS, direction="backward"),
        "the layer has forward",
    ),
    "step": (lambda: gates.view(Network.random("RNN", 3, 4), ROWS, step=10), r"step is 10; there are 1\.\.9"),
    "unit": (lambda: gates.view(Network.random("RNN", 3, 4), ROWS, unit=0), r"unit is 0; there are 1\.\.4"),
    "symbol": (
        lambda: gates.view(Network.random("RNN", 3, 4), ROWS, symbols=["f"]),
        "there is no f in the RNN",
    ),
    "edits": (lambda: gates.view(Network.random("RNN", 3, 4), ROWS, edits="?"), "write them as"),
    "language": (lambda: gates.view(Network.random("RNN", 3, 4), ROWS, lang="de"), "choose one of en, zh"),
    "vocabulary": (
        lambda: gates.view(words(), "ab", vocabulary=list("ab")),
        "vocabulary has 2 names; give 4",
    ),
    "a set": (lambda: gates.view(words(), "ab", vocabulary=set(LETTERS)), "a set, which has no order"),
    "one place": (lambda: gates.view(words(), "ab", vocabulary={"a": 0, "b": 0}), "two names to one place"),
    "labels": (lambda: gates.view(words(), [1], labels=["one"]), "labels has 1 names; give 3"),
    "a name": (
        lambda: gates.view("count11", "ab"),
        "no file 'count11', and no network of this name: count10",
    ),
    "a number": (lambda: gates.view(3, ROWS), "this int is no network"),
    "names of steps": (
        lambda: gates.view(gates.recorded(layer_of(GOLDEN, "alone"), GOLDEN.arrays["inputs"])["LSTM"], ["a"]),
        "1 tokens name 7 steps",
    ),
    "a state": (
        lambda: gates.view(
            Network.random("RNN", 3, 4), ROWS, initial=Network.random("RNN", 3, 5).run(ROWS).final
        ),
        r"h is \(5,\), it must be \(4,\)",
    ),
    "an answer": (
        lambda: gates.view(dict(layer_of(GOLDEN, "alone").arrays), ROWS, part="zz"),
        "part is not a question here",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_what_does_not_fit_is_said_in_a_sentence(name: str) -> None:
    make, said = SAID[name]
    with pytest.raises(ValueError, match=said) as error:
        make()
    assert "\n" not in str(error.value)


def test_an_argument_that_nobody_asks_for_is_no_answer() -> None:
    for source, read in ((Network.random("RNN", 3, 4), ROWS), ("count10", "ab")):
        with pytest.raises(TypeError, match="no argument 'stepp'"):
            gates.view(source, read, stepp=3)


def test_of_very_many_steps_the_trace_has_all_and_the_page_those_around_the_one_asked_for() -> None:
    rows = np.random.default_rng(2).normal(size=(5_000, 3))
    network = Network.random("GRU", 3, 4)
    view = gates.view(network, rows, step=np.int64(4_000))
    np.testing.assert_array_equal(view.trace["h"], network.run(rows).layers[0].forward["h"])
    message = view._message
    assert message["first"] <= message["step"] == 4_000 < message["first"] + message["steps"]
    assert "5,000 steps" in repr(view)


def test_a_layer_or_a_direction_among_several_is_named() -> None:
    network = Network.random("LSTM", 3, 4, layers=2, bidirectional=True)
    view = gates.view(network, ROWS, layer=2, direction="backward")
    assert "(layer 2, backward)" in repr(view) and "layer 2, ← reverse" in view.page


@pytest.mark.parametrize(
    "edits",
    [
        *(Edit("u"), Edit("f", units=(99,)), Edit("f", units=()), Edit("f", steps=(50, 90))),
        *(Edit("f", value=float("nan")), ["f=0"], Edit("f", layer=2)),
    ],
    ids=str,
)
def test_an_edit_that_is_not_there_is_refused_as_by_a_run(edits: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        gates.view(Network.random("LSTM", 3, 4), ROWS, edits=edits)


def test_several_sequences_are_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="several sequences"):
        gates.view(words(), np.zeros((2, 4), int))
    with pytest.raises(ValueError, match="several sequences"):
        gates.view(Network.random("RNN", 3, 4), np.zeros((2, 4, 3)))


def test_the_page_is_small_and_holds_what_is_the_readers_as_text_alone() -> None:
    big = Network.random("LSTM", 27, 32)
    text = "the quick brown fox jumps over the lazy dog and runs away fa"
    letters = list("abcdefghijklmnopqrstuvwxyz ")
    assert len(gates.view(big, text, vocabulary=letters).page.encode()) <= 200_000
    nasty = '</script><img src=x onerror="alert(1)">\u2028&amp;'
    network = Network.random("RNN", 4, 4)
    given = gates.view(network, [nasty, "b"], vocabulary=[nasty, "b", "c", "d"])
    view = NotebookView(replace(given._viewed, called=nasty), given._symbols)
    assert nasty not in view.page and nasty not in view._repr_html_()
    assert "<img src=x" not in view.page and "<img" not in view._repr_html_()


def test_it_is_saved_as_the_page_that_is_shown(tmp_path: Path) -> None:
    view = gates.view("count10", "aabb")
    path = view.save(tmp_path / "page.html")
    assert path.read_text("utf-8") == view.page
    assert view._repr_html_().startswith("<iframe srcdoc=") and view._repr_html_().endswith("</iframe>")


def test_it_needs_neither_streamlit_nor_plotly() -> None:
    code = (
        "import sys, gates; gates.view('count10', 'aabb')._repr_html_(); "
        "sys.exit(bool({'streamlit', 'plotly', 'pandas', 'anywidget', 'torch', 'keras'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode
        == 0
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_file_has_that_is_not_shown_is_said_first(lang: str) -> None:
    rng = np.random.default_rng(0)
    shapes = {"rnn.weight_ih_l0": (16, 3), "rnn.weight_hh_l0": (16, 4), "h0": (1, 1, 4)}
    view = gates.view({name: rng.normal(size=shape) for name, shape in shapes.items()}, ROWS, lang=lang)
    look = "".join(part for part, _ in view._message["look"])
    note = Words(lang)("file.note.learned", names="h0")
    assert look.startswith(note[:1].upper() + note[1:])
    plain = gates.view(Network.random("LSTM", 3, 4), ROWS, lang=lang)
    assert note not in "".join(part for part, _ in plain._message["look"])


def test_an_edited_run_agrees_with_no_model() -> None:
    found = gates.recorded(layer_of(GOLDEN, "alone"), GOLDEN.arrays["inputs"])["LSTM"]
    view = gates.view(found, edits="f.1=0")
    assert "agrees" not in repr(view) and "agrees with" not in view.page
