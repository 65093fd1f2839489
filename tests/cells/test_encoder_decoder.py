"""The published encoder and decoder say what their authors' own code says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cells import encoder_decoder
from cells.encoder_decoder import G2P, LONGEST, g2p, spell
from cells.layers import Readout
from cells.loading.npz import arrays_of, beneath, network_of, read, write
from cells.network import Network
from cells.training import g2p as converting
from cells.training.g2p import GRAPHEMES, PHONEMES

GOLDEN = json.loads((Path(__file__).parents[1] / "goldens" / "g2p.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize(("dtype", "every"), [("float32", 1), ("float64", 10)])
def test_every_word_is_spoken_as_its_authors_code_speaks_it(dtype, every):
    theirs = dict(list(GOLDEN["words"].items())[::every])
    ours = {word: " ".join(g2p(dtype).translate(word).output) for word in theirs}
    assert {word: (ours[word], theirs[word]) for word in theirs if ours[word] != theirs[word]} == {}
    assert len(GOLDEN["words"]) >= 400


def test_alphabets_are_theirs():
    model = g2p()
    assert list(GRAPHEMES) == list(model.graphemes) == GOLDEN["graphemes"]
    assert list(PHONEMES) == list(model.phonemes) == GOLDEN["phonemes"]


def test_words_are_spelt_in_either_case():
    assert spell("Rain") == spell("rain") == ("R", "EY1", "N")


def test_a_word_too_long_is_cut():
    assert {len(phonemes.split()) for phonemes in GOLDEN["words"].values()} >= {1, LONGEST}


@pytest.mark.parametrize("word", ["", "rain", "mississippi" * 3])
def test_the_decoder_goes_on_from_the_encoder_and_reads_what_it_wrote(word):
    model = g2p()
    output, tokens, encoder, fed, decoder = model.translate(word)
    assert tokens == (*word, "</s>")
    assert fed == ("<s>", *output)[:LONGEST]
    last, first = encoder.layers[-1].forward, decoder.layers[0].forward
    np.testing.assert_array_equal(last.final["h"], first.initial["h"])
    assert len(last) == len(tokens) and len(first) == len(fed)
    likeliest = [model.phonemes[best] for best in decoder.output.argmax(axis=1)]
    assert likeliest == [*output, "</s>"][: len(fed)]
    np.testing.assert_allclose(decoder.output.sum(axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("word", ["", "rain", "mississippi" * 3])
def test_both_passes_as_one_are_the_encoder_and_then_the_decoder(word):
    both = g2p().translate(word)
    trace, reads = both.trace, len(both.read)
    ahead, behind = both.encoder.layers[0].forward, both.decoder.layers[0].forward
    assert trace.symbols == ahead.symbols
    assert len(trace) == len(both.tokens) == len(both.answers) == len(ahead) + len(behind)
    for symbol in ("x", *trace.symbols):
        np.testing.assert_array_equal(trace[symbol][:reads], ahead[symbol])
        np.testing.assert_array_equal(trace[symbol][reads:], behind[symbol])
    np.testing.assert_array_equal(trace.previous("h")[:reads], ahead.previous("h"))
    np.testing.assert_array_equal(trace.previous("h")[reads:], behind.previous("h"))
    assert np.isnan(both.answers[:reads]).all()
    np.testing.assert_array_equal(both.answers[reads:], both.decoder.output)
    assert both.tokens == (*both.read, *both.fed)


@pytest.mark.parametrize("harm", ["cut", "missing"])
def test_a_file_that_cannot_be_read_is_named_with_what_makes_it_again(harm, tmp_path, monkeypatch):
    path = tmp_path / G2P.name
    if harm == "cut":
        path.write_bytes(G2P.read_bytes()[:100_000])
    monkeypatch.setattr(encoder_decoder, "G2P", path)
    g2p.cache_clear()
    with pytest.raises(ValueError, match=r"^g2p\.npz is (damaged|missing).*python -m cells\.training\.g2p"):
        g2p()
    monkeypatch.undo()
    assert g2p().translate("rain").output == ("R", "EY1", "N")


def test_the_file_is_small_and_whole():
    arrays = read(G2P)
    assert G2P.stat().st_size < 1.6e6
    assert arrays["encoder.embedding"].dtype == np.float16
    assert network_of(beneath(arrays, "decoder")).cell == "GRU (reset after)"
    without = {name: array for name, array in arrays.items() if name != "decoder.layers.0.forward.b.hc"}
    with pytest.raises(ValueError, match=r"layers\.0\.forward\.b\.hc is missing"):
        network_of(beneath(without, "decoder"))


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", ["RNN", "LSTM", "GRU", "GRU (reset after)"])
def test_a_network_comes_back_from_its_file(cell, bidirectional, tmp_path):
    rng = np.random.default_rng(0)
    drawn = Network.random(cell, 3, 4, layers=2, bidirectional=bidirectional)
    W = rng.standard_normal((8 if bidirectional else 4, 5))
    network = Network(cell, drawn.layers, rng.standard_normal((7, 3)), Readout(W, np.zeros(5), "softmax"))
    write(tmp_path / "network.npz", arrays_of(network, "float64"))
    back = network_of(read(tmp_path / "network.npz"), "float64")
    assert (back.cell, len(back.layers), back.readout.kind) == (cell, 2, "softmax")
    np.testing.assert_array_equal(back.run([0, 6, 3]).output, network.run([0, 6, 3]).output)
    bare = network_of(arrays_of(drawn, "float64"), "float64")
    assert bare.embedding is None and bare.readout is None


def test_the_same_arrays_give_the_same_file(tmp_path):
    for name in ("a.npz", "b.npz"):
        write(tmp_path / name, arrays_of(Network.random("LSTM", 2, 3)))
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_word_of_unknown_letters_is_read_as_unknown():
    model = g2p()
    assert model.translate("ж").output == model.translate("語").output == model.translate(["<unk>"]).output


def test_what_is_converted_is_what_is_read_again(tmp_path, monkeypatch):
    model, path = g2p("float32"), tmp_path / "g2p.npz"
    monkeypatch.setattr(converting, "published", lambda: model)
    monkeypatch.setattr(converting, "G2P", path)
    converting.main()
    again, shipped = read(path), read(G2P)
    assert set(again) == set(shipped)
    for name, array in shipped.items():
        np.testing.assert_array_equal(again[name], array)
