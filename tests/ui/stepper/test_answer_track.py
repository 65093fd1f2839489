"""The track says what the network answered, and calls right what the task calls true."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import shipped
from cells.tasks import TASKS
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import default_view
from ui.networks.kinds import Answers
from ui.networks.tokenize import shown
from ui.runs import passes
from ui.selection.records import Selection
from ui.session.chosen import chosen as resolved
from ui.stepper import answer_track
from ui.words import LANGUAGES, Words

ENGLISH = Words("en")
SHIPPED = [(name, model) for name, story in CATALOGUE.items() for model in story.siblings]
every_network = pytest.mark.parametrize(("network", "model"), SHIPPED)


def tokens_of(selection: Selection) -> tuple[str, ...]:
    return resolved(selection).tokens


def track(selection: Selection, language: str = "en") -> dict[str, Any]:
    """The track as the page makes it."""
    page = resolved(selection)
    said, output = page.source.answers(), page.run().output
    assert said is not None
    assert output is not None
    return answer_track.of(said, output, page.tokens, page.window[0], Words(language))


def chosen(network: str, model: str, **fields: Any) -> Selection:
    return default_view(network).but(model=model, cell=shipped.card(model).cell, write=6, **fields)


def values(sent: dict[str, Any]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(sent["values"]["f4"]), "<f4").reshape(-1, len(sent["answers"]))


def expected(kind: str, output: np.ndarray, row: Sequence[float]) -> bool:
    """Right or wrong of one step, one answer after the other."""
    if kind == "softmax":
        likeliest = max(range(len(output)), key=lambda place: output[place])
        return bool(row[likeliest] == max(row))
    if kind == "sigmoid":
        return all((said > 0.5) == (true == 1) for said, true in zip(output, row, strict=True))
    return all(abs(said - true) < 0.05 for said, true in zip(output, row, strict=True))


@every_network
def test_the_values_are_the_networks_own_output(network: str, model: str) -> None:
    selection = chosen(network, model)
    card = shipped.card(model)
    sent = track(selection)
    output = shipped.network(model).run(card.read(tokens_of(selection))).output
    assert output is not None
    np.testing.assert_allclose(values(sent), output, atol=1e-6)
    assert (sent["kind"], len(sent["answers"])) == (card.kind, len(card.answers))
    assert len(sent["short"]) == len(sent["answers"])
    assert len(sent["right"]) == len(sent["truth"]) == len(output)
    if card.kind == "softmax":
        np.testing.assert_allclose(values(sent).sum(axis=1), 1, atol=1e-5)
    if card.kind == "sigmoid":
        assert np.all((values(sent) >= 0) & (values(sent) <= 1))


@pytest.mark.parametrize("text", [0, 1, 2])
@pytest.mark.parametrize(("network", "model"), [pair for pair in SHIPPED if pair[0] in TASKS])
def test_right_and_wrong_are_the_tasks_truth(network: str, model: str, text: int) -> None:
    examples = CATALOGUE[network].examples
    selection = chosen(network, model, text=examples[text % len(examples)][1])
    sent, truth = track(selection), TASKS[network].truth(tokens_of(selection))
    names = sent["answers"]
    for t, (row, known) in enumerate(zip(truth.values, truth.known, strict=True)):
        if not known:
            assert (sent["right"][t], sent["truth"][t]) == (None, "")
            continue
        assert sent["right"][t] is expected(sent["kind"], values(sent)[t].astype(float), row)
        if sent["kind"] == "linear":
            assert float(sent["truth"][t].replace("−", "-")) == pytest.approx(row[0], abs=0.0051)
        else:
            told = [name for name, true in zip(names, row, strict=True) if true]
            assert sent["truth"][t] == ", ".join(told) != ""


@pytest.mark.parametrize("task", TASKS)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_truth_itself_is_always_right_and_its_opposite_wrong(task: str, seed: int) -> None:
    """Whatever is drawn: with the truth as the output every known step is right, turned round it is wrong."""
    rng = np.random.default_rng(seed)
    known = TASKS[task]
    tokens = known.draw(rng, int(rng.integers(known.sizes[0], known.sizes[1] + 1)))
    said = Answers(task, known.kind, known.answers)
    truth = known.truth(tokens)
    opposite = truth.values + 0.07 if known.kind == "linear" else 1 - truth.values
    for output, right in ((truth.values, True), (opposite, False)):
        sent = answer_track.of(said, output, tokens, 0, ENGLISH)
        judged = list(zip(sent["right"], truth.known, strict=True))
        assert {verdict for verdict, sure in judged if sure} == {right}
        assert all(verdict is None for verdict, sure in judged if not sure)


SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3)


@given(SHARES, st.integers(0, 2))
def test_of_shares_the_largest_counts(row: list[float], true: int) -> None:
    output, truth = np.array([row]), np.eye(3)[[true]]
    if row.count(max(row)) == 1:
        assert bool(answer_track.RIGHT["softmax"](output, truth)[0]) == (row[true] == max(row))


@given(SHARES, st.lists(st.booleans(), min_size=3, max_size=3))
def test_of_yes_and_no_every_answer_counts_on_its_side_of_one_half(
    row: list[float], true: list[bool]
) -> None:
    (right,) = answer_track.RIGHT["sigmoid"](np.array([row]), np.array([true], float))
    assert bool(right) == all((share > 0.5) == yes for share, yes in zip(row, true, strict=True))


NEAR = st.sampled_from((-0.0501, -0.0499, 0.0499, 0.0501))


@given(st.floats(-3, 3), NEAR | st.floats(-0.2, 0.2).filter(lambda off: abs(abs(off) - 0.05) > 1e-9))
def test_a_number_counts_within_a_twentieth(true: float, off: float) -> None:
    (right,) = answer_track.RIGHT["linear"](np.array([[true + off]]), np.array([[true]]))
    assert bool(right) == (abs(off) < 0.05)


def test_the_truth_of_a_text_is_its_next_token() -> None:
    selection = default_view("shakespeare").but(text="To be,\nor ☃ not", write=0)
    sent, tokens = track(selection), tokens_of(selection)
    names = [shown(answer) for answer in shipped.card(selection.network.model).answers]
    likeliest = [names[place] for place in values(sent).argmax(axis=1)]
    for t in range(len(tokens)):
        after = shown(tokens[t + 1]) if t + 1 < len(tokens) else ""
        if after in names:
            assert sent["truth"][t] == after
            assert sent["right"][t] is (likeliest[t] == after)
        else:  # the text ends, or goes on with what the network has no answer for
            assert (sent["right"][t], sent["truth"][t]) == (None, "")
    assert sent["truth"].count("") == 2


@pytest.mark.parametrize("network", ["names", "reviews", "tags", "g2p"])
def test_where_nobody_can_tell_nothing_is_marked(network: str) -> None:
    sent = track(default_view(network))
    assert set(sent["right"]) == {None}
    assert set(sent["truth"]) == {""}


def test_a_window_of_a_long_text_is_judged_by_the_whole() -> None:
    text = "0110100111" * 300
    selection = default_view("parity").but(text=text, start=706)
    sent = track(selection)
    odd = np.cumsum([token == "1" for token in text])[705 : 705 + passes.WINDOW] % 2
    assert sent["truth"] == [("even", "odd")[bit] for bit in odd]
    assert sent["right"] == [
        bool(said == bit) for said, bit in zip(values(sent).argmax(axis=1), odd, strict=True)
    ]


def test_while_an_encoder_reads_nothing_is_answered() -> None:
    sent = track(default_view("g2p").but(text="rain"))
    silent = np.isnan(values(sent)).all(axis=1)
    assert silent.tolist() == [True] * 5 + [False] * (len(silent) - 5)
    assert np.isfinite(values(sent)[5:]).all()


@pytest.mark.parametrize("language", LANGUAGES)
@every_network
def test_every_answer_has_a_name_of_its_own(network: str, model: str, language: str) -> None:
    sent = track(chosen(network, model), language)
    for names in (sent["answers"], sent["short"]):
        assert len(set(names)) == len(names)
        assert all(name.strip() for name in names)
    assert sent["title"]
