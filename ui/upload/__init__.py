"""The network that a reader brings: its file, what was understood of it, what the file leaves open."""

from __future__ import annotations

import html
import json
from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from cells.loading.errors import LoadError, shown
from cells.loading.tensors import MOST_BYTES
from ui.networks.asked import carried_over
from ui.networks.defaults import with_network
from ui.networks.own import YOURS
from ui.networks.tokenize import plain
from ui.networks.uploaded import Uploaded, brought, digest_of
from ui.page import framed
from ui.session import private
from ui.session.chosen import chosen
from ui.session.screen import narrow
from ui.session.selection import forget_text, from_widgets, save
from ui.upload import lines, names, offers, questions, rows, sample, survey
from ui.upload.names import FAULT
from ui.words import Words

SHORT = 24
# Streamlit's own word on the button knows one language.
BUTTON = """
[data-testid="stFileUploaderDropzone"] > span button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] > span button p::after { content: %s; font-size: .875rem; }
"""
FRESH, SEEN, REMOVED = "own_fresh", "own_seen", "own_removed"
ANOTHER, EPOCH = (
    "another",
    "epoch",
)  # how fresh: a network of its own, or one of which all holds that was said
TYPED = ("own_vocabulary", "own_labels", *rows.TYPED)


def networks() -> tuple[str, ...]:
    """The networks of this page: the reader's own, once there is one."""
    own = private.uploaded()
    if own is None:
        return ()
    fresh = st.session_state.pop(FRESH, None)
    if own is not private.present():  # she comes from one that she trained here
        private.turn(own.key)
        fresh = fresh or ANOTHER
    if fresh == ANOTHER:
        save(with_network(from_widgets(), YOURS, own))
        st.session_state.update(dict.fromkeys(TYPED, ""))
        names.restore()
    elif fresh == EPOCH:
        names.keep_text()
    return (YOURS,)


def bring(words: Words) -> bool:
    """Draw the place for a file, what was understood of the last one and what it asks; whether there is one.

    On a phone all that is folded away: the numbers come first.
    """
    own = private.uploaded()
    said = st.container() if own and narrow() else None
    fold = st.expander(_brief(own, words)) if own and narrow() else None
    st.html(f"<style>{BUTTON % json.dumps(words('yours.choose_file'), ensure_ascii=False)}</style>")
    framed.uploads(words)
    with fold or st.container(), st.container(key="bring" if own else "bring_first"):
        place, tells = st.columns((2, 3), gap="medium") if own else (st.container(), None)
        with place:
            file = st.file_uploader(
                words("yours.file"),
                key=f"own_file{st.session_state.get(REMOVED, '')}",
                max_upload_size=MOST_BYTES >> 20,
            )
        if own and tells:
            with tells:
                _tell(own, words)
    if file is not None and file.file_id != st.session_state.get(SEEN):
        st.session_state[SEEN] = file.file_id
        with st.spinner(words("yours.reading", name=shown(file.name))):
            _take(file.name, file.getvalue())
        st.rerun()
    if FAULT in st.session_state:
        key, blanks = st.session_state[FAULT]
        (said or st).error(plain(words(key, **dict(blanks))))
    if own is None:
        # The browser loads what draws heatmaps while the reader looks for a file.
        with st.container(key="ahead"):
            st.plotly_chart(go.Figure(), key="ahead_chart", height=10)
        st.caption(words.joined(words("yours.first"), words("yours.private")))
        with st.container(key="sample"):
            sample.draw_sample(words, _clear)
        return False
    with fold or st.container():
        _ask(own, words)
    return True


def _brief(own: Uploaded, words: Words) -> str:
    """File and cell in a line."""
    asked = len(own.understood.questions)
    open_ = words("yours.asked", count=str(asked)) if asked else words("yours.names")
    name = own.name if len(own.name) <= SHORT else f"{own.name[: SHORT - 1]}…"
    return f"{plain(shown(name))} · {open_}"


def _take(name: str, data: bytes) -> None:
    """Read a file; if that fails, the network before it stays."""
    st.session_state.pop(FAULT, None)
    before, file = private.uploaded(), digest_of(data)
    if known := next((one for one in private.files().values() if one.file == file), None):
        private.turn(known.key)
        st.session_state[FRESH] = EPOCH
        return
    try:
        after = brought(name, data)
    except LoadError as error:
        still = {"name": shown(before.name)} if before else {}
        key = "fault.file_still" if before else "fault.file"
        st.session_state[FAULT] = (key, (("message", error.sentence), *still.items()))
        return
    after = after if before is None else carried_over(after, before)
    private.take(after)
    st.session_state[FRESH] = EPOCH if before is not None and after.shape == before.shape else ANOTHER


def _tell(own: Uploaded, words: Words) -> None:
    """What was understood of the file, shortest first."""
    found, network = own.understood, own.understood.network
    layers = len(network.layers)
    shape = words("yours.layers", count=str(layers))
    what = (found.format, network.cell, shape, words(f"directions.{found.directions}"), network.dtype)
    sizes = [
        words("yours.features", count=f"{network.features:,}"),
        words("yours.units", count=f"{found.units:,}"),
    ]
    if network.embedding is not None:
        sizes.insert(0, words("yours.embedding", count=f"{len(network.embedding):,}"))
    kind = network.readout.kind if network.readout is not None else ""
    sizes.append(
        words("yours.outputs", count=f"{own.outputs:,}", kind=kind) if kind else words("yours.no_outputs")
    )
    counted = words("yours.parameters", count=f"{found.parameters:,}")
    notes = [words.of_file(note) for note in found.conventions]
    lines = [
        f"<b>{html.escape(shown(own.name))}</b> · {html.escape(' · '.join(what))}",
        f"{' → '.join(sizes)} · {counted}",
        f"<small>{html.escape(' · '.join(notes))}</small>",
    ]
    st.html(f'<div class="told">{"".join(f"<p>{line}</p>" for line in lines)}</div>')


def _ask(own: Uploaded, words: Words) -> None:
    """Draw what the file leaves open, and what the reader can say of its inputs and outputs."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        offers.draw_offers(own, words)
        for question in own.understood.questions:
            questions.draw_question(question, own, words)
        _folded("yours.vocabulary", words, lambda: names.draw_vocabulary(own, words))
        if own.tokens:
            _folded("yours.lines", words, lambda: lines.draw_lines(own, words))
        else:
            _folded("yours.rows", words, lambda: rows.draw_rows(own, words))
        if survey.sequences(own):
            _folded("yours.survey", words, lambda: survey.draw_survey(chosen(from_widgets()), own))
        if own.outputs:
            _folded("yours.labels", words, lambda: names.draw_labels(own, words))
        _folded("yours.names", words, lambda: questions.draw_names(own, words))
        st.button(words("yours.forget"), on_click=_forget, key="own_forget", help=words("yours.private"))


def _folded(key: str, words: Words, inside: Callable[[], None]) -> None:
    with st.popover(words(key), key=key.replace(".", "_")):
        inside()


def _forget() -> None:
    private.forget()
    forget_text(YOURS)
    if after := private.uploaded():
        save(with_network(from_widgets(), YOURS, after))
    # Under another key the place for files is a new one: the old one's bytes go with it.
    st.session_state[REMOVED] = int(st.session_state.get(REMOVED, 0)) + 1
    _clear()


def _clear() -> None:
    """Nothing that was said of a file before is said of the next one."""
    for name in (FAULT, FRESH, survey.RESULT, *TYPED):
        st.session_state.pop(name, None)
