"""The network that a reader brings: its file, what was understood of it, what the file leaves open."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import replace

import plotly.graph_objects as go
import streamlit as st

from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Question
from cells.loading.tensors import MOST_BYTES
from ui.networks import numeric_rows, vocabulary
from ui.networks.defaults import fitted, told
from ui.networks.tokenize import InputFault, plain
from ui.networks.uploaded import YOURS, Own, answered, brought, digest_of
from ui.page import controls
from ui.session import private
from ui.session.screen import narrow
from ui.session.selection import forget, held, keep
from ui.words import Words

SHOWN_NAMES, SHORT = 12, 24
# Streamlit's own word on the button knows one language.
BUTTON = """
[data-testid="stFileUploaderDropzone"] > span button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] > span button p::after { content: %s; font-size: .875rem; }
"""
FAULT, FRESH, SEEN, REMOVED = "own_fault", "own_fresh", "own_seen", "own_removed"
TYPED = ("own_vocabulary", "own_labels")


def stories() -> tuple[str, ...]:
    """The networks of this page: the reader's own, once there is one."""
    if private.own() is None:
        return ()
    if st.session_state.pop(FRESH, False):
        keep(told(held(), YOURS))
        st.session_state.update(dict.fromkeys(TYPED, ""))
    return (YOURS,)


def bring(words: Words) -> bool:
    """Draw the place for a file, what was understood of the last one and what it asks; whether there is one.

    On a phone all that is folded away: the numbers come first.
    """
    own = private.own()
    said = st.container() if own and narrow() else None
    fold = st.expander(_brief(own, words)) if own and narrow() else None
    st.html(f"<style>{BUTTON % json.dumps(words('yours.choose_file'), ensure_ascii=False)}</style>")
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
        return False
    with fold or st.container():
        _ask(own, words)
    return True


def _brief(own: Own, words: Words) -> str:
    """File and cell in a line."""
    asked = len(own.understood.questions)
    open_ = words("yours.asked", count=str(asked)) if asked else words("yours.names")
    name = own.name if len(own.name) <= SHORT else f"{own.name[: SHORT - 1]}…"
    return f"{plain(shown(name))} · {open_}"


def _take(name: str, data: bytes) -> None:
    """Read a file; if that fails, the network before it stays."""
    st.session_state.pop(FAULT, None)
    before = private.own()
    if before is not None and before.file == digest_of(data):
        return  # all that she said of it holds
    try:
        private.take(brought(name, data))
    except LoadError as error:
        still = {"name": shown(before.name)} if before else {}
        key = "fault.file_still" if before else "fault.file"
        st.session_state[FAULT] = (key, (("message", error.sentence), *still.items()))
        return
    st.session_state[FRESH] = True


def _tell(own: Own, words: Words) -> None:
    """What was understood of the file, shortest first."""
    found, network = own.understood, own.understood.network
    layers = len(network.layers)
    shape = words("yours.layer") if layers == 1 else words("yours.layers", count=str(layers))
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


def _names(own: Own, words: Words) -> None:
    """The file's own names beside ours, and what lies unused."""
    pairs = "".join(
        f"<tr><td>{html.escape(shown(theirs))}</td><td>{html.escape(ours)}</td></tr>"
        for theirs, ours in own.understood.names
    )
    head = f"<tr><th>{words('yours.theirs')}</th><th>{words('yours.ours')}</th></tr>"
    st.html(f'<table class="names">{head}{pairs}</table>')
    if unused := own.understood.unused:
        names, more = ", ".join(map(shown, unused[:SHOWN_NAMES])), len(unused) - SHOWN_NAMES
        names = words("yours.more", names=names, count=str(more)) if more > 0 else names
        st.caption(plain(words("yours.unused", names=names)))


