"""A view as the query of an address, and back."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from ui.networks.defaults import (
    default_view,
    made_consistent,
    parsed,
    unlike_default,
    with_opening_unit,
)
from ui.networks.learned import RECIPE, UPDATES
from ui.networks.own import YOURS, Own
from ui.networks.uploaded import FILE
from ui.selection.fields import Value
from ui.selection.records import PARTS, Selection

LONGEST = 4000  # bytes of a link: servers take 8,190, mail programs often less
TEXTS = ("text", "second")  # what a link leaves out, one by one, while it is too long
ON_THE_WAY = ("step", "unit")  # the browser adds where the reader is
STAYS = ("lang", "theme", RECIPE)  # what is kept of a link to a network that is not here


def link_of(selection: Selection, own: Own | None = None) -> str:
    """The query string of a view: what its network's usual one has otherwise.

    Of a reader's own network it has what brings that back after a reload: the name of the file, or settings.
    """
    chosen = {
        name: ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in unlike_default(selection, own).items()
        if name not in ON_THE_WAY
    }
    if selection.network.network == YOURS and own is not None:
        chosen |= own.link
    link = urlencode(chosen)
    for name in TEXTS:
        if len(link) > LONGEST:
            chosen.pop(name, None)
            link = urlencode(chosen)
    return link


def _meant(own: Own, query: Mapping[str, str]) -> bool:
    """Whether a link to a reader's own network is to this one, as far as it says."""
    if UPDATES not in query:
        return UPDATES not in own.link
    return all(query.get(name) == own.link.get(name) for name in (RECIPE, UPDATES))


def shared_link(selection: Selection, own: Own | None = None) -> str:
    """The query that others are given: the view at its step, without the name of the reader's own file."""
    at = selection.at
    parts = parse_qsl(link_of(selection, own), keep_blank_values=True)
    given = {name: value for name, value in parts if name != FILE}
    return urlencode({**given, "step": at.step, "unit": at.unit}, safe=",")


def from_link(
    query: Mapping[str, str], otherwise: Selection, own: Own | None = None
) -> tuple[Selection, tuple[str, ...]]:
    """The view that a link asks for, and the names of its parts that are nonsense and fell back.

    Names that no view has are somebody else's, as those that mail programs and social networks add. A link to
    a network that somebody brought or trained says nothing without it: of such a one the language is kept,
    and the settings that train it.
    """
    if query.get("network") == YOURS and not (own is not None and _meant(own, query)):
        kept = {name: parsed(name, query.get(name, "")) for name in STAYS}
        view = default_view(otherwise.network.network).but(lang=otherwise.display.lang)
        return view.but(**{name: value for name, value in kept.items() if value}), (YOURS,)
    good: dict[str, Value] = {}
    faults = []
    for name in (name for name in query if name in PARTS):
        hers = name == "network" and query[name] == YOURS
        value = YOURS if hers else parsed(name, query[name])
        if value is None:
            faults.append(name)
        else:
            good[name] = value
    network = str(good.get("network", otherwise.network.network))
    usual = default_view(network, own).but(lang=otherwise.display.lang)
    selection, misfits = made_consistent(usual.but(**good), own)
    if "unit" not in good:
        selection = with_opening_unit(selection, own)
    return selection, (*faults, *(name for name in misfits if name in good))
