"""A reader's own network: dropped, understood, asked about, and nobody else's."""

from __future__ import annotations

import base64
import io
import json
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cells import Network, load
from cells.exporting import Pass
from cells.loading.tensors import MOST_BYTES
from cells.saving import as_npz, as_safetensors
from tests.app.page import badge, calm, captions, chosen, components, figure, opened, selection, sent
from tests.cells.hostile import EMPTY, FILES
from tests.cells.test_loading import recorded
from tests.cells.test_recomputing import printed
from ui.export import run_of
from ui.memory import contributions
from ui.networks.defaults import default_view
from ui.networks.registry import resolve
from ui.networks.uploaded import brought
from ui.runs import sentences
from ui.session import cache, private
from ui.session.chosen import chosen as resolved
from ui.upload import sample
from ui.words import LANGUAGES, Words

PAGE = "pages/yours.py"
ENGLISH = Words("en")
TAGGER = recorded("pytorch")["LSTM checkpoint.pth"][0]
DEEP = Network.random("GRU (reset after)", 3, 5, layers=2, bidirectional=True, dtype="float32")
PLAIN = as_safetensors(DEEP)
ENGLISH_WORDS = re.compile(r"([A-Za-z]+[ ,;]+){2}[A-Za-z]+")


def drop(page: AppTest, name: str, data: bytes) -> AppTest:
    page.file_uploader(key="own_file").set_value((name, data, "")).run()
    return calm(page)


def dropped(name: str, data: bytes, **link: str) -> AppTest:
    return drop(opened(PAGE, **link), name, data)


