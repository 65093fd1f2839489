"""What is taken away is what is said to be, and means are those of single runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cells import CELLS, Edit, Network, Readout, ablation, shipped
from cells.ablation import (
    LONGEST,
    Ablation,
    Held,
    at_hand,
    at_means,
    averages,
    everywhere,
    linear_candidate,
    linear_output,
    lines,
    printed,
    shortened,
)
from cells.cell import named
from cells.functions import sigmoid
from cells.phenomena.critical import critical_parts
from cells.tasks import TASKS
from cells.training import packages
from cells.training.batches import Sample
from cells.training.materials import material
from cells.training.scores import fresh

RNG = np.random.default_rng(0)
LENGTHS = (5, 1, 9)


def network_of(cell: str, both: bool = True, layers: int = 2, seed: int = 1) -> Network:
    network = Network.random(cell, 3, 4, layers, both, seed)
    readout = Readout(RNG.normal(size=(4 * (1 + both), 2)), RNG.normal(size=2), "linear")
    return replace(network, readout=readout)


def samples() -> list[Sample]:
    return [
        Sample(RNG.normal(size=(steps, 3)), np.zeros((steps, 2)), np.ones(steps))
        for steps in (*LENGTHS, 2, 3)
    ]


@pytest.mark.parametrize("cell", CELLS)
def test_a_mean_is_over_all_steps_of_all_sequences_and_no_padding(cell):
    network, texts = network_of(cell), samples()
    found = averages(network, texts, size=2)
    runs = [network.run(sample.rows) for sample in texts]
    assert list(found) == [(layer, way) for layer in (1, 2) for way in ("forward", "backward")]
    for (layer, way), means in found.items():
        for symbol in named(cell).symbols:
            every = np.concatenate([run.layers[layer - 1]._asdict()[way][symbol] for run in runs])
            np.testing.assert_allclose(means[symbol], every.mean(axis=0), rtol=0, atol=1e-12)


def test_a_gate_is_held_in_every_unit_layer_and_direction():
    network, rows = network_of("LSTM"), RNG.normal(size=(6, 3))
    means = averages(network, samples())
    for edits, value in (
        (everywhere(network, "f", 0.25), lambda *_: 0.25),
        (at_means(means, "f"), lambda layer, way: means[layer, way]["f"]),
    ):
        for layer, run in enumerate(network.run(rows, edits=edits).layers, start=1):
            for way, trace in run._asdict().items():
                expected = np.broadcast_to(value(layer, way), trace["f"].shape)
                np.testing.assert_allclose(trace["f"], expected, rtol=0, atol=1e-15)


def without(network: Network, rows: np.ndarray, of_candidate: bool) -> np.ndarray:
    """The answers of one layer, one direction, without a tanh: written otherwise than the code."""
    W, U, b = network.layers[0].forward
    h = c = np.zeros(len(U.f))
    answers = []
    for x in rows:
        f, i, o = (
            sigmoid(x @ getattr(W, gate) + h @ getattr(U, gate) + getattr(b, gate))
            for gate in ("f", "i", "o")
        )
        a = x @ W.c + h @ U.c + b.c
        c = f * c + i * (a if of_candidate else np.tanh(a))
        h = o * (np.tanh(c) if of_candidate else c)
        answers.append(network.readout(h))
    return np.array(answers)


@pytest.mark.parametrize("of_candidate", [True, False])
@pytest.mark.parametrize(("dtype", "exact"), [("float64", 1e-9), ("float32", 1e-4)])
def test_an_activation_is_taken_away_as_if_it_were_not_in_the_equation(of_candidate, dtype, exact):
    network, rows = network_of("LSTM", both=False, layers=1), 3 * RNG.normal(size=(20, 3))
    made, edits = (linear_candidate if of_candidate else linear_output)(network.astype(dtype))
    assert made.dtype == dtype
    expected = without(network, rows, of_candidate)
    np.testing.assert_allclose(made.run(rows, edits=edits).output, expected, rtol=exact, atol=exact)
    assert not np.allclose(network.run(rows).output, expected, atol=0.01)


def test_an_ablation_is_the_first_score_of_the_card_with_each_gate_held():
    card, network = shipped.card("parity-lstm"), shipped.network("parity-lstm", "float32")
    of_task = material("parity")
    found = ablation.ablation(card, network, of_task)
    assert (found.name, found.score, found.more) == ("parity-lstm", "accuracy_500", True)
    assert found.usual == pytest.approx(card.scores["accuracy_500"])
    assert list(found.gates) == ["f", "i", "o"]
    assert found.gates["o"].erased == of_task.score(network, [Edit("o", value=0.0)])["accuracy_500"]
    assert found.gates["o"].kept == of_task.score(network, [Edit("o", value=1.0)])["accuracy_500"]
    usual = np.concatenate(
        [network.run(sample.rows).layers[0].forward["o"] for sample in fresh(TASKS["parity"], 1, 40)]
    ).mean(axis=0)
    at_mean = [Edit("o", value=tuple(usual.tolist()))]
    assert found.gates["o"].mean == pytest.approx(of_task.score(network, at_mean)["accuracy_500"], abs=1e-3)
    # Its forget gate may stay where it is on average; what it shows and writes may not.
    assert found.gates["f"].mean > 0.99 > 0.6 > max(found.gates["i"].mean, found.gates["o"].mean)
    assert found.without_tanh["h"] < 0.6 < 0.99 < found.without_tanh["c_tilde"]


def test_a_very_long_sequence_is_cut():
    rows = np.arange(LONGEST + 7)
    assert [len(part) for part in shortened(Sample(rows, rows[:, None], rows))] == [LONGEST] * 3


def test_what_has_no_text_at_hand_is_left_out_and_said_to_be(monkeypatch, tmp_path, capsys):
    cards = {name: shipped.card(name) for name in ("names-gru", "count10-rnn", "count10-gru")}
    monkeypatch.setattr(shipped, "cards", lambda: cards)
    monkeypatch.setattr(packages, "CACHE", tmp_path)
    assert not at_hand(cards["names-gru"]) and at_hand(cards["count10-gru"])
    assert [found.name for found in printed()] == ["count10-gru"]
    said = capsys.readouterr().out
    assert "names-gru is left out: `python -m cells.training.corpora` brings its text, faker 40" in said
    assert "count10-rnn" not in said
    package = ablation.PACKAGES["faker"]
    (tmp_path / package.file).touch()
    assert at_hand(cards["names-gru"])


def made(name="a", more=True, f=0.2, i=0.9, o=0.95, c_tilde=0.99, h=0.1, empty=0.5) -> Ablation:
    gates = {"f": Held(0.0, f, 0.0), "i": Held(empty, i, 0.0), "o": Held(0.0, o, 0.0)}
    return Ablation(name, "accuracy", more, 1.0, gates, {"c_tilde": c_tilde, "h": h})


@pytest.mark.parametrize(
    ("found", "places"),
    [
        (made(), (2, 1)),
        (made(f=0.0), (1, 2)),
        (made(i=0.15), (3, 1)),
        (made(f=0.1), (1, 1)),
        (made(f=1.0, h=1.2), (5, 5)),  # nothing is lost: neither is critical
        (made(more=False, f=3.0, i=4.0, o=1.5, c_tilde=1.2, h=2.0, empty=9.0), (2, 3)),
    ],
)
def test_parts_are_critical_in_the_order_of_what_is_lost_with_them(found, places):
    figures = critical_parts([found]).figures
    assert tuple(figure.found for figure in figures) == places
    assert tuple(figure.reproduced for figure in figures) == tuple(place <= 2 for place in places)
    assert [figure.where for figure in figures] == ["a, forget gate", "a, output tanh"]


def test_networks_without_parts_or_without_a_memory_worth_it_say_nothing_about_them():
    gru = made()._replace(without_tanh={})
    assert critical_parts([gru, made(empty=1.0), made("b", empty=1.1)]).figures == ()


def test_an_ablation_reads_as_a_line_for_each_part():
    first, *others = lines(made(more=False))
    assert first.split() == ["a,", "accuracy", "(less", "is", "better)", "1"]
    assert [line.split()[0] for line in others] == ["f", "i", "o", "c_tilde", "h"]
    assert others[0].split() == ["f", "0", "0.2", "0"]
