"""Patch: a state of a second text put into this one's run, and whose answers the network gives then."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from cells import Edit
from cells.edit_text import parsed, written
from cells.edits import MOST
from ui.figures.patch import three_runs
from ui.memory.context import Measure, MemoryContext, chart, letters, table
from ui.networks.answers import best, called
from ui.networks.tokenize import plain, shown
from ui.runs import sentences
from ui.runs.link import LONGEST, link_of
from ui.runs.patching import DIFFER, NEARER, Patching, Place, Reading
from ui.selection.records import MOST_SECOND
from ui.session import private
from ui.text.lines import boxed, unboxed
from ui.text.numbers import decimals

MOST_STEPS = 2_000  # steps of a text that is read again
COLUMNS = 8  # steps whose answers stand side by side
DIGITS = 6  # of a value that leaves for the first page, lest the link be long


def show(context: MemoryContext) -> None:
    """The second text and what is put where; then whose answers follow, and the three runs."""
    words, state = context.words, st.session_state
    if len(context.text.tokens) > MOST_STEPS:
        st.info(words("patch.too_long", most=f"{MOST_STEPS:,}"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="patch_row"):
        st.text_input(
            words("pick.second"),
            key="second",
            live="300ms",
            max_chars=MOST_SECOND,
            placeholder=words("patch.second"),
            width=250,
            persist_state="session",
            autocomplete="off",
        )
        second, wrong, notice = _second(context, unboxed(str(state["second"])))
        if second is not None:
            _choices(context, second)
    if second is None:
        st.info(wrong)
        example = _example(context)
        if not str(state["second"]).strip() and example:
            st.button(
                words("patch.try", text=plain(boxed(example))),
                on_click=_try,
                args=(context, example),
            )
        return
    patching = _patching(context, second)
    if patching.fault:
        st.info(words(f"patch.{patching.fault}", most=str(MOST)))
        return
    st.html(_said(context, patching))
    _answers(context, patching)
    _pictures(context, patching)
    st.caption(words.joined(notice, *_cautions(context)))
    _leave(context, patching)


def _second(context: MemoryContext, typed: str) -> tuple[Reading | None, str, str]:
    """The second text as it is read, or what is wrong with it; and what else is to be said of it."""
    words, mode = context.words, context.chosen.choice.mode
    alone = context.chosen.but(text=typed, mode="rows" if mode == "kept" else mode, write=0)
    text = alone.typed
    if text.fault:
        empty = text.fault == "empty"
        return None, words("patch.empty" if empty else f"fault.{text.fault}", **dict(text.details)), ""
    if len(text.tokens) > MOST_STEPS:
        return None, words("patch.too_long", most=f"{MOST_STEPS:,}"), ""
    inputs, rests = alone.source.inputs(text), len(alone.edits.resting)
    told = (
        sentences.unknown(inputs, words),
        words("patch.rests", count=str(rests)) if rests else "",
    )
    return Reading(text.tokens, inputs.rows, alone.edits.in_force), "", words.joined(*told)


def _example(context: MemoryContext) -> str:
    """An example of this network's that is another text than the one above."""
    chosen = context.chosen
    texts = [text for mode, text in chosen.source.entry.examples if mode == chosen.choice.mode]
    return next((text for text in texts if text != chosen.selection.text.text), "")


