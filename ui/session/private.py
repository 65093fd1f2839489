"""What belongs to one session alone: never on a disk, never where another session can reach it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from cells.loading.errors import shown
from cells.loading.tensors import MOST_NUMBERS
from ui.lessons.records import Lesson
from ui.networks.uploaded import Uploaded, alike

PRESENT, OWN, MEMO = "own_network", "own_networks", "memo"
WANTED = "own_wanted"  # the session's key of the link to a view of a file that is not here any more
LESSON = "own_lesson"  # the session's key of a lesson that somebody made and she has opened
MOST = 4  # results that a session keeps
MOST_OWN = 8  # networks that a session keeps, of no more numbers together than one may have
Made = TypeVar("Made")


def uploaded() -> Uploaded | None:
    """The network that this reader brought, of several the present one."""
    found: Uploaded | None = st.session_state.get(PRESENT)
    return found


def own() -> dict[str, Uploaded]:
    """All networks that this reader brought, by their keys, in the order in which they came."""
    found: dict[str, Uploaded] = st.session_state.get(OWN, {})
    return found


def named(key: str) -> Uploaded | None:
    """One of them, reading what the present one reads if it takes such inputs."""
    one, present = own().get(key), uploaded()
    if one is None or present is None or one is present or one.tokens or not alike(one, present):
        return one
    return replace(one, rows=present.rows)


def labels() -> dict[str, str]:
    """What each of them is called: by its file, and which of several files of one name it is."""
    found, names = {}, [one.name for one in own().values()]
    for place, (key, one) in enumerate(own().items()):
        before = names[:place].count(one.name)
        found[key] = shown(one.name) if names.count(one.name) == 1 else f"{shown(one.name)} ({before + 1})"
    return found


def digest() -> str:
    """What tells this reader's own networks and their inputs from any others; empty where there is none."""
    present = uploaded()
    return "" if present is None else " ".join((present.key, *(one.digest for one in own().values())))


def take(brought: Uploaded) -> None:
    """Make a network this reader's present one; the oldest go where they are too many or too large."""
    kept = {**own(), brought.key: brought}
    while len(kept) > MOST_OWN or sum(one.understood.parameters for one in kept.values()) > MOST_NUMBERS:
        oldest = next((key for key in kept if key != brought.key), "")
        if not oldest:
            break
        del kept[oldest]
    st.session_state[OWN], st.session_state[PRESENT] = kept, brought


def turn(key: str) -> None:
    """Make another of this reader's networks the present one."""
    if key in own():
        st.session_state[PRESENT] = own()[key]


def forget() -> None:
    """Leave no trace of the present network; of the others the latest is the present one then."""
    gone, kept = uploaded(), own()
    for name in (PRESENT, OWN, MEMO, WANTED):
        st.session_state.pop(name, None)
    others = {key: one for key, one in kept.items() if gone is None or key != gone.key}
    if others:
        st.session_state[OWN], st.session_state[PRESENT] = others, [*others.values()][-1]


def lesson() -> Lesson | None:
    """The lesson, made by somebody, that this reader has opened."""
    found: Lesson | None = st.session_state.get(LESSON)
    return found


def open_lesson(made: Lesson) -> None:
    """Make a lesson that somebody made this reader's."""
    st.session_state[LESSON] = made


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
