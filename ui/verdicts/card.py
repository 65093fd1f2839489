"""The card of a claim: verdict, who says it and where, what they measured, what came out, where to see it."""

from __future__ import annotations

from html import escape

from cells.phenomena.findings import Claim, verdict
from cells.phenomena.kept import Kept
from ui.verdicts.figures import table
from ui.verdicts.sources import SOURCES, Source
from ui.words import Words

SIGNS = {"reproduced": "✓", "not": "✗", "untested": "–"}


def card(claim: Claim, found: Kept, words: Words) -> str:
    """One claim as HTML."""
    came, source = verdict(claim, found.findings), SOURCES[claim.name]
    decide = [one for one in found.findings if one.decides]
    held = words("verdict.held", held=str(sum(one.holds for one in decide)), total=str(len(decide)))
    lead = f"<b>{words('verdict.run')}</b>"
    asks = "verdict.criterion" if claim.tested else "verdict.shown"
    measured = words.joined(_seeds(claim.seeds, words), words("verdict.day", day=found.measured))
    runs = " · ".join(
        f'<a href="{escape(run.address(words.language))}" target="_self">'
        f"{words(f'claim.{claim.name}.{run.name}')}</a>"
        for run in source.runs
    )
    parts = (
        f'<header><span class="verdict"><i aria-hidden="true">{SIGNS[came]}</i>'
        f"{words(_label(came, claim))}</span>{f'<small>{held}</small>' if claim.tested else ''}</header>",
        f"<h2>{words(f'claim.{claim.name}')}</h2>",
        f'<p class="source">{_source(source, words)}</p>',
        f"<p>{words.explained(words(f'claim.{claim.name}.measured'))}</p>",
        f"<p>{words.joined(f'<b>{words(asks)}</b>', words(f'claim.{claim.name}.criterion'))}</p>",
        f'<div class="scrolls">{table(found.findings, words)}</div>',
        f"<p>{words(f'claim.{claim.name}.{came}')}</p>",
        f"<footer><p>{words.joined(lead, runs)}</p><small>{measured}</small></footer>",
    )
    return f'<article id="{claim.name}" data-testid="claim" data-verdict="{came}">{"".join(parts)}</article>'


def _label(came: str, claim: Claim) -> str:
    """What is said of the outcome: where it fails, for which seeds, or for none."""
    if came != "not":
        return f"verdict.{came}"
    return ("verdict.fails_exactly", "verdict.seed", "verdict.seeds")[min(len(claim.seeds), 2)]


def _source(source: Source, words: Words) -> str:
    if not source.who:
        return words("verdict.article")
    printed = f"{escape(source.who)}, {escape(source.where)}"
    return f'<a href="{source.address}" target="_blank" rel="noopener">{printed}</a>'


def _seeds(seeds: tuple[int, ...], words: Words) -> str:
    if len(seeds) < 2:
        return words("verdict.of_seed", seed=str(seeds[0])) if seeds else words("verdict.of_none")
    return words("verdict.of_seeds", first=str(seeds[0]), last=str(seeds[-1]))
