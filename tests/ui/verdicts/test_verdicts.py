"""A claim's card says what came out, fails where it failed, and links to views that are there."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from cells.phenomena.findings import Finding, verdict
from cells.phenomena.kept import kept
from cells.phenomena.table import CLAIMS
from ui import memory
from ui.page.frame import PAGES
from ui.runs.link import from_link
from ui.selection.records import PARTS, Selection
from ui.verdicts.card import card
from ui.verdicts.figures import FORMATS
from ui.verdicts.sources import SOURCES
from ui.words import LANGUAGES, Words

ENGLISH = Words("en")
# The sentences on what came out were written for these outcomes; where another comes out, read them again.
FAILS = {
    "counting": {("longest", "count50-lstm")},
    "bias": {("lag60", "first-lstm-1")},
    "critical": {
        ("place_h", "count50-lstm"),
        ("place_f", "first-lstm-3"),
        ("place_f", "first-lstm-chrono"),
        ("place_h", "first-lstm-chrono"),
        ("place_f", "adding-lstm"),
    },
    "misprint": {
        ("shows", "counter printed"),
        ("longest", "count10-lstm printed"),
        ("longest", "count50-lstm printed"),
    },
}


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLAIMS)
def test_every_link_of_a_card_opens_the_view_that_it_names(name: str, language: str) -> None:
    html = card(CLAIMS[name], kept()[name], Words(language))
    addresses = [unescape(found) for found in re.findall(r'href="([^"]*)" target="_self"', html)]
    assert len(addresses) == len(SOURCES[name].runs) > 0
    for address in addresses:
        page, query = urlsplit(address).path, dict(parse_qsl(urlsplit(address).query, strict_parsing=True))
        assert page == "./" or page in PAGES
        assert set(query) <= set(PARTS), "a name that no view has would be passed over in silence"
        view, faults = from_link(query, Selection())
        assert faults == ()
        assert view.display.lang == language
        assert page != "memory" or view.network.network in memory.NETWORKS


def test_every_claim_has_a_source_and_the_outcome_that_its_sentence_was_written_for() -> None:
    assert set(SOURCES) == set(CLAIMS)
    found = {name: {(one.what, one.of) for one in kept()[name].findings if not one.holds} for name in CLAIMS}
    assert {name: failed for name, failed in found.items() if failed} == FAILS


@pytest.mark.parametrize("name", CLAIMS)
def test_a_card_shows_every_figure_and_marks_those_that_decide(name: str) -> None:
    claim, now = CLAIMS[name], kept()[name]
    shown = card(claim, now, ENGLISH)
    rows = text(re.search(r"<tbody>.*</tbody>", shown)[0])
    for one in now.findings:
        assert text(FORMATS[one.what](one.found)).strip() in rows
    decide = [one for one in now.findings if one.decides]
    assert rows.count("✓") == sum(one.holds for one in decide)
    assert rows.count("✗") == sum(not one.holds for one in decide)
    assert f'data-verdict="{verdict(claim, now.findings)}"' in shown


def test_a_claim_that_fails_is_shown_as_failing_and_for_which_seeds() -> None:
    claim, now = CLAIMS["drift"], kept()["drift"]
    assert "Reproduced" in card(claim, now, ENGLISH)
    bad = replace(now, findings=(*now.findings[:-1], Finding("drift", "counter", 0.5, high=0)))
    for seeds, says in (((0,), "Not for this seed"), ((0, 1), "Not for these seeds"), ((), "Does not hold")):
        shown = text(card(replace(claim, seeds=seeds), bad, ENGLISH))
        assert says in shown and "Reproduced" not in shown
        assert "2 of 3 figures" in shown


def test_a_measure_of_every_claim_can_be_written() -> None:
    assert {one.what for now in kept().values() for one in now.findings} == set(FORMATS)