def _ask(own: Own, words: Words) -> None:
    """Draw what the file leaves open, and what the reader can say of its inputs and outputs."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask"):
        for question in own.understood.questions:
            _question(question, own, words)
        _folded("yours.vocabulary", words, lambda: _vocabulary(own, words))
        if not own.tokens:
            _folded("yours.rows", words, lambda: _rows(own, words))
        if own.outputs:
            _folded("yours.labels", words, lambda: _labels(own, words))
        _folded("yours.names", words, lambda: _names(own, words))
        st.button(words("yours.forget"), on_click=_forget, key="own_forget", help=words("yours.private"))


def _folded(key: str, words: Words, inside: Callable[[], None]) -> None:
    with st.popover(words(key), key=key.replace(".", "_")):
        inside()


def _question(question: Question, own: Own, words: Words) -> None:
    def say(choice: str) -> str:
        name = shown(words.names("choice")(choice))
        if choice in question.refused:
            return words("choice.refused", choice=name)
        return words("choice.usual", choice=name) if choice == question.default else name

    st.session_state[f"ask_{question.name}"] = own.understood.answers[question.name]
    st.selectbox(
        plain(words(f"ask.{question.name}", name=question.about)),
        question.choices,
        format_func=say,
        key=f"ask_{question.name}",
        on_change=_answer,
        args=(question,),
        width=300,
    )


def _vocabulary(own: Own, words: Words) -> None:
    st.text_input(
        words("yours.vocabulary_typed"),
        key="own_vocabulary",
        on_change=_try,
        args=(lambda now: _named(now, st.session_state["own_vocabulary"]),),
        persist_state="session",
        autocomplete="off",
    )
    st.caption(words("yours.vocabulary_help", size=f"{own.reads:,}", last=f"{own.reads - 1:,}"))
    st.file_uploader(
        words("yours.vocabulary_file"),
        key="own_vocabulary_file",
        max_upload_size=vocabulary.MOST_BYTES >> 20,
        on_change=_try,
        args=(_named_by_file,),
    )
    if own.vocabulary:
        named = sum(map(bool, own.vocabulary))
        st.caption(words("yours.vocabulary_few", named=f"{named:,}", size=f"{own.reads:,}"))


def _named(own: Own, text: str) -> Own:
    return replace(own, vocabulary=vocabulary.parsed(text, own.reads) if text else ())


def _named_by_file(own: Own) -> Own:
    file = st.session_state["own_vocabulary_file"]
    if file is None:
        return own
    try:
        return _named(own, file.getvalue().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputFault("vocabulary_text") from None


def _labels(own: Own, words: Words) -> None:
    def labelled(now: Own) -> Own:
        text = st.session_state["own_labels"]
        return replace(now, labels=vocabulary.labels(text, now.outputs) if text.strip() else ())

    st.text_input(
        words("yours.labels_typed", size=f"{own.outputs:,}"),
        key="own_labels",
        on_change=_try,
        args=(labelled,),
        persist_state="session",
        autocomplete="off",
    )


def _rows(own: Own, words: Words) -> None:
    def from_file(now: Own) -> Own:
        file = st.session_state["own_rows_file"]
        if file is None:
            return now
        return replace(now, rows=numeric_rows.from_file(file.getvalue(), file.name, now.reads))

    st.file_uploader(
        words("yours.rows_file", features=f"{own.reads:,}"),
        key="own_rows_file",
        max_upload_size=numeric_rows.MOST_BYTES >> 20,
        on_change=_try,
        args=(from_file,),
    )


def _answer(question: Question) -> None:
    answer = st.session_state[f"ask_{question.name}"]
    st.session_state.pop(FAULT, None)
    own = private.own()
    if own is None:
        return
    if answer in question.refused:
        st.session_state[FAULT] = (f"refused.{answer}", ())
        return
    try:
        _change(answered(own, question.name, answer))
    except LoadError as error:
        blanks = (("message", error.sentence), ("name", shown(own.name)))
        st.session_state[FAULT] = ("fault.file_still", blanks)


def _try(change: Callable[[Own], Own]) -> None:
    """Change what is known of the reader's network; if that fails it stays as it was."""
    st.session_state.pop(FAULT, None)
    own = private.own()
    if own is None:
        return
    try:
        _change(change(own))
    except InputFault as fault:
        st.session_state[FAULT] = (f"fault.{fault.key}", fault.details)


def _change(after: Own) -> None:
    """Take the network as it is known now; the text stays if it can still be read."""
    before = private.own()
    private.take(after)
    selection, misfits = fitted(held())
    other_rows = before is not None and after.rows is not before.rows
    if other_rows:
        selection = replace(selection, mode="kept" if after.rows.name else selection.mode)
    keep(selection if "mode" not in misfits and controls.readable(selection) else told(selection, YOURS))


def _forget() -> None:
    private.forget()
    forget(YOURS)
    # Under another key the place for files is a new one: the old one's bytes go with it.
    st.session_state[REMOVED] = int(st.session_state.get(REMOVED, 0)) + 1
    for name in (FAULT, FRESH, *TYPED):
        st.session_state.pop(name, None)
