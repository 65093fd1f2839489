"""Four ways to put a recurrent network to work: what comes in, what goes out, what the state carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ui.applications.alive import in_life
from ui.applications.sketch import sketch
from ui.networks.defaults import default_view, with_network
from ui.session.chosen import Chosen
from ui.session.chosen import chosen as resolved
from ui.session.screen import narrow
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
    """Draw the four ways at work, the present one marked, and give the networks that work like it."""
    words, present = chosen.words, application_of(chosen.choice.network)
    with st.container(key="applications"):
        names = sorted(APPLICATIONS, key=lambda name: narrow() and name != present)  # a phone shows one
        for column, name in zip(st.columns(len(names), gap="medium"), names, strict=True):
            application = APPLICATIONS[name]
            with column, st.container(key=f"way_{name}"):
                st.html(sketch(application.read, application.answered, words(f"application.{name}.says")))
                st.button(
                    words(f"application.{name}"),
                    key=f"application_{name}",
                    type="primary" if name == present else "secondary",
                    on_click=_turn,
                    args=(chosen, application.networks[0]),
                    width="stretch",
                )
                st.html(_at_work(name, chosen if name == present else _first(chosen, application)))
    return APPLICATIONS[present].networks


def _first(chosen: Chosen, application: Application) -> Chosen:
    """The first network of a way, at its usual example."""
    lang = chosen.selection.display.lang
    return resolved(default_view(application.networks[0]).but(lang=lang))


def _at_work(way: str, view: Chosen) -> str:
    """What a network reads and answers, and what its state carries between the two."""
    words, life = view.words, in_life(way, view)
    return (
        f'<p class="task">{words(f"network.{view.choice.network}")}</p>'
        f'<dl class="life notranslate" translate="no"><dt>{words("application.reads")}</dt>'
        f'<dd tabindex="0">{life.read}</dd><dt>{words("application.answers")}</dt>'
        f'<dd tabindex="0">{life.answered}</dd></dl>'
        f'<p class="carries">{words.explained(words(f"application.{way}.carries"))}</p>'
    )


def application_of(network: str) -> str:
    """The way in which a network works."""
    return next(name for name, application in APPLICATIONS.items() if network in application.networks)


def _turn(chosen: Chosen, network: str) -> None:
    save(with_network(chosen.selection, network))
