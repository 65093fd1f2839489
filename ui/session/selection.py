"""What a reader has chosen: the session's selection, from the link, from the widgets, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

import streamlit as st

from ui.networks.defaults import FIELDS, Selection, fitted, from_link, told
from ui.networks.uploaded import YOURS
from ui.selection.fields import Some
from ui.session import private

LAST = "last_read"
KEPT = "kept"  # the session's key of the whole selection as it was last made
ASKED = "asked"  # the session's key of what the link that it began with asks for
READING = (  # what stays with a network
    "network", "model", "twin", "mode", "text", "cell", "layer", "direction", "start", "step", "unit",
    "track", "answer",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the link that a session began with asks for.

    `link` is the view's own as it was shown first, `faults` are parts that are nonsense, `step` and `unit` 0
    where it names none.
    """

    link: str = ""
    faults: tuple[str, ...] = ()
    step: int = 0
    unit: int = 0


def again(selection: Selection, network: str) -> Selection:
    """The selection with another network, and what this reader last read with it, if she has."""
    last = st.session_state.get(LAST, {}).get(network)
    return told(selection, network) if last is None else fitted(replace(selection, **last))[0]


def forget(network: str) -> None:
    """Remember no more what was read with a network."""
    st.session_state.get(LAST, {}).pop(network, None)


def current(stories: Sequence[str]) -> Selection:
    """The session's selection, seeded from the link on its first run.

    A network that is not among the page's stories, where it has any, gives way to the first of them.
    """
    state, query = st.session_state, st.query_params.to_dict()
    begins = ASKED not in state
    if begins:
        language = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
        selection, faults = from_link(query, Selection(lang=language))
    else:
        selection, faults = fitted(held())
    elsewhere = bool(stories) and selection.network not in stories
    if elsewhere:
        selection = again(selection, stories[0])
    if begins:
        faults += ("network",) if elsewhere and "network" in query and YOURS not in faults else ()
        at = {name: getattr(selection, name) for name in ("step", "unit") if name in {*query} - {*faults}}
        state[ASKED] = Asked(selection.link(), faults, **at)
    keep(selection)  # assigning also keeps the values of widgets that this run doesn't draw
    return selection


def asked(selection: Selection) -> Asked:
    """What the session's link asks for, as long as the reader has changed nothing but step and unit."""
    first: Asked = st.session_state[ASKED]
    return first if first.link == selection.link() else Asked()


def held() -> Selection:
    """What the session's widgets hold, whether its parts fit or not."""
    kept, state = st.session_state[KEPT], st.session_state
    values = {field.name: state.get(field.name, kept[field.name]) for field in fields(Selection)}
    if values["network"] == YOURS and private.own() is None:
        values["network"] = Selection().network
    for name, field in FIELDS.items():
        if isinstance(field, Some):
            values[name] = tuple(option for option in field.options if option in values[name])
    return Selection(**values)


def keep(selection: Selection) -> None:
    """Make a selection the session's."""
    values = asdict(selection)
    for name, value in values.items():
        st.session_state[name] = list(value) if isinstance(value, tuple) else value
    # Streamlit forgets what belongs to widgets when the page changes after a rerun of the stepper alone.
    st.session_state[KEPT] = values
    last = st.session_state.setdefault(LAST, {})
    last[selection.network] = {name: values[name] for name in READING}
