"""Several networks of a reader's own in a session: kept, turned to, side by side, and nobody else's."""

from __future__ import annotations

import io
import json
from urllib.parse import parse_qs

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cells import Network, moments, survey
from cells.layers import Readout
from cells.saving import as_safetensors
from tests.app.page import badge, calm, figure, opened, selection, sent
from tests.app.test_upload import PAGE, drop, dropped, numbers
from ui.session import private
from ui.words import LANGUAGES, Words


def epoch(seed: int, units: int = 5, cell: str = "LSTM") -> Network:
    """A network of four letters as it stood after some training."""
    inner, rng = Network.random(cell, 4, units, seed=seed, dtype="float32"), np.random.default_rng(seed)
    readout = Readout(rng.normal(size=(units, 4)).astype("float32"), np.zeros(4, "float32"), "linear")
    return Network(cell, inner.layers, None, readout)


def file(seed: int, **shape: object) -> bytes:
    return as_safetensors(epoch(seed, **shape))


def two_epochs(**link: str) -> AppTest:
    """Epoch 1 with all that is said of it and a place in its text, then epoch 50 of the same network."""
    page = dropped("epoch1.safetensors", file(1), **link)
    page.text_input(key="own_vocabulary").set_value("abcd").run()
    page.text_input(key="text").set_value("badcab").run()
    page.selectbox(key="ask_readout").set_value("softmax").run()
    page.session_state["step"] = 4
    return drop(calm(page.run()), "epoch50.safetensors", file(50))


def h_of(data: dict) -> np.ndarray:
    return numbers(data["arrays"]["h"], 5)


def known(seed: int, text: str = "badcab") -> np.ndarray:
    rows = np.eye(4)[["abcd".index(letter) for letter in text]]
    return epoch(seed).run(rows).layers[0].forward["h"]


def test_a_newer_epoch_keeps_vocabulary_answers_text_and_step() -> None:
    page = two_epochs()
    data = sent(page)
    assert data["tokens"] == list("badcab") and data["step"] == 4
    np.testing.assert_allclose(h_of(data), known(50), atol=1e-6)
    np.testing.assert_allclose(numbers(data["tracks"][0]["values"], 4).sum(axis=1), 1, rtol=1e-5)


def test_one_turns_from_epoch_to_epoch_and_what_is_said_of_one_stays_with_it() -> None:
    page = two_epochs()
    first, last = page.selectbox(key="model").options, page.selectbox(key="model").value
    assert first == ["epoch1.safetensors", "epoch50.safetensors"] and last == private_keys(page)[1]
    page.selectbox(key="model").set_value(private_keys(page)[0]).run()
    data = sent(calm(page))
    assert data["tokens"] == list("badcab") and data["step"] == 4
    np.testing.assert_allclose(h_of(data), known(1), atol=1e-6)
    page.text_input(key="own_vocabulary").set_value("dcba").run()
    assert sent(calm(page))["tokens"] == list("badcab")
    page.selectbox(key="model").set_value(private_keys(page)[1]).run()
    np.testing.assert_allclose(h_of(sent(calm(page))), known(50), atol=1e-6)


def private_keys(page: AppTest) -> list[str]:
    return list(page.session_state[private.OWN])


def test_another_network_begins_anew_and_the_one_before_is_still_there() -> None:
    page = drop(two_epochs(), "other.safetensors", file(3, units=6))
    assert sent(page)["total"] == 16  # rows that are drawn
    assert len(page.selectbox(key="model").options) == 3
    page.selectbox(key="model").set_value(private_keys(page)[0]).run()
    assert len(sent(calm(page))["units"]) == 5
    page.button(key="own_forget").click().run()
    assert len(page.selectbox(key="model").options) == 2
    page.button(key="own_forget").click().run()
    page.button(key="own_forget").click().run()
    calm(page)
    assert not any(key in page.session_state for key in (private.OWN, private.PRESENT, private.MEMO))


