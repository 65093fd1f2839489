"""What a reader has chosen: the session's selection, from the link, from the widgets, and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.lessons import linked
from ui.networks.defaults import KNOWN, made_consistent, parsed, with_network
from ui.networks.own import YOURS
from ui.runs.link import from_link, link_of
from ui.selection.fields import Lines, Name, Names, OneOf, RecipeLine, Some
from ui.selection.records import PARTS, Selection, names_of
from ui.session import private
from ui.text.lines import boxed, unboxed

LAST = "last_read"
KEPT = "kept"  # the session's key of the whole selection as it was last made
PAGE = "last_page"  # the session's key of the page that it was last on
ARRIVAL = "arrival"  # the session's key of how often it was led to a view: each time the step is that view's
CAME = "came"  # the session's key of the query of the address that Back or Forward led to last
GIVEN = "given"  # the session's key of how often the text's box was given another text than it held
ASKED = "asked"  # the session's key of what the link that it began with asks for
LINES = tuple(name for name, part in PARTS.items() if isinstance(part.parser, Lines))
OWN = ("lang", "theme", "projector")  # what a reader keeps who is taken to somebody else's view
OF_NETWORK = ("network", "text", "edits", "at")  # records that stay with a network
STAYS = (*(name for record in OF_NETWORK for name in names_of(record)), "track", "answer", "second")


@dataclass(frozen=True)
class LinkRequest:
    """What the link that a session began with asks for.

    `link` is the view's own as it was shown first, `faults` are parts that are nonsense, `step` and `unit` 0
    where it names none.
    """

    link: str = ""
    faults: tuple[str, ...] = ()
    step: int = 0
    unit: int = 0


def with_last_text(selection: Selection, network: str) -> Selection:
    """The selection with another network, and what this reader last read with it, if she has."""
    last, own = st.session_state.get(LAST, {}).get(network), private.present()
    if last is None:
        return with_network(selection, network, own)
    return made_consistent(selection.but(**last), own)[0]


def forget_text(network: str) -> None:
    """Remember no more what was read with a network."""
    st.session_state.get(LAST, {}).pop(network, None)


def load_selection(page: str, networks: Sequence[str]) -> Selection:
    """The session's selection on a page; a link's on its first run, and where Back or Forward led to one.

    A network that is not among the page's, where it has any, gives way to the first of them.
    """
    state, query, own = st.session_state, st.query_params.to_dict(), private.present()
    begins = ASKED not in state
    if by_history():
        state[CAME] = urlencode(query)
        if not begins:
            take_link(query) if networks else take_parts(query)
    if begins:
        language = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
        if taught := linked(query):
            query = dict(parse_qsl(taught.view)) | query
        selection, faults = from_link(query, Selection().but(lang=language), own)
        if YOURS in faults:
            state[private.WANTED] = query
    else:
        selection, faults = made_consistent(from_widgets(), own)
    elsewhere = bool(networks) and selection.network.network not in networks
    if elsewhere:
        selection = with_last_text(selection, networks[0])
    if begins:
        faults += ("network",) if elsewhere and "network" in query and YOURS not in faults else ()
        at = {name: getattr(selection.at, name) for name in ("step", "unit") if name in {*query} - {*faults}}
        state[ASKED] = LinkRequest(link_of(selection, own), faults, **at)
    # Assigning also keeps the values of widgets that this run doesn't draw, and of all when the page changes.
    save(selection, LINES if state.get(PAGE) == page else ())
    state[PAGE] = page
    return selection


def by_history() -> bool:
    """Whether this run shows an entry of the browser's history."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def link_request(link: str) -> LinkRequest:
    """What the session's link asks for, as long as the reader has changed nothing but step and unit.

    `link` is the present view's own.
    """
    first: LinkRequest = st.session_state[ASKED]
    return first if first.link == link else LinkRequest()


def from_widgets() -> Selection:
    """What the session's widgets hold, whether its parts fit or not."""
    kept, state = st.session_state[KEPT], st.session_state
    values = {name: state.get(name, kept[name]) for name in PARTS}
    if values["network"] == YOURS and private.present() is None:
        values["network"] = Selection().network.network
    for name, part in PARTS.items():
        if isinstance(part.parser, OneOf | Name | RecipeLine) and not _offered(name, values[name]):
            values[name] = kept[name]
        if isinstance(part.parser, Some | Names):
            order = part.parser.options if isinstance(part.parser, Some) else KNOWN[name]
            chosen = values[name] if set(order).issuperset(values[name]) else kept[name]
            values[name] = tuple(option for option in order if option in chosen)
    return Selection().but(**values | {name: unboxed(values[name]) for name in LINES})


def _offered(name: str, value: str) -> bool:
    """Whether a value is among what its widget offers.

    It comes over the wire as its label, which follows the language and the moment of training: a page that is
    a run behind sends one that no option has any more.
    """
    hers = {"network": (YOURS,), "model": private.own()}.get(name, ())
    return value in hers or parsed(name, value) is not None


def arrive(selection: Selection) -> None:
    """Make a selection the session's, its step and unit too."""
    save(selection)
    st.session_state[ARRIVAL] = st.session_state.get(ARRIVAL, 0) + 1


def take_link(query: Mapping[str, str]) -> None:
    """Make the view of a link the session's, but for what is the reader's own."""
    own = {name: value for name, value in from_widgets().flat().items() if name in OWN}
    selection, _ = from_link(query, Selection().but(**own), private.present())
    arrive(selection.but(**own))


def take_parts(query: Mapping[str, str]) -> None:
    """Make parts of a view the session's, but for what is the reader's own: those that a query names."""
    values = {name: parsed(name, value) for name, value in query.items() if name in PARTS.keys() - {*OWN}}
    save(from_widgets().but(**{name: value for name, value in values.items() if value is not None}))


def save(selection: Selection, typed: Sequence[str] = ()) -> None:
    """Make a selection the session's.

    What is assigned to a box replaces what is typed into it meanwhile, so of those that are `typed` into only
    another text is.
    """
    values = selection.flat()
    for name, value in values.items():
        held = boxed(str(value)) if name in LINES else value
        if name == "text":
            count_given(str(held))
        if name not in typed or st.session_state.get(name) != held:
            st.session_state[name] = list(held) if isinstance(held, tuple) else held
    keep(selection)


def give(text: str) -> None:
    """Put a text into its box, in place of what is typed there."""
    count_given(boxed(text))
    st.session_state["text"] = boxed(text)


def count_given(held: str) -> None:
    """Count what the text's box is about to be given, unless it holds just that."""
    state = st.session_state
    state[GIVEN] = state.get(GIVEN, 0) + (state.get("text") != held)


def keep(selection: Selection) -> None:
    """Remember a selection as the last one that was made.

    Streamlit forgets what belongs to widgets when the page changes after a rerun of a part of it.
    """
    values = selection.flat()
    st.session_state[KEPT] = values
    last = st.session_state.setdefault(LAST, {})
    last[selection.network.network] = {name: values[name] for name in STAYS}