def told(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def errors(page: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in page.error]


def numbers(block: dict[str, Any], columns: int) -> np.ndarray:
    assert block["shape"][1] == columns
    return np.frombuffer(base64.b64decode(block["f4"]), "<f4").reshape(block["shape"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dropped_file_is_understood_and_stepped_through(language):
    page, words = dropped("tagger.pth", TAGGER, lang=language), Words(language)
    data = sent(page)
    assert data["tokens"] == list("012345")
    assert data["look"] == words("look.yours")
    assert len(figure(page)["data"]) == 6
    for said in ("tagger.pth", "LSTM", words("yours.layers", count="2"), words("directions.2")):
        assert said in told(page)
    assert words("file.note.order", format="PyTorch", gates="i f c o") in told(page)
    assert "model_state_dict.rnn.weight_hh_l1_reverse" in told(page)
    assert words("badge.parameters", count="799") in badge(page)
    assert page.selectbox(key="ask_readout").options[0] == words("choice.usual", choice="linear")


def test_what_is_answered_is_what_the_framework_answered():
    data, _, inputs, expected = recorded("pytorch")["LSTM checkpoint.pth"]
    page = dropped("tagger.pth", data)
    page.text_input(key="text").set_value(" ".join(map(str, inputs))).run()
    (track,) = sent(calm(page))["tracks"]
    np.testing.assert_allclose(numbers(track["values"], 5), expected, rtol=0, atol=1e-6)


def test_an_answer_changes_the_network():
    page = dropped("tagger.pth", TAGGER)
    page.selectbox(key="ask_readout").set_value("softmax").run()
    shares = numbers(sent(calm(page))["tracks"][0]["values"], 5)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-5)
    page.selectbox(key="ask_readout").set_value("none").run()
    assert sent(calm(page))["tracks"] == []
    drop(page, "rnn.pt", recorded("pytorch")["RNN cell.pt"][0])
    before = sent(page)["arrays"]
    page.selectbox(key="ask_nonlinearity").set_value("relu").run()
    assert errors(calm(page)) == [] and sent(page)["arrays"] != before
    assert "relu" in sent(page)["rows"][0]["mathml"]


def test_of_two_networks_one_is_chosen():
    nets = {"a": Network.random("LSTM", 3, 4), "b": Network.random("RNN", 2, 5)}
    file = io.BytesIO()
    arrays = {name: np.load(io.BytesIO(as_npz(network))) for name, network in nets.items()}
    np.savez(file, **{f"{part}.{name}": array for part in arrays for name, array in arrays[part].items()})
    page = dropped("two.npz", file.getvalue())
    assert len(sent(page)["units"]) == 4
    page.selectbox(key="ask_part").set_value("b").run()
    assert len(sent(calm(page))["units"]) == 5
    assert selection(page).network.cell == "RNN"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_without_a_name_of_its_own_is_called_so(language):
    file = io.BytesIO()
    arrays = np.load(io.BytesIO(as_npz(Network.random("LSTM", 3, 4))))
    np.savez(file, **arrays, **{f"b.{name}": array for name, array in arrays.items()})
    page, words = dropped("two.npz", file.getvalue(), lang=language), Words(language)
    nameless, named = page.selectbox(key="ask_part").options
    assert nameless == words("choice.usual", choice=words("choice.the file")) and named == "b"


def test_it_is_on_the_other_pages_of_this_session_and_in_no_other():
    page = dropped("tagger.pth", TAGGER)
    page.text_input(key="text").set_value("3 1 4 1").run()
    mine = sent(calm(page))
    link = dict(pair.split("=") for pair in mine["link"].split("&"))
    for script in ("app.py", "pages/memory.py"):
        calm(page.switch_page(script).run())
        assert sent(page)["arrays"] == mine["arrays"]
        assert page.selectbox(key="network").options[-1] == ENGLISH("network.yours")
    for other in (opened(PAGE, **link), opened(**link), opened("pages/memory.py", **link)):
        assert "own_network" not in other.session_state
        assert "tagger.pth" not in told(other)
        asks = ENGLISH("fault.link_file", name="tagger.pth")
        assert [warning.value.replace("\\", "") for warning in other.warning] == [asks]
    assert ENGLISH("network.yours") not in opened(**link).selectbox(key="network").options


@pytest.mark.parametrize(
    ("name", "data", "other"), [("m.pth", TAGGER, "4"), ("m.safetensors", PLAIN, "1 2 3")]
)
def test_another_token_can_stand_in_its_text_too(name, data, other):
    page = dropped(name, data)
    calm(page.switch_page("pages/memory.py").run())
    chosen(page, measure="swapped", swap=other)
    assert ENGLISH("swapped.all") in captions(page)
    assert chosen(page, swap="x y").info


@pytest.mark.parametrize(
    ("name", "data", "second"), [("m.pth", TAGGER, "4 2 3 1"), ("m.safetensors", PLAIN, "1 2 3; 4 5 6")]
)
def test_it_has_no_score_but_a_state_of_another_text_can_be_put_into_its_run(name, data, second):
    page = dropped(name, data)
    calm(page.switch_page("pages/memory.py").run())
    chosen(page, measure="ablation")
    assert [info.value for info in page.info] == [ENGLISH("ablation.own")]
    chosen(page, measure="patch", second=second, patch_into=2, patch_from=2)
    assert not page.info and ENGLISH("patch.drawn") in " ".join(captions(page))
    assert bool(chosen(page, second="x y").info) == (data is PLAIN)  # tokens may be any words, rows may not


def test_units_go_with_the_answers_of_a_readers_own_network_too() -> None:
    page = dropped("tagger.pth", TAGGER)
    calm(page.switch_page("pages/memory.py").run())
    chosen(page, measure="finder", track="answer")
    assert not page.exception
    said = page.selectbox(key="answer")
    assert len(said.options) == len(sent(page)["tracks"][0]["answers"])
    strip = json.loads(page.get("plotly_chart")[0].proto.spec)["data"][0]
    assert strip["type"] == "heatmap"
    page = dropped("plain.safetensors", PLAIN)
    calm(page.switch_page("pages/memory.py").run())
    chosen(page, measure="finder", track="answer")  # it answers nothing
    assert selection(page).memory.track == "position" and not page.exception


def test_a_large_network_says_why_no_token_is_left_out(monkeypatch):
    page = dropped("one.npz", as_npz(Network.random("LSTM", 3, 5, seed=1)))
    monkeypatch.setattr(contributions, "MOST_WORK", 4 * (3 + 5 + 1) * 5 * 3**2)
    calm(page.switch_page("pages/memory.py").run())
    assert ENGLISH("memory.caution_large", most="3") in captions(page)
    assert not any(kept[0] == "left out" for _, kept in page.session_state["memo"])


def test_the_caches_of_all_sessions_refuse_a_readers_own_network():
    page = dropped("plain.safetensors", PLAIN)
    with pytest.raises(PermissionError, match="session alone"):
        cache.shared(selection(page).network)
    assert len(page.session_state["memo"]) == 1
    for seed in range(9):
        page.text_input(key="text").set_value(f"{seed} 1 2; 0 0 1").run()
    assert len(page.session_state["memo"]) == 4


def test_of_two_networks_alike_in_shape_each_shows_its_own_numbers():
    """In one session one after the other, and in two at once: same link, same text, other weights."""
    one, two = (as_safetensors(Network.random("LSTM", 3, 5, seed=seed, dtype="float32")) for seed in (1, 2))

    def seen(page: AppTest) -> tuple[str, str]:
        calm(page.switch_page("pages/memory.py").run())
        left_out = next(
            line
            for line in json.loads(page.get("plotly_chart")[0].proto.spec)["data"]
            if line["type"] == "scatter"
        )
        return json.dumps(sent(page)["arrays"]), json.dumps(left_out["y"])

    page, other = dropped("same.safetensors", one), dropped("same.safetensors", two)
    mine, hers = seen(page), seen(other)
    assert selection(page).but(model="") == selection(other).but(model="")
    assert mine[0] != hers[0] and mine[1] != hers[1]
    calm(page.switch_page(PAGE).run())
    assert seen(drop(page, "same.safetensors", two)) == hers


def test_the_link_says_what_it_cannot_carry():
    assert sent(dropped("tagger.pth", TAGGER))["linkless"] == "link_without_network"


def test_removed_it_is_gone():
    page = dropped("tagger.pth", TAGGER)
    page.button(key="own_forget").click().run()
    assert not components(calm(page))
    assert "own_network" not in page.session_state and "memo" not in page.session_state
    assert page.file_uploader[0].value is None
    calm(page.switch_page("app.py").run())
    assert selection(page).network.network != "yours"


def test_nothing_typed_is_lost_on_pages_that_cannot_show_it():
    page = dropped("tagger.pth", TAGGER)
    page.text_input(key="own_vocabulary").set_value("abcdef").run()
    page.text_input(key="text").set_value("fade").run()
    mine = sent(calm(page))
    for script, shows in (("pages/compare.py", True), ("pages/applications.py", False)):
        calm(page.switch_page(script).run())
        assert (selection(page).network.network == "yours") == shows
        calm(page.switch_page(PAGE).run())
        assert (sent(page)["tokens"], sent(page)["arrays"]) == (list("fade"), mine["arrays"])
        assert page.text_input(key="own_vocabulary").value == "abcdef"


def test_the_same_file_again_loses_nothing_and_another_stands_beside_it():
    page = dropped("tagger.pth", TAGGER)
    page.selectbox(key="ask_readout").set_value("softmax").run()
    page.text_input(key="own_vocabulary").set_value("abcdef").run()
    page.text_input(key="text").set_value("fade").run()
    mine = sent(calm(page))
    assert sent(drop(page, "tagger.pth", TAGGER))["tracks"] == mine["tracks"]
    assert sent(page)["tokens"] == list("fade")
    assert sent(drop(page, "plain.safetensors", PLAIN))["total"] == 16
    assert page.selectbox(key="model").options == ["tagger.pth", "plain.safetensors"]
    page.button(key="own_forget").click().run()
    assert sent(calm(page))["tracks"][0]["answers"] == mine["tracks"][0]["answers"]
    page.button(key="own_forget").click().run()
    page.file_uploader[0].set_value(("tagger.pth", TAGGER, "")).run()
    assert sent(calm(page))["tokens"] == list("012345")


@pytest.mark.parametrize(("text", "all_known"), [("3 1 4 1", True), ("3 1 9 1", False)])
def test_what_leaves_has_the_embedding_and_is_computed_again(text, all_known, tmp_path):
    page = dropped("tagger.pth", TAGGER)
    page.text_input(key="text").set_value(text).run()
    own = page.session_state["own_network"]
    source = resolve(selection(page).network, own)
    inputs = source.inputs(source.read(text))
    run = own.network.run(inputs.rows)
    given = inputs.rows if inputs.places is None else inputs.places
    assert (inputs.places is not None) == all_known
    one = Pass(own.understood.network, given, tuple(text.split()), run)
    assert printed([one], tmp_path) <= 1e-5
    for name in ("network.safetensors", "network.npz"):
        np.testing.assert_array_equal(load(tmp_path / name).embedding, own.understood.network.embedding)


def test_the_network_that_leaves_is_hers(monkeypatch):
    own = brought("tagger.pth", TAGGER)
    monkeypatch.setattr(private, "present", lambda: own)
    taken = run_of(resolved(default_view("yours", own)))
    assert taken is not None and taken.networks[""] is own.understood.network
    (one,) = taken.passes()
    assert one.places is not None and one.network.embedding is not None


WRONG = [
    ("weights.exe", b"MZ", ".safetensors"),
    ("empty.pt", EMPTY[".pt"][0](), "empty.pt: "),
    ("hostile.pt", FILES[".pt"]["exec"][0](), "which is code"),
    ("nan.h5", FILES[".h5"]["NaN"][0](), "NaN"),
    ("cut.safetensors", PLAIN[:-7], "cut.safetensors: "),
    ("bad.keras", b"PK\x03\x04", "bad.keras: "),
]


@pytest.mark.parametrize(("name", "data", "said"), WRONG, ids=[name for name, _, _ in WRONG])
def test_a_file_that_cannot_be_read_loses_nothing(name, data, said):
    (alone,) = errors(dropped(name, data))
    assert said in alone
    page = dropped("plain.safetensors", PLAIN)
    before = sent(page)
    (error,) = errors(drop(page, name, data))
    assert said in error and "plain.safetensors is still here" in error
    assert sent(page)["arrays"] == before["arrays"]


@pytest.mark.parametrize(("name", "data", "_said"), WRONG, ids=[name for name, _, _ in WRONG])
def test_on_the_chinese_page_the_reason_is_chinese_too(name, data, _said):
    page = dropped("plain.safetensors", PLAIN, lang="zh")
    (error,) = errors(drop(page, name, data))
    ours = re.sub("（原始报错 .*?）", "", error)  # what another library says is quoted
    assert ours.startswith(name) and "plain.safetensors 还在这里" in ours
    assert not ENGLISH_WORDS.search(ours)


def test_what_was_said_of_a_file_is_said_again_in_another_language():
    page = dropped("nan.h5", FILES[".h5"]["NaN"][0]())
    (before,) = errors(page)
    assert ENGLISH_WORDS.search(before)
    (after,) = errors(chosen(page, lang="zh"))
    assert not ENGLISH_WORDS.search(after)


def test_numbers_are_there_at_once_and_can_be_typed():
    page = dropped("plain.safetensors", PLAIN)
    assert sent(page)["total"] == 16
    assert selection(page).network.mode == "rows"
    for text, key, blanks in (
        ("1 2 3; 1 2", "row_width", {"row": "2", "found": "2", "features": "3"}),
        ("1 2 x", "row_not_a_number", {"row": "1", "column": "3", "token": "x"}),
        ("1 nan 3", "row_not_finite", {"row": "1", "column": "2", "token": "nan"}),
    ):
        page.text_input(key="text").set_value(text).run()
        assert errors(calm(page)) == [ENGLISH(f"fault.{key}", **blanks)]
    page.text_input(key="text").set_value("1 2 3; 4, 5, −6").run()
    np.testing.assert_allclose(numbers(sent(calm(page))["arrays"]["x"], 3), [[1, 2, 3], [4, 5, -6]])


def test_rows_come_from_a_file():
    page = dropped("plain.safetensors", PLAIN)
    page.file_uploader(key="own_rows_file").set_value(("in.csv", b"a,b,c\n1,2,3\n4,5,6\n", "")).run()
    data = sent(calm(page))
    assert [figure(chosen(page, symbols=["x"]))["layout"]["yaxis"]["labelalias"][k] for k in "012"] == [
        *"abc"
    ]
    np.testing.assert_allclose(numbers(data["arrays"]["x"], 3), [[1, 2, 3], [4, 5, 6]])
    page.file_uploader(key="own_rows_file").set_value(("in.csv", b"a,b,c\n7,8,9\n4,5,6\n", "")).run()
    data = sent(calm(page))
    np.testing.assert_allclose(numbers(data["arrays"]["x"], 3), [[7, 8, 9], [4, 5, 6]])
    page.file_uploader(key="own_rows_file").set_value(("in.csv", b"a,b,c\n1,2,3\n4,5\n", "")).run()
    assert errors(calm(page)) == [ENGLISH("fault.row_width", row="3", found="2", features="3")]
    assert sent(page)["arrays"] == data["arrays"]


def test_a_vocabulary_names_what_is_read_and_answered():
    page = dropped("tagger.pth", TAGGER)
    page.text_input(key="own_vocabulary").set_value("abcdef").run()
    page.text_input(key="text").set_value("fax").run()
    data = sent(calm(page))
    assert (data["tokens"], data["unknown"]) == (list("fax"), [2])
    assert not numbers(data["arrays"]["x"], 3)[2].any()
    page.text_input(key="own_vocabulary").set_value(json.dumps({"fa": 7, "ax": 9})).run()
    assert errors(calm(page)) == [ENGLISH("fault.vocabulary_place", token="fa", place="7", last="5")]
    assert sent(page)["tokens"] == list("fax")
    page.text_input(key="text").set_value("fad").run()
    before = sent(calm(page))
    page.text_input(key="own_vocabulary").set_value("bacdef").run()
    after = sent(calm(page))
    assert after["tokens"] == before["tokens"] == list("fad")
    moved = (numbers(after["arrays"]["x"], 3) != numbers(before["arrays"]["x"], 3)).any(axis=1)
    assert moved.tolist() == [False, True, False]
    page.text_input(key="own_labels").set_value("N, V, A, D, P").run()
    assert sent(calm(page))["tracks"][0]["answers"] == ["N", "V", "A", "D", "P"]
    page.text_input(key="own_labels").set_value("N, V").run()
    assert errors(calm(page)) == [ENGLISH("fault.labels_count", found="2", size="5")]


def test_numbers_too_large_to_compute_are_said_to_be():
    h = np.array([[0.0, 1.0], [0.5, np.nan]])
    view = SimpleNamespace(trace={"h": h}, first=8)
    assert sentences.broken(view.trace, view.first, ENGLISH) == ENGLISH("notice.not_finite", step="9")
    assert sentences.broken({"h": h[:1]}, 8, ENGLISH) == ""


def test_as_much_can_be_sent_as_is_read():
    config = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text())
    assert config["server"]["maxUploadSize"] == MOST_BYTES >> 20


def test_the_sample_is_opened_as_a_reader_s_own_and_computes_what_ours_does():
    page = opened(PAGE)
    page.button(key="sample_open").click().run()
    ours = opened("app.py", network="brackets", model="brackets-lstm")
    theirs = sent(calm(page))
    assert badge(page).count(ENGLISH("kind.yours")) and theirs["tokens"] == sent(ours)["tokens"]
    for one, other in zip(theirs["tracks"], sent(ours)["tracks"], strict=True):
        assert one["answers"] == other["answers"]
        values, expected = (numbers(track["values"], len(other["answers"])) for track in (one, other))
        np.testing.assert_allclose(values, expected, atol=1e-6)


def test_the_file_of_the_sample_is_dropped_like_any_other_and_says_its_vocabulary():
    page = dropped(sample.FILE, sample.data())
    labels = [button.label.replace("\\", "") for button in page.button]
    assert ENGLISH("yours.take_vocabulary", name="vocabulary", count="4") in labels
    assert ENGLISH("yours.take_labels", name="labels") in labels


def test_the_lines_that_save_a_network_are_code():
    for lines in sample.SAVES.values():
        compile(lines, "sample", "exec")
