"""What belongs to one session alone: never on a disk, never where another session can reach it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from ui.networks.uploaded import Uploaded

UPLOADED, MEMO = "own_network", "memo"
MOST = 4  # results that a session keeps
Made = TypeVar("Made")


def uploaded() -> Uploaded | None:
    """The network that this reader brought, if she has brought one."""
    found: Uploaded | None = st.session_state.get(UPLOADED)
    return found


def digest() -> str:
    """What tells this reader's own network and its inputs from any other; empty where there is none."""
    found = uploaded()
    return found.digest if found is not None else ""


def take(brought: Uploaded) -> None:
    """Make a network this reader's own; the one before it goes."""
    st.session_state[UPLOADED] = brought


def forget() -> None:
    """Leave no trace of the reader's own network."""
    for name in (UPLOADED, MEMO):
        st.session_state.pop(name, None)


def once(key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, made once for this session and kept until it has made a few others since.

    A choice names the reader's own network but does not tell it from the one before: the digest does.
    """
    kept: dict[Hashable, Made] = st.session_state.setdefault(MEMO, {})
    place = (digest(), key)
    made = kept.pop(place) if place in kept else make()
    kept[place] = made  # the latest stands last
    for old in list(kept)[:-MOST]:
        del kept[old]
    return made
