"""What belongs to one session alone: never on a disk, never where another session can reach it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from cells.loading.tensors import MOST_NUMBERS
from ui.lessons.records import Lesson
from ui.networks.own import Own, alike
from ui.networks.uploaded import Uploaded
from ui.words import Words

PRESENT, OWN, MEMO = "own_network", "own_networks", "memo"
WANTED = "own_wanted"  # the session's key of the link to a view of a file that is not here any more
LESSON = "own_lesson"  # the session's key of a lesson that somebody made and she has opened
MOST = 4  # results that a session keeps
MOST_OWN = 8  # networks that a session keeps, of no more numbers together than one may have
Made = TypeVar("Made")


def present() -> Own | None:
    """The network of this reader's own that she looks at, of several the present one."""
    found: Own | None = st.session_state.get(PRESENT)
    return found


def own() -> dict[str, Own]:
    """All networks that she brought or trained, by their keys, in the order in which they came."""
    found: dict[str, Own] = st.session_state.get(OWN, {})
    return found


def files() -> dict[str, Uploaded]:
    """Those of them that came in files."""
    return {key: one for key, one in own().items() if isinstance(one, Uploaded)}


def uploaded() -> Uploaded | None:
    """The one that came in a file: the present one, or else the latest."""
    now = present()
    return now if isinstance(now, Uploaded) else next(reversed(files().values()), None)


def named(key: str) -> Own | None:
    """One of them, reading what the present one reads if it takes such inputs."""
    one, now = own().get(key), present()
    if not isinstance(one, Uploaded) or not isinstance(now, Uploaded):
        return one
    return one if one is now or one.tokens or not alike(one, now) else replace(one, rows=now.rows)


def labels(words: Words) -> dict[str, str]:
    """What each of them is called, and which of several of one name it is."""
    names = [one.label(words) for one in own().values()]
    numbers = [names[: place + 1].count(name) for place, name in enumerate(names)]
    return {
        key: name if names.count(name) == 1 else f"{name} ({number})"
        for key, name, number in zip(own(), names, numbers, strict=True)
    }


def digest() -> str:
    """What tells this reader's own networks and their inputs from any others; empty where there is none."""
    now = present()
    return "" if now is None else " ".join((now.key, *(one.digest for one in own().values())))


def take(one: Own) -> None:
    """Make a network this reader's present one; the oldest go where they are too many or too large."""
    kept = {**own(), one.key: one}
    while len(kept) > MOST_OWN or sum(each.parameters for each in kept.values()) > MOST_NUMBERS:
        oldest = next((key for key in kept if key != one.key), "")
        if not oldest:
            break
        del kept[oldest]
    st.session_state[OWN], st.session_state[PRESENT] = kept, one


def turn(key: str) -> None:
    """Make another of this reader's networks the present one."""
    if key in own():
        st.session_state[PRESENT] = own()[key]


def forget() -> None:
    """Leave no trace of the present network; of the others the latest is the present one then."""
    gone, kept = present(), own()
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
