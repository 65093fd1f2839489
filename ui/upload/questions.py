"""What a file leaves open, and what its arrays are called."""

from __future__ import annotations

import html

import streamlit as st

from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Question
from ui.networks.asked import answered
from ui.networks.tokenize import plain
from ui.networks.uploaded import Uploaded
from ui.session import private
from ui.upload.names import FAULT, make_known
from ui.words import Words

SHOWN_NAMES = 12


def draw_names(own: Uploaded, words: Words) -> None:
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


def draw_question(question: Question, own: Uploaded, words: Words) -> None:
    """Draw a question that the file leaves open, with its usual answer."""

    def say(choice: str) -> str:
        name = shown(words.names("choice")(choice))
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


def _answer(question: Question) -> None:
    answer = st.session_state[f"ask_{question.name}"]
    st.session_state.pop(FAULT, None)
    own = private.uploaded()
    if own is None:
        return
    try:
        make_known(answered(own, question.name, answer))
    except LoadError as error:
        blanks = (("message", error.sentence), ("name", shown(own.name)))
        st.session_state[FAULT] = ("fault.file_still", blanks)
