"""The page of claims, without a browser."""

from __future__ import annotations

import re

import pytest

from cells.phenomena.table import CLAIMS
from tests.app.page import opened
from ui.words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_has_its_card(language: str) -> None:
    page = opened("pages/claims.py", lang=language)
    bodies = " ".join(element.proto.body for element in page.get("html"))
    assert re.findall(r'<article id="(\w+)"', bodies) == list(CLAIMS)
    assert Words(language)("verdict.how") in bodies
    assert not page.warning
