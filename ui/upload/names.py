"""What the reader says of her network: names of what it reads and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ui.networks import vocabulary
from ui.networks.defaults import made_consistent, with_network
from ui.networks.own import YOURS
from ui.networks.tokenize import InputFault
from ui.networks.uploaded import Uploaded
from ui.networks.vocabulary import Vocabulary
from ui.page import controls
from ui.runs.link import from_link
from ui.session import private
from ui.session.chosen import chosen
from ui.session.selection import from_widgets, save
from ui.text.lines import unboxed
from ui.words import Words

FAULT = "own_fault"  # the session's key of what is wrong: a key of the words, and its blanks
SHIFT = "own_shift"
MOST_SHIFT = 16


def draw_vocabulary(own: Uploaded, words: Words) -> None:
    """Draw the place for names of what the network reads."""
    st.text_input(
        words("yours.vocabulary_typed"),
        key="own_vocabulary",
        on_change=attempt,
        args=(lambda now: _typed(now, unboxed(st.session_state["own_vocabulary"])),),
        persist_state="session",
        autocomplete="off",
    )
    st.caption(words("yours.vocabulary_help", size=f"{own.reads:,}", last=f"{own.reads - 1:,}"))
    st.file_uploader(
        words("yours.vocabulary_file"),
        key="own_vocabulary_file",
        max_upload_size=vocabulary.MOST_BYTES >> 20,
        on_change=attempt,
        args=(_of_file,),
    )
    if own.known is not None:
        _known(own.known, words)


def _known(known: Vocabulary, words: Words) -> None:
    """What became of the vocabulary, and where it begins."""
    named, extra = sum(map(bool, known.tokens)), known.extra
    st.caption(
        words.joined(
            words("yours.vocabulary_few", named=f"{named:,}", size=f"{known.size:,}"),
            words("yours.vocabulary_extra", count=f"{extra:,}") if extra else "",
            words("yours.vocabulary_lower") if known.lower else "",
        )
    )
    st.session_state[SHIFT] = known.shift
    st.number_input(
        words("yours.shift"),
        -MOST_SHIFT,
        MOST_SHIFT,
        step=1,
        key=SHIFT,
        on_change=attempt,
        args=(_shifted,),
        help=words("yours.shift_help"),
    )


def _shifted(own: Uploaded) -> Uploaded:
    if own.known is None:
        return own
    return replace(own, known=replace(own.known, shift=int(st.session_state[SHIFT])))


def _typed(own: Uploaded, text: str) -> Uploaded:
    return replace(own, known=vocabulary.parsed(text, own.reads) if text else None)


def _of_file(own: Uploaded) -> Uploaded:
    file = st.session_state["own_vocabulary_file"]
    if file is None:
        return own
    return replace(own, known=vocabulary.from_file(file.getvalue(), own.reads))


def draw_labels(own: Uploaded, words: Words) -> None:
    """Draw the place for names of what it answers."""

    def labelled(now: Uploaded) -> Uploaded:
        text = st.session_state["own_labels"]
        return replace(now, labels=vocabulary.labels(text, now.outputs) if text.strip() else ())

    st.text_input(
        words("yours.labels_typed", size=f"{own.outputs:,}"),
        key="own_labels",
        on_change=attempt,
        args=(labelled,),
        persist_state="session",
        autocomplete="off",
    )


def attempt(change: Callable[[Uploaded], Uploaded]) -> None:
    """Change what is known of the reader's network; if that fails it stays as it was."""
    st.session_state.pop(FAULT, None)
    own = private.uploaded()
    if own is None:
        return
    try:
        make_known(change(own))
    except InputFault as fault:
        st.session_state[FAULT] = (f"fault.{fault.key}", fault.details)


def make_known(after: Uploaded) -> None:
    """Take the network as it is known now; the text stays if it can still be read."""
    before = private.uploaded()
    private.take(after)
    other_rows = before is not None and after.rows is not before.rows
    keep_text("kept" if other_rows and after.rows.name else "")


def keep_text(mode: str = "") -> None:
    """Show the present network; the text stays if it can be read, in another `mode` if one is given."""
    if restore():
        return
    own = private.uploaded()
    selection, misfits = made_consistent(from_widgets(), own)
    selection = selection.but(mode=mode) if mode else selection
    readable = "mode" not in misfits and controls.readable(chosen(selection))
    save(selection if readable else with_network(selection, YOURS, own))


def restore() -> bool:
    """Open the view that a link asked for before its file was brought, once all of it can be read."""
    wanted, own = st.session_state.get(private.WANTED), private.uploaded()
    if wanted is None or own is None:
        return False
    selection, faults = from_link(wanted, from_widgets(), own)
    if faults or not controls.readable(chosen(selection)):
        return False
    del st.session_state[private.WANTED]
    save(selection)
    return True
