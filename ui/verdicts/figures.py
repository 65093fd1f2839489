"""The figures of a claim as a table: a row for each network, a column for each measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape

from cells import shipped
from cells.phenomena.findings import Finding
from ui.networks.cards import started
from ui.text.numbers import correlation, decimals, percent, powers
from ui.words import Words

_whole = "{:.0f}".format
_tenths = partial(percent, places=1)


def _exact(value: float) -> str:
    """A share that is 0 only where nothing at all is lost."""
    return _tenths(value) if value else percent(0)


FORMATS: Mapping[str, Callable[[float], str]] = {
    "longest": _whole,
    "correlation": correlation,
    "drift": _exact,
    "lag60": percent,
    "lag1000": percent,
    "added": _tenths,
    "beginning": powers,
    "updates": _whole,
    "grown": "{:.1f}".format,
    "right": percent,
    "sigma": decimals,
    "bounded": percent,
    "grows": percent,
    "left50": powers,
    "place_f": _whole,
    "place_h": _whole,
    "f_right": percent,
    "f_left": percent,
    "always_open": _whole,
    "always_closed": _whole,
    "in_line": correlation,
    "in_quotes": correlation,
    "shows": percent,
}


def table(findings: Sequence[Finding], words: Words) -> str:
    """All figures, those that decide with their bound and whether they hold."""
    measures = tuple(dict.fromkeys(one.what for one in findings))
    networks = tuple(dict.fromkeys(one.of for one in findings))
    tasks = {known.task for name in networks if (known := _card(name)) is not None}
    by_place = {(one.of, one.what): one for one in findings}
    head = "".join(f"<th scope='col'>{words(f'figure.{what}')}</th>" for what in measures)
    rows = "".join(
        f"<tr><th scope='row'>{escape(_called(of, len(tasks) > 1, words))}</th>"
        + "".join(_cell(by_place.get((of, what)), words) for what in measures)
        + "</tr>"
        for of in networks
    )
    named = escape(words("verdict.table"))
    return f'<table aria-label="{named}"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _card(of: str) -> shipped.Card | None:
    return shipped.cards().get(of.split(" ")[0])


def _called(of: str, several: bool, words: Words) -> str:
    """A network by its cell, and by its task where there are several; or as it is drawn or built."""
    name, _, otherwise = of.partition(" ")
    known = _card(of)
    if known is None and name != "counter":
        return of
    task = words(f"task.{known.task}") if known is not None and several else ""
    cell = words("kind.handbuilt") if known is None else started(known, words)
    whole = " · ".join(filter(None, (task, cell, words(f"as.{otherwise}") if otherwise else "")))
    return whole.replace(" = ", "\u00a0=\u00a0").replace(" ≤ ", "\u00a0≤\u00a0")


def _cell(one: Finding | None, words: Words) -> str:
    if one is None:
        return "<td></td>"
    written = FORMATS[one.what]
    if not one.decides:
        return f"<td>{written(one.found)}</td>"
    sides = (("≥", one.low), ("≤", one.high))
    bounds = " ".join(f"{sign}\u00a0{written(bound)}" for sign, bound in sides if bound is not None)
    says = words("verdict.holds" if one.holds else "verdict.fails")
    mark = f'<b role="img" aria-label="{escape(says)}">{"✓" if one.holds else "✗"}</b>'
    fails = "" if one.holds else " class='fails'"
    return f"<td{fails}>{written(one.found)}\u00a0{mark}<small>{bounds}</small></td>"
