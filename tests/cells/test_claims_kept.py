"""What is kept of the claims is what comes out of them today, and says when it no longer can."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf

import pytest

from cells import shipped
from cells.phenomena import kept as keeping
from cells.phenomena import units
from cells.phenomena.__main__ import main, told
from cells.phenomena.findings import Claim, Finding, verdict
from cells.phenomena.kept import digest, keep, kept
from cells.phenomena.table import CLAIMS

every_claim = pytest.mark.parametrize(
    "claim",
    [pytest.param(claim, marks=() if claim.quick else pytest.mark.slow) for claim in CLAIMS.values()],
    ids=lambda claim: claim.name,
)


@every_claim
def test_a_claim_measured_again_is_what_is_kept_of_it_and_reads_the_networks_that_it_names(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = set[str]()
    for name in ("network", "card"):
        read = getattr(shipped, name)
        monkeypatch.setattr(
            shipped, name, lambda which, *rest, read=read: (asked.add(which), read(which, *rest))[1]
        )
    now, then = list(claim.measure()), kept()[claim.name].findings
    assert [one._replace(found=0) for one in now] == [one._replace(found=0) for one in then]
    for one, before in zip(now, then, strict=True):
        # A machine's rounding moves what is read over two thousand steps, and answers that are guesses.
        slack = 0.02 if before.found > 0.001 else 0
        assert one.found == pytest.approx(before.found, rel=0.02, abs=slack), (one, before)
        assert one.holds == before.holds
    assert asked <= {*claim.networks}, "the digest is of all networks that are read"


def test_all_claims_are_kept_and_none_is_stale() -> None:
    assert set(kept()) == set(CLAIMS)
    stale = [name for name, claim in CLAIMS.items() if kept()[name].digest != digest(claim)]
    assert stale == [], f"measure again: python -m cells.phenomena {' '.join(stale)}"


def test_every_claim_has_figures_that_decide_where_it_is_tested() -> None:
    for name, claim in CLAIMS.items():
        assert any(one.decides for one in kept()[name].findings) == claim.tested, name
        assert {one.of.split(" ")[0] for one in kept()[name].findings} & {*claim.networks, "counter", "U"}


def test_one_figure_out_of_its_bounds_is_enough_against_a_claim() -> None:
    claim = CLAIMS["counting"]
    good, beside = Finding("a", "b", 1, low=1, high=1), Finding("a", "b", -inf)
    bad = Finding("a", "b", 2, high=1)
    assert verdict(claim, [good, beside]) == "reproduced"
    assert verdict(claim, [good, bad]) == verdict(claim, [good, Finding("a", "b", 0, low=1)]) == "not"
    assert verdict(replace(claim, tested=False), [beside]) == "untested"
    assert told(claim, [good, bad]).count("DOES NOT HOLD") == 1


def test_other_weights_and_other_code_make_another_digest(tmp_path, monkeypatch) -> None:
    claim = CLAIMS["drift"]
    before = digest(claim)
    assert digest(replace(claim, measure=units.saturated)) != before
    for name in claim.networks:
        for suffix in ("npz", "json"):
            (tmp_path / f"{name}.{suffix}").write_bytes((shipped.FOLDER / f"{name}.{suffix}").read_bytes())
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    assert digest(claim) == before
    (tmp_path / "count50-lstm.npz").write_bytes(b"other weights")
    assert digest(claim) != before


def test_what_is_as_it_was_keeps_its_day(tmp_path, monkeypatch) -> None:
    claim, findings = CLAIMS["drift"], kept()["drift"].findings
    monkeypatch.setattr(keeping, "FILE", tmp_path / "kept.json")
    kept.cache_clear()
    try:
        keep({"drift": (claim, findings)})
        first = json.loads(keeping.FILE.read_text().replace(kept()["drift"].measured, "2001-02-03"))
        keeping.FILE.write_text(json.dumps(first))
        kept.cache_clear()
        keep({"drift": (claim, findings)})
        assert kept()["drift"].measured == "2001-02-03"
        keep({"drift": (claim, findings[1:])})
        assert kept()["drift"].measured != "2001-02-03"
        assert kept()["drift"].findings == findings[1:]
    finally:
        kept.cache_clear()


def test_a_claim_that_there_is_not_is_named(capsys) -> None:
    assert main(["☃"]) == 2
    assert "'☃'" in capsys.readouterr().out
