"""Four ways to put a recurrent network to work: what comes in, what goes out, what the state carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ui.applications.sketch import sketch
from ui.networks.defaults import with_network
from ui.session.chosen import Chosen
from ui.session.selection import save


@dataclass(frozen=True)
class Application:
    """One way: at which steps something is read ("x") and answered ("y"), and the networks that do it."""

    read: str
    answered: str
    networks: tuple[str, ...]


APPLICATIONS: Mapping[str, Application] = {
    "many_to_one": Application("xxxx", "   y", ("names", "reviews", "first", "adding")),
    "one_to_many": Application("x   ", "yyyy", ("shakespeare",)),
    "aligned": Application("xxxx", "yyyy", ("tags", "brackets", "parity", "count10", "count50")),
    "encoder_decoder": Application("xxx   ", "   yyy", ("g2p", "copy")),
}
NETWORKS = tuple(name for application in APPLICATIONS.values() for name in application.networks)


def choose(chosen: Chosen) -> tuple[str, ...]:
    """Draw the four ways, the present one marked, and give the networks that work like it."""
    words, present = chosen.words, application_of(chosen.choice.network)
    with st.container(key="applications"):
        for column, (name, application) in zip(st.columns(4, gap="small"), APPLICATIONS.items(), strict=True):
            with column:
                st.html(sketch(application.read, application.answered, words(f"application.{name}.says")))
                st.button(
                    words(f"application.{name}"),
                    key=f"application_{name}",
                    type="primary" if name == present else "secondary",
                    on_click=_turn,
                    args=(chosen, application.networks[0]),
                    width="stretch",
                )
        carries = words.explained(words(f"application.{present}.carries"))
        st.html(f'<p class="carries">{carries}</p>')
    return APPLICATIONS[present].networks


def application_of(network: str) -> str:
    """The way in which a network works."""
    return next(name for name, application in APPLICATIONS.items() if network in application.networks)


def _turn(chosen: Chosen, network: str) -> None:
    save(with_network(chosen.selection, network))
