"""What stands beside a reader's own network: others of hers that read alike, trained ones of such texts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cells import shipped
from ui.networks.catalogue import CATALOGUE
from ui.networks.comparable import MOST_COMPARED
from ui.networks.own import Own, alike
from ui.session import private

CHOSEN = "own_compare"  # the session's key of the choice: what is private is in no link


def offered(present: Own | None) -> tuple[str, ...]:
    """Keys of her networks that read as the present one, itself among them; then names of shipped ones."""
    if present is None:
        return ()
    hers = tuple(key for key, one in private.own().items() if alike(one, present))
    return (*hers, *_shipped(present))


def _shipped(present: Own) -> Sequence[str]:
    """Those that are typed alike and know a token of hers, first those that know most."""
    known, cards = set(present.tokens), shipped.cards()
    names = [name for entry in CATALOGUE.values() for name in entry.siblings]
    shared = {
        name: len(known & set(cards[name].vocabulary))
        for name in names
        if cards[name].mode in present.entry.modes
    }
    return sorted(filter(shared.__getitem__, shared), key=lambda name: -shared[name])


def chosen_names() -> tuple[str, ...]:
    """Those of them that she chose: at first her own, the latest ones."""
    present = private.present()
    known = offered(present)
    kept = tuple(name for name in known if name in st.session_state.get(CHOSEN, ()))
    if 1 < len(kept) <= MOST_COMPARED:
        return kept
    hers = [name for name in known if private.named(name)]
    usual = hers[-MOST_COMPARED:] if len(hers) > 1 else known[:2]
    if present is not None and len(hers) > 1 and present.key not in usual:
        usual = [present.key, *usual[1:]]
    return tuple(usual)


def entry_of_shipped(name: str) -> str:
    """The entry of the picker that a trained network is of."""
    return next(entry for entry, one in CATALOGUE.items() if name in one.siblings)
