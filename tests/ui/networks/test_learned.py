"""A network that was trained here is its settings: the same weights and the same name wherever it goes."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from cells import load
from cells.parameters import by_name
from cells.saving import as_npz, as_safetensors, sum_of
from cells.tasks import TASKS
from cells.training.training import Training
from cells.training.written import read
from tests.app.learned import LINE, at
from ui.networks import looks
from ui.networks.learned import Learned, begun
from ui.networks.own import alike
from ui.networks.registry import resolve
from ui.runs.link import from_link
from ui.selection.records import PARTS, NetworkChoice, Selection
from ui.words import LANGUAGES, Words

LSTM, GRU = f"count10.LSTM.{LINE}", f"count10.GRU-reset-after.{LINE}"


def test_the_same_settings_have_one_sum_through_training_the_app_and_its_files(tmp_path):
    for line, again in ((LSTM, at(LSTM, 12)), (GRU, at(GRU, 12))):
        training = Training(read(line))
        while not training.finished:
            training.advance()
        assert again.digest == sum_of(training.network()) == json.loads(again.described)["sum"]
        for name, data in (("a.npz", as_npz(again.whole)), ("a.safetensors", as_safetensors(again.whole))):
            (tmp_path / name).write_bytes(data)
            loaded = load(tmp_path / name)
            assert sum_of(loaded) == again.digest
            for part, array in by_name(again.network).items():
                np.testing.assert_array_equal(by_name(loaded)[part], array)


def test_other_weights_have_another_sum_and_other_moments_another_key():
    every = [at(LSTM, 0), at(LSTM, 5), at(LSTM, 12), at(f"{LSTM}.seed=1", 12), at(GRU, 12)]
    assert len({one.digest for one in every}) == len({one.key for one in every}) == len(every)


def test_before_the_first_update_it_is_there_without_training():
    for part, array in by_name(at(LSTM, 0).network).items():
        np.testing.assert_array_equal(by_name(begun(read(LSTM)).network)[part], array)
    assert begun(read(LSTM)).key == at(LSTM, 0).key


def test_a_sum_does_not_hang_on_the_sign_of_zero():
    network = begun(read(LSTM)).network
    (layer,), both = network.layers, []
    for zero in (0.0, -0.0):
        b = layer.forward.b._make(np.full_like(row, zero) for row in layer.forward.b)
        both.append(replace(network, layers=(layer._replace(forward=layer.forward._replace(b=b)),)))
    assert sum_of(both[0]) == sum_of(both[1]) != sum_of(network)


def test_what_a_link_says_of_it_is_no_part_of_a_view_but_its_settings():
    assert {*at(LSTM, 5).link} & {*PARTS} == {"recipe"}


def test_a_link_is_to_the_network_of_its_settings_and_update_alone():
    own = at(LSTM, 5)
    link = {"network": "yours", "recipe": LSTM, "updates": "5"}
    assert from_link(link, Selection(), own)[1] == ()
    for other in ({"updates": "12"}, {"recipe": GRU}, {"updates": "05"}):
        assert from_link({**link, **other}, Selection(), own)[1] == ("yours",)
    assert from_link({"network": "yours", "file": "a.pt"}, Selection(), own)[1] == ("yours",)


def test_its_card_says_what_trains_it_again():
    card = json.loads(at(LSTM, 5).described)
    assert (card["seed"], card["steps"], card["finished"]) == (0, 5, False)
    assert card["command"] == f'python -m cells.training "{LSTM}" 5' and card["scores"]
    assert at(LSTM, 12).command == f'python -m cells.training "{LSTM}"'


@pytest.mark.parametrize("longest", [2, 7, 60, 100])
def test_its_first_text_is_as_long_as_those_it_learned_from(longest: int) -> None:
    for task in ("first", "adding"):
        own = begun(read(f"{task}.LSTM.longest={longest}"))
        source = resolve(NetworkChoice("yours", own.key, mode=own.card.mode), own)
        tokens = source.read(own.entry.examples[0][1]).tokens
        assert len(tokens) == longest + (task == "first") and own.entry.opens <= len(tokens)
        assert TASKS[task].truth(tokens).known[-1]


def test_those_that_read_the_same_stand_side_by_side():
    assert alike(at(LSTM, 5), at(GRU, 12))
    assert not alike(at(LSTM, 5), begun(read("parity.LSTM")))
    assert not alike(begun(read("adding.LSTM")), begun(read("parity.LSTM")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_called_trained_here_and_never_untrained(language: str) -> None:
    words = Words(language)
    assert "5" in at(LSTM, 5).told(words) and "12" in at(LSTM, 5).told(words)
    assert begun(read(LSTM)).told(words) == words("learned.begun")
    assert looks.learned_here(begun(read(LSTM)), False, words) == words("look.begun")
    trained: Learned = at(LSTM, 12)
    assert f"{trained.card.r:.2f}".lstrip("-") in looks.learned_here(trained, False, words)
    assert looks.learned_here(trained, True, words) == words("look.reverse")
