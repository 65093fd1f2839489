"""What the page says of the networks that ship is true of them, and would not be of untrained ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cells import shipped
from cells.handbuilt import HANDBUILT
from ui.claims.subjects import twins
from ui.claims.table import CLAIMS, Claim, measured, on_control, subjects, untrue
from ui.networks import looks
from ui.words import LANGUAGES, Words

every_claim = pytest.mark.parametrize(
    "claim", CLAIMS, ids=lambda claim: f"{claim.sentence} {claim.check.__name__}"
)


@every_claim
def test_what_a_sentence_says_is_true_of_its_networks(claim: Claim) -> None:
    assert untrue(claim) == []


@every_claim
def test_a_check_fails_where_the_sentence_would_be_false(claim: Claim) -> None:
    for subject in subjects(claim):
        assert on_control(claim, subject) < claim.least, subject.name


def test_every_sentence_about_a_network_that_ships_is_measured() -> None:
    cards = shipped.cards().values()
    said = {looks.of_card(card, backward) for card in cards for backward in {False, card.bidirectional}}
    said |= {looks.of_built(name, strength) for name in HANDBUILT for strength in (1, 40)}
    said |= {"look.twin", "look.random", "look.as_printed"}
    assert said - {claim.sentence for claim in CLAIMS} <= {"look.no_unit"}  # whose r decides that it is said


def test_every_claim_is_of_a_sentence_and_of_a_network() -> None:
    for claim in CLAIMS:
        assert all(Words(language)(claim.sentence) for language in LANGUAGES)
        assert list(subjects(claim)), claim.sentence


def test_a_sentence_that_is_no_longer_true_names_itself_its_network_and_the_figure() -> None:
    claim = next(claim for claim in CLAIMS if claim.sentence == "look.parity" and claim.control is None)
    untrained = replace(claim, subjects=lambda: twins(next(iter(subjects(claim))))[:1])
    ((_, found),) = measured(untrained)
    (told,) = untrue(untrained)
    assert told.startswith(f"look.parity, parity-lstm: {found:.3f} instead of at least ")
