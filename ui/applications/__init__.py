"""Four ways to put a recurrent network to work: what comes in, what goes out, what the state carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ui.applications.sketch import sketch
from ui.networks.defaults import Selection, told
from ui.session.selection import keep
from ui.words import Words


@dataclass(frozen=True)
class Application:
    """One way: at which steps something is read ("x") and answered ("y"), and the networks that do it."""

    read: str
    answered: str
    stories: tuple[str, ...]


APPLICATIONS: Mapping[str, Application] = {
    "many_to_one": Application("xxxx", "   y", ("names", "reviews", "first", "adding")),
    "one_to_many": Application("x   ", "yyyy", ("shakespeare",)),
    "aligned": Application("xxxx", "yyyy", ("tags", "brackets", "parity", "count10", "count50")),
    "encoder_decoder": Application("xxx   ", "   yyy", ("g2p", "copy")),
}
STORIES = tuple(story for application in APPLICATIONS.values() for story in application.stories)


def choose(selection: Selection, words: Words) -> tuple[str, ...]:
    """Draw the four ways, the present one marked, and give the networks that work like it."""
    present = of(selection.network)
    with st.container(key="applications"):
        for column, (name, application) in zip(st.columns(4, gap="small"), APPLICATIONS.items(), strict=True):
            with column:
                st.html(sketch(application.read, application.answered, words(f"application.{name}.says")))
                st.button(
                    words(f"application.{name}"),
                    key=f"application_{name}",
                    type="primary" if name == present else "secondary",
                    on_click=_turn,
                    args=(selection, application.stories[0]),
                    width="stretch",
                )
        st.html(f'<p class="carries">{words.explained(words(f"application.{present}.carries"))}</p>')
    return APPLICATIONS[present].stories


def of(story: str) -> str:
    """The way in which the network of a story works."""
    return next(name for name, application in APPLICATIONS.items() if story in application.stories)


def _turn(selection: Selection, story: str) -> None:
    keep(told(selection, story))