def _try(context: MemoryContext, example: str) -> None:
    """Take an example, and of its steps the one after which it goes on longest as the text's second half."""
    second, tokens = context.chosen.but(text=example, write=0).typed.tokens, context.text.tokens
    into = (len(tokens) - 1) // 2
    alike = [_common(second[step + 1 :], tokens[into + 1 :]) for step in range(len(second))]
    step = alike.index(max(alike))
    st.session_state.update(second=boxed(example), patch_from=step + 1, patch_into=into + 1)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _choices(context: MemoryContext, second: Reading) -> None:
    """Which state of which step goes into which; one that the texts lack falls to the nearest."""
    words, state, tokens = context.words, st.session_state, context.text.tokens
    both = {"patch_from": second.tokens, "patch_into": tokens}
    beyond = {key: len(those) for key, those in both.items() if int(state[key]) > len(those)}
    if beyond:
        state.update(beyond)
        st.rerun()  # at once: later it would come between the reader's next click and what that does
    for key, those in both.items():
        _step(words(f"pick.{key}"), key, those)
    if "c" in context.trace.initial:
        st.segmented_control(
            words("pick.patched"),
            ("c", "h", "both"),
            format_func=words.names("patched"),
            key="patched",
            required=True,
            persist_state="session",
        )
    unit = words("patch.unit", unit=plain(context.view.units[context.unit]))
    st.segmented_control(
        words("pick.patch_units"),
        ("all", "one"),
        format_func=lambda some: unit if some == "one" else words("patch.all"),
        key="patch_units",
        required=True,
        persist_state="session",
    )


def _step(label: str, key: str, tokens: Sequence[str]) -> None:
    st.selectbox(
        label,
        range(1, len(tokens) + 1),
        format_func=lambda place: f"{place}  {shown(tokens[place - 1])}",
        key=key,
        width=150,
        persist_state="session",  # the page is left with a click
    )


def _patching(context: MemoryContext, second: Reading) -> Patching:
    state, chosen = st.session_state, context.chosen
    states = tuple(name for name in ("c", "h") if name in context.trace.initial)
    symbols = tuple(name for name in states if state["patched"] in (name, "both")) or states
    units = (context.unit,) if state["patch_units"] == "one" else None
    place = Place(symbols, int(state["patch_from"]) - 1, int(state["patch_into"]) - 1, units)
    at = replace(chosen.selection.at, step=1, unit=1)
    first = Reading(context.text.tokens, chosen.inputs.rows, chosen.edits.in_force)
    key = ("patch", chosen.pass_over, second.tokens, written(second.edits), place, at)
    return private.once(key, lambda: Patching(chosen.network, first, second, place, at))


def _what(context: MemoryContext, patching: Patching) -> str:
    """What is put in: "cell state c", "c and h of unit 3"."""
    words, (symbols, _, _, units) = context.words, patching.place
    name = words("patch.c_and_h") if len(symbols) > 1 else words(f"title.{symbols[0]}")
    unit = html.escape(context.view.units[context.unit])
    return name if units is None else words("patch.of_unit", what=name, unit=unit)


def _said(context: MemoryContext, patching: Patching) -> str:
    """What was put where, and whether the answers follow the second text or the first."""
    words, place, found = context.words, patching.place, patching.distances
    what = _what(context, patching)
    done = words(
        "patch.done",
        what=what,
        step=f"{place.step + 1:,}",
        into=f"{place.into + 1:,}",
        token=html.escape(shown(patching.second.tokens[place.step])),
        other=html.escape(shown(patching.first.tokens[place.into])),
    )
    if not found.alike and "h" in place.symbols:
        return words.joined(done, words("patch.apart"))
    answers = words("patch.answers" if patching.plain.output is not None else "patch.units_of_h")
    blanks = {
        "answers": answers,
        "differ": f"{found.differ:,}",
        "alike": f"{found.alike:,}",
        "near": str(DIFFER),
        "texts": decimals(found.texts),
        "to_first": decimals(found.to_first),
        "to_second": decimals(found.to_second),
    }
    how = "patch.compared" if found.alike else "patch.here"
    compared = words(how, **blanks) if found.differ else ""
    return words.joined(done, compared, words(f"patch.{found.follows}_follows", what=what, **blanks))


