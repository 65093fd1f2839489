"""A trained network without a gate: the table is that of the command, and nothing half done is shown."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from streamlit.testing.v1 import AppTest

from cells import Edit, ablation, shipped
from cells.ablation import Held
from cells.phenomena.critical import critical_parts
from cells.training import packages
from cells.training.materials import material
from tests.app.page import APP, calm, captions, chosen, opened, selection
from tests.app.test_side_by_side import MEMORY
from ui.memory import ablation as view
from ui.memory import scoring
from ui.memory.scoring import USUAL, Scoring
from ui.networks.cards import phrase, short
from ui.selection.records import Selection
from ui.session.chosen import chosen as resolved
from ui.words import Words

ENGLISH = Words("en")


@pytest.fixture(autouse=True)
def _nothing_measured() -> None:
    scoring._measured.clear()


def told(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def infos(page: AppTest) -> list[str]:
    return [info.value for info in page.info]


def found(name: str) -> ablation.Ablation:
    card = shipped.card(name)
    return ablation.ablation(card, shipped.network(name, "float32"), material(card.task))


def scoring_of(**parts: str) -> Scoring:
    now = resolved(Selection().but(**parts))
    assert now.source.card is not None
    return Scoring(now, now.source.card)


@pytest.mark.parametrize("name", ["count10-lstm", "count10-gru", "parity-lstm", "adding-lstm"])
def test_the_table_is_that_of_the_command(name: str) -> None:
    expected, (network, _) = found(name), name.split("-")
    page = opened(MEMORY, network=network, model=name, measure="ablation")
    shown = re.findall(r"--lost: ([\d.]+)%\">([^<]*)", told(page))
    scores = [score for held in expected.gates.values() for score in held]
    scores += expected.without_tanh.values()
    assert [text.strip() for _, text in shown] == [short(expected.score, score) for score in scores]
    lost = [max(0.0, expected.lost(score)) for score in scores]
    assert [float(bar) for bar, _ in shown] == [round(100 * one / max(lost), 1) for one in lost]
    usual = phrase(shipped.card(name), expected.score, expected.usual, ENGLISH)
    assert ENGLISH("ablation.usual", score=usual) in told(page)
    assert ENGLISH("seek.ablation") in captions(page)


@pytest.mark.parametrize("name", ["count10-lstm", "count50-lstm", "parity-lstm", "first-lstm-1", "copy-gru"])
def test_the_verdict_is_that_of_the_command(name: str) -> None:
    page = told(opened(MEMORY, network=name.split("-")[0], model=name, measure="ablation"))
    figures = critical_parts([found(name)]).figures
    verdicts = {
        key: ENGLISH(f"ablation.{key}").split(":")[0]
        for key in ("agrees", "half", "disagrees", "unlearned", "lstm_only")
    }
    expected = "lstm_only" if "gru" in name else "unlearned"
    if figures:
        expected = ("disagrees", "half", "agrees")[sum(figure.reproduced for figure in figures)]
    assert [key for key, said in verdicts.items() if said in page] == [expected]
    for figure in figures:
        assert ENGLISH("ablation.place", place=f"{figure.found:.0f}", total="5") in page


def test_the_edited_network_has_the_score_of_its_edits_beside_the_usual_one() -> None:
    page = opened(MEMORY, measure="ablation", edit="i.1=0", weights="b.o=0")
    now = resolved(selection(page))
    card, score = shipped.card("count10-lstm"), material("count10").scores()["longest"]
    assert len(now.edits.in_force) == len(now.alterations.in_force) == 1
    edits = [Edit("i", (0,), value=0.0)]
    edited = score(now.network.astype("float32"), edits)
    other = score(shipped.network("count10-lstm", "float32"), edits)
    assert len({edited, other, card.scores["longest"]}) == 3
    said = [phrase(card, "longest", one, ENGLISH) for one in (edited, card.scores["longest"])]
    assert ENGLISH("ablation.edited", score=said[0], usual=said[1]) in told(page)
    chosen(page, edit="o.1=0", weights="")
    other = score(shipped.network("count10-lstm", "float32"), [Edit("o", (0,), value=0.0)])
    said[0] = phrase(card, "longest", other, ENGLISH)
    assert ENGLISH("ablation.edited", score=said[0], usual=said[1]) in told(page)


@pytest.mark.parametrize(
    ("edit", "why"), [("f@3=1", "of_steps"), ("i=0;f@3-=1", "of_steps"), ("f=mean", "of_mean")]
)
def test_an_edit_of_this_text_alone_has_no_score_and_the_table_is_there(edit: str, why: str) -> None:
    page = opened(MEMORY, measure="ablation", edit=edit)
    assert any(info.startswith(ENGLISH(f"ablation.{why}").split("“")[0]) for info in infos(page))
    assert 'class="lost"' in told(page) and ENGLISH("ablation.edited").split(":")[0] not in told(page)


def test_what_was_stopped_is_not_shown_and_goes_on_where_it_was() -> None:
    work = scoring_of()
    for _ in islice(work.measure(), 4):
        pass
    assert len(work.left) == len(work.parts) - 4 and work.share == pytest.approx(4 / len(work.parts))
    with pytest.raises(KeyError):
        assert work.found
    page = AppTest.from_file(APP, default_timeout=120)
    page.query_params["measure"] = "ablation"
    page.session_state[view.STOPPED] = work.key
    page = calm(page.switch_page(MEMORY).run())
    assert infos(page) == [ENGLISH("ablation.stopped", share="31\u00a0%")]
    assert 'class="lost"' not in told(page) and ENGLISH("seek.ablation") not in captions(page)
    next(button for button in page.button if button.label == ENGLISH("ablation.go_on")).click().run()
    assert not infos(calm(page)) and told(page).count('class="lost"') == len(work.parts) - 2
    assert work.found == found("count10-lstm")


def test_a_stop_within_a_score_leaves_nothing_of_it() -> None:
    work, heard = scoring_of(network="parity", model="parity-lstm"), []

    def report(share: float) -> None:
        heard.append(share)
        if len(heard) == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        for _ in work.measure(report):
            pass
    kept = scoring._measured(work.chosen.source.plain.weights).scores
    assert list(kept) == [USUAL] and heard == sorted(heard)
    heard.clear()
    for _ in work.measure(heard.append):
        pass
    assert work.found == found("parity-lstm")
    assert heard == sorted(heard) and heard[0] == pytest.approx(1 / len(work.parts)) and heard[-1] < 1


def test_more_than_the_readers_patience_is_measured_in_the_pages_own_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(view, "PATIENCE", -1)
    monkeypatch.setattr(view, "TURN", -1)
    page = opened(MEMORY, measure="ablation")
    assert told(page).count('class="lost"') == 11


def test_a_moment_of_training_has_scores_of_its_own() -> None:
    card = shipped.card("count10-lstm")
    moment = card.recorded[len(card.recorded) // 2]
    work = scoring_of(checkpoint=str(moment.update))
    for _ in work.measure():
        pass
    assert work.usual == moment.scores["longest"] != card.scores["longest"]
    assert len(scoring_of().left) == len(work.parts)


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ({"network": "random"}, "no_task"),
        ({"network": "counter"}, "no_task"),
        ({"twin": "1"}, "untrained"),
        ({"network": "names"}, "not_at_hand"),
    ],
)
def test_where_there_is_no_score_a_sentence_says_why(
    link: dict[str, str], why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(packages, "CACHE", tmp_path)
    page = opened(MEMORY, measure="ablation", **link)
    text = shipped.card("names-gru").text
    assert infos(page) == [ENGLISH(f"ablation.{why}", text=text)]
    assert ENGLISH("seek.ablation") not in captions(page)


def test_texts_are_read_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "at_hand", lambda _: True)
    page = opened(MEMORY, network="names", measure="ablation")
    assert infos(page) == [ENGLISH("ablation.slow")] and 'class="lost"' not in told(page)


def test_a_cell_without_gates_still_has_its_score_and_that_of_the_edited_one() -> None:
    page = opened(MEMORY, model="count10-rnn", measure="ablation", edit="h.1=0")
    assert infos(page) == [ENGLISH("ablation.no_gates")]
    assert ENGLISH("ablation.edited").split("<")[0] in told(page)
    assert Held._fields == ("erased", "kept", "mean")