def test_the_other_pages_offer_all_of_them() -> None:
    page = calm(two_epochs().switch_page("pages/memory.py").run())
    page.selectbox(key="network").set_value("yours").run()
    assert page.selectbox(key="model").options == ["epoch1.safetensors", "epoch50.safetensors"]
    page.selectbox(key="model").set_value(private_keys(page)[0]).run()
    np.testing.assert_allclose(h_of(sent(calm(page))), known(1), atol=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_epochs_stand_side_by_side(language: str) -> None:
    page = calm(two_epochs(lang=language).switch_page("pages/compare.py").run())
    page.selectbox(key="network").set_value("yours").run()
    data, names = sent(calm(page)), ["epoch1.safetensors", "epoch50.safetensors"]
    assert [lead["label"] for lead in data["leads"]] == names
    shown = {trace["name"]: trace["z"] for trace in figure(page)["data"]}
    assert len(shown) == 2
    np.testing.assert_allclose(h_of(data), known(1), atol=1e-6)
    assert f">{Words(language)('kind.yours')}<" in badge(page)
    for view in ("table", "flow", "influence", "sides", "letter"):
        page.segmented_control(key="together").set_value(view).run()
        calm(page)


def test_a_trained_network_that_ships_can_stand_beside_hers() -> None:
    page = dropped("mine.safetensors", file(1))
    page.text_input(key="own_vocabulary").set_value("abcd").run()
    page.text_input(key="text").set_value("aabb").run()
    page.switch_page("pages/compare.py").run()
    page.selectbox(key="network").set_value("yours").run()
    (pills,) = (one for one in page.get("button_group") if one.key == "own_compare")
    assert "count10-lstm" in pills.options
    pills.set_value(["mine.safetensors", "count10-lstm"]).run()
    data = sent(calm(page))
    assert [lead["label"] for lead in data["leads"]] == ["mine.safetensors", "count10-lstm"]
    assert [track["who"] for track in data["tracks"]] == ["mine.safetensors", "count10-lstm"]
    page.segmented_control(key="together").set_value("letter").run()
    calm(page)


def test_the_oldest_go_where_they_are_too_many() -> None:
    page = dropped("0.safetensors", file(0))
    for seed in range(1, private.MOST_OWN + 2):
        page = drop(page, f"{seed}.safetensors", file(seed))
    assert len(private_keys(page)) == private.MOST_OWN
    assert page.selectbox(key="model").options[0] == "2.safetensors"


def test_two_files_of_one_name_are_told_apart() -> None:
    page = drop(dropped("model.safetensors", file(1)), "model.safetensors", file(2))
    assert page.selectbox(key="model").options == ["model.safetensors (1)", "model.safetensors (2)"]


def test_they_are_in_no_link_and_in_no_other_session() -> None:
    page, other = two_epochs(), opened(PAGE)
    keys = private_keys(page)
    assert not any(key in json.dumps(sent(page)["link"]) for key in keys)
    assert private.OWN not in other.session_state
    assert selection(page).network.model == keys[1]


def query_of(page: AppTest) -> dict[str, str]:
    return {name: one[0] for name, one in parse_qs(sent(page)["link"]).items()}


def test_after_a_reload_the_file_is_asked_for_by_its_name_and_the_view_is_back() -> None:
    page = two_epochs()
    asked = query_of(page) | {"step": "5", "unit": "2"}
    assert asked["file"] == "epoch50.safetensors" and asked["text"] == "badcab"
    again = opened(PAGE, **asked)
    asks = Words("en")("fault.link_file", name="epoch50.safetensors")
    assert [one.value.replace("\\", "") for one in again.warning] == [asks]
    again = drop(again, "epoch50.safetensors", file(50))
    assert sent(again)["total"] == 16  # its vocabulary is in no link
    again.text_input(key="own_vocabulary").set_value("abcd").run()
    data = sent(calm(again))
    assert (data["tokens"], data["step"], data["unit"]) == (list("badcab"), 5, 2)
    again.text_input(key="text").set_value("dd").run()
    again.text_input(key="own_vocabulary").set_value("dcba").run()
    assert sent(calm(again))["tokens"] == list("dd")  # what was wanted is wanted once


def test_a_link_to_a_file_of_rows_opens_as_soon_as_the_file_is_there() -> None:
    network = Network.random("GRU (reset after)", 2, 3, dtype="float32")
    page = dropped("rows.safetensors", as_safetensors(network))
    page.text_input(key="text").set_value("1 2; 3 4; 5 6").run()
    again = drop(opened(PAGE, **query_of(calm(page))), "rows.safetensors", as_safetensors(network))
    assert sent(again)["total"] == 3


def npy(array: np.ndarray) -> bytes:
    kept = io.BytesIO()
    np.save(kept, array)
    return kept.getvalue()


def test_of_several_sequences_one_is_read_and_all_are_looked_at() -> None:
    network = Network.random("LSTM", 2, 3, layers=2, dtype="float32")
    batch = np.random.default_rng(0).normal(size=(4, 6, 2)).astype("float32")
    page = dropped("rows.safetensors", as_safetensors(network))
    page.file_uploader(key="own_rows_file").set_value(("batch.npy", npy(batch), "")).run()

    def shown() -> np.ndarray:
        return numbers(sent(calm(page))["arrays"]["h"], 3)

    np.testing.assert_allclose(shown(), network.run(batch[0]).layers[0].forward["h"], atol=1e-6)
    page.number_input(key="own_item").set_value(3).run()
    np.testing.assert_allclose(shown(), network.run(batch[2]).layers[0].forward["h"], atol=1e-6)
    page.button(key="survey_ask").click().run()
    expected = survey(network, [*batch])
    told = " ".join(element.proto.body for element in calm(page).get("html"))
    place = moments(network, [*batch], "c")[selection(page).at.unit - 1][0]
    assert f"<td>{place.step + 1}</td>" in told and f"<td>{place.value:.2f}</td>".replace("-", "−") in told
    for one in expected:
        units = ", ".join(str(unit + 1) for unit in one.stuck("f", opened=True)[:8])
        assert units in told
    assert f"{4 * 6}" in " ".join(caption.value for caption in page.caption)


def test_of_many_texts_one_is_read_and_all_are_looked_at() -> None:
    page = dropped("epoch1.safetensors", file(1))
    page.text_input(key="own_vocabulary").set_value("abcd").run()
    page.file_uploader(key="own_lines_file").set_value(("texts.txt", b"abc\n\ndd\r\nbadcab\n", "")).run()
    assert sent(calm(page))["tokens"] == list("abc")
    page.number_input(key="own_line").set_value(3).run()
    assert sent(calm(page))["tokens"] == list("badcab")
    page.button(key="survey_ask").click().run()
    assert "11" in " ".join(caption.value for caption in calm(page).caption)  # steps of all three
    page.file_uploader(key="own_lines_file").set_value(("empty.txt", b"\n \n", "")).run()
    assert "empty" in calm(page).error[0].value


def test_a_number_that_no_network_reads_is_named_in_whichever_sequence_it_stands() -> None:
    batch = np.zeros((3, 4, 2))
    batch[2, 1, 1] = np.nan
    page = dropped(
        "rows.safetensors", as_safetensors(Network.random("GRU (reset after)", 2, 3, dtype="float32"))
    )
    page.file_uploader(key="own_rows_file").set_value(("batch.npy", npy(batch), "")).run()
    assert len(calm(page).error) == 1