def _answers(context: MemoryContext, patching: Patching) -> None:
    """From the patched step on, in reading order: what is answered in the three runs."""
    words, said = context.words, context.chosen.source.answers()
    if said is None or patching.plain.output is None:
        return
    way, place = -1 if context.trace.reverse else 1, patching.place
    tokens, alike = patching.first.tokens, patching.alike
    steps = [after for after in range(COLUMNS) if 0 <= place.into + way * after < len(tokens)]
    runs = (patching.plain, patching.patched, patching.source)
    first, patched, second = (best(said, patching.said(run), words) for run in runs)

    def row(name: str, cells: list[str]) -> list[str]:
        return [words(name), *map(html.escape, cells)]

    here = [place.into + way * after for after in steps]
    there = [second[place.step + way * after] if after <= alike else "" for after in steps]
    st.html(
        table(
            [
                row("patch.step", [f"{step + 1} {shown(tokens[step])}" for step in here]),
                row("patch.first_text", [first[step] for step in here]),
                row("patch.patched", [patched[step] for step in here]),
                row("patch.second_text", there),
            ]
        )
    )


def _pictures(context: MemoryContext, patching: Patching) -> None:
    """The answer that tells the texts most apart, and the unit's memory, over time."""
    words, said, place = context.words, context.chosen.source.answers(), patching.place
    runs = (patching.plain, patching.patched, patching.source)
    answers, title, within = None, "", None
    unit = html.escape(context.view.units[context.unit])
    if said is not None and patching.plain.output is not None:
        outputs = [patching.said(run) for run in runs]
        way = -1 if context.trace.reverse else 1
        after = way * np.arange(patching.alike + 1)
        most = np.abs(outputs[0][place.into + after] - outputs[2][place.step + after]).max(axis=0).argmax()
        answers = [output[:, most] for output in outputs]
        title = html.escape(called(said, words)(said.names[int(most)]))
        within = None if said.kind == "linear" else (-0.05, 1.05)
    figure = three_runs(
        answers,
        [patching.trace(run)[context.memory][:, context.unit] for run in runs],
        place.into + 1,
        place.into - place.step,
        context.view.tokens,
        context.view.first,
        (words("patch.first_text"), words("patch.patched"), words("patch.second_text")),
        (
            title,
            words("patch.memory", memory=context.memory, unit=unit),
        ),
        within,
        letters(),
    )
    chart(figure, "patch", 300, words("measure.patch"))


def _cautions(context: MemoryContext) -> list[str]:
    """How the picture is drawn, what "follow" means, and what else of the network was left as it was."""
    words, chosen = context.words, context.chosen
    told = [words("patch.drawn"), words("patch.follows", times=str(NEARER))]
    if chosen.source.directions == 2:
        told.append(words("patch.one_way"))
    if chosen.source.layers > 1:
        told.append(words("patch.one_layer", layer=str(chosen.selection.at.layer)))
    return told


def _leave(context: MemoryContext, patching: Patching) -> None:
    """Take the patch to the first page as edits, where the link has room for it."""
    words, chosen, state = context.words, context.chosen, st.session_state
    line = leaving(patching, chosen.selection.edits.written)
    after = chosen.selection.but(edit=line)
    link = link_of(after, chosen.source.own)
    room = len(link) <= LONGEST and ("text=" in chosen.link) == ("text=" in link)
    if parsed(line) is None or not room:
        st.caption(words("patch.no_room"))
    elif st.button(words("patch.leave")):
        state.update(edit=line, step=patching.place.into + 1)
        st.switch_page("app.py")


def leaving(patching: Patching, edits: str) -> str:
    """The patch behind other edits in a line, its values rounded."""
    return written([*(parsed(edits) or ()), *map(_rounded, patching.edits)])


def _rounded(edit: Edit) -> Edit:
    values = edit.value if isinstance(edit.value, tuple) else (edit.value,)
    units = tuple(range(len(values))) if edit.units is None else edit.units
    return replace(edit, units=units, value=tuple(float(f"{value:.{DIGITS}g}") for value in values))


VIEW = Measure(show, whole=True)
