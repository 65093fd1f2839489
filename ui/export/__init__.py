"""What leaves with the reader: numbers, pictures, the network, code that computes it all again, a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from cells import Network
from cells.cell import CELLS
from cells.encoder_decoder import g2p
from cells.exporting import Pass, as_csv, as_json, as_npz, size
from cells.loading.layouts import LAYOUTS
from cells.recomputing.folder import as_zip, codes
from cells.saving import as_npz as network_as_npz
from cells.saving import as_safetensors
from ui.export.buttons import buttons
from ui.export.file_names import stem
from ui.export.groups import file, group
from ui.export.link import offer_link
from ui.export.pictures import as_html, dressed
from ui.export.worksheet_file import offer_worksheet
from ui.figures.theme import DARK, LIGHT
from ui.handout import Handout, reads
from ui.networks.tokenize import shown
from ui.page import charts, workspace
from ui.runs.badge import badge, where
from ui.session import cache
from ui.session.chosen import Chosen
from ui.stepper.view import view_of
from ui.text.lines import boxed
from ui.words import Words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

MOST_ROWS = 1_000_000  # numbers that a table of text may have: 45 MB of CSV, a second of one core
TEXT = 90  # letters of the text in a picture's title
PAPERS: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, eq=False)
class ExportedRun:
    """A run that can be taken: `passes` computes it, whole in layers and directions, over the steps shown."""

    passes: Callable[[], Sequence[Pass]]
    networks: Mapping[str, Network]
    numbers: int
    tokens: tuple[str, ...]
    first: int
    total: int
    edited: bool = False  # whether edits are in force; weights that were altered leave with the network
    changed: bool = False  # whether they are, or weights were altered


def offer(place: DeltaGenerator, chosen: Chosen, several: Mapping[str, Chosen] | None = None) -> None:
    """Draw the button; what it opens is made when it is opened, and a file when it is asked for.

    Where the page shows `several` networks, those by name: their numbers leave together, but no network.
    """
    with place:
        _popover(chosen, several)


@st.fragment
def _popover(chosen: Chosen, several: Mapping[str, Chosen] | None) -> None:
    alone, words = several is None, chosen.words
    popover = st.popover(words("take.open"), key="take", on_change="rerun")
    if not popover.open:
        return
    read = chosen.selection.text
    if (boxed(read.text), read.start) != (st.session_state["text"], st.session_state["start"]):
        st.rerun()  # another text was read since the page was drawn
    taken = run_of(chosen) if several is None else run_of_all(several)
    with popover, st.container(key="take_body"):
        if taken is not None:
            _numbers(taken, chosen, alone)
            _pictures(taken, chosen, alone)
        if taken is not None and alone:
            _page(taken, chosen)
            offer_worksheet(chosen, taken.changed)
            _network(taken, chosen)
            _code(taken, chosen)
        offer_link(chosen)


def run_of(chosen: Chosen) -> ExportedRun | None:
    """The run on the screen; None where there is none."""
    if chosen.fault or not chosen.legible:
        return None
    total = len(chosen.tokens)
    if chosen.source.entry.kind == "published":
        pair, both = g2p(), cache.translation(chosen.selection.text.text)
        known = {"encoder": pair.encoder, "decoder": pair.decoder}
        numbers = size(pair.encoder, len(both.read)) + size(pair.decoder, len(both.fed))
        return ExportedRun(lambda: pair.passes(both), known, numbers, both.tokens, 1, total)
    network, inputs = chosen.network, chosen.inputs
    whole, rows = chosen.source.whole(network), inputs.rows
    given = rows if inputs.places is None else inputs.places
    first, last = chosen.window
    tokens = chosen.tokens[first:last]

    edits = chosen.edits.in_force

    def passes() -> Sequence[Pass]:
        means = network.means(rows) if any(edit.how == "mean" for edit in edits) else {}
        run = network.run(rows, keep=(first, last), edits=edits)
        return [Pass(whole, given[first:last], tokens, run, first + 1, edits=edits, means=means)]

    numbers = size(network, len(tokens))
    return ExportedRun(passes, {"": whole}, numbers, tokens, first + 1, total, bool(edits), chosen.changed)


def run_of_all(several: Mapping[str, Chosen]) -> ExportedRun | None:
    """The runs of several networks on one text; None where there are none."""
    found = {name: run_of(one) for name, one in several.items()}
    runs = {name: one for name, one in found.items() if one is not None}
    if len(runs) < len(several):
        return None
    usual = next(iter(runs.values()))
    edited, changed = (any(getattr(one, of) for one in runs.values()) for of in ("edited", "changed"))
    known = {name: network for name, one in runs.items() for network in one.networks.values()}

    def passes() -> Sequence[Pass]:
        return [replace(one, name=name) for name, taken in runs.items() for one in taken.passes()]

    numbers = sum(one.numbers for one in runs.values())
    tokens, first, total = usual.tokens, usual.first, usual.total
    return ExportedRun(passes, known, numbers, tokens, first, total, edited, changed)


def _numbers(taken: ExportedRun, chosen: Chosen, alone: bool) -> None:
    words = chosen.words
    many = taken.numbers > MOST_ROWS
    start, passes = stem(chosen, taken.changed), taken.passes
    with group("take.numbers", words):
        with st.container(horizontal=True, gap="xsmall"):
            file(
                "CSV",
                f"{start}-trace.csv",
                lambda: as_csv(passes(), named=not alone),
                "take_csv",
                disabled=many,
                says=words("take.csv" if alone else "take.csv_several"),
            )
            file("JSON", f"{start}-trace.json", lambda: as_json(passes()), "take_json", disabled=many)
            file("npz", f"{start}-trace.npz", lambda: as_npz(passes()), "take_npz")
        if taken.edited:
            st.caption(words("take.edited" if alone else "take.edited_several"))
        count = f"{taken.numbers:,}"
        says = [words("take.too_many" if many else "take.all", count=count)]
        if any(len(network.layers) > 1 for network in taken.networks.values()):
            says.append(words("take.layers"))
        if not alone:
            says.insert(0, words("take.several", count=str(len(taken.networks))))
        if taken.total > len(taken.tokens):
            last = taken.first + len(taken.tokens) - 1
            says.append(
                words("take.window", first=f"{taken.first:,}", last=f"{last:,}", total=f"{taken.total:,}")
            )
        st.caption(words.joined(*says))


def _pictures(taken: ExportedRun, chosen: Chosen, alone: bool) -> None:
    words = chosen.words
    own = chosen.source.uploaded
    name = words.names("network")(chosen.choice.network) if own is None else shown(own.name)
    told = (name, badge(chosen, alone, taken.changed), where(chosen) if alone else "")
    title = " · ".join(filter(None, told))
    start = stem(chosen, taken.changed, shows=alone)
    text = "".join(map(shown, taken.tokens)) if chosen.choice.mode == "characters" else " ".join(taken.tokens)
    beneath = text if len(text) <= TEXT else text[: TEXT - 1] + "…"
    with group("take.pictures", words):
        dark = st.context.theme.type == "dark"
        paper = st.segmented_control(
            words("take.paper"),
            list(PAPERS),
            default="dark" if dark else "light",
            format_func=words.names("take.paper"),
            required=True,
            label_visibility="collapsed",
            key="take_paper",
        )
        common = {**PAPERS[paper], "words": _spoken(words)}
        for place, chart in charts.shown().items():
            what = words("take.heat") if place == "heat" else chart.says
            _chart(
                chart,
                what,
                f"{start}-{chart.key}",
                (title, beneath),
                common,
                chosen.selection.display.lang,
            )
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(words("take.diagram"), width=130)
            more = {"what": words("take.diagram"), "title": title, "beneath": beneath}
            buttons({"take": "diagram", "file": f"{start}-cell", **more, **common}, key="take_diagram")


def _chart(
    chart: charts.Chart,
    what: str,
    called: str,
    titles: tuple[str, str],
    common: Mapping[str, object],
    language: str,
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(what, width=130)
        dress = dressed(chart.figure, *titles)
        data = {"take": "chart", "key": chart.key, "what": what, "file": called, "dress": dress, **common}
        buttons(data, key=f"take_{chart.key}")
        page = partial(as_html, chart.figure, dress, f"{what} · {titles[0]}", language)
        file("HTML", f"{called}.html", page, f"take_{chart.key}_html")


def _page(taken: ExportedRun, chosen: Chosen) -> None:
    words, view = chosen.words, view_of(chosen)
    message = workspace.message(chosen, view)
    address, symbols = st.context.url or "", workspace.symbols_of(chosen) or [*view.trace.symbols]
    with group("take.page", words):
        page = Handout(chosen, view, message, symbols, date.today(), address)
        file("HTML", f"{stem(chosen, taken.changed, shows=True)}-page.html", lambda: page.page, "take_page")
        st.caption(words("take.page_reads" if reads(message) else "take.page_steps"))


def _network(taken: ExportedRun, chosen: Chosen) -> None:
    words = chosen.words
    start = stem(chosen, bool(chosen.alterations.in_force))  # edits change no weights
    cell, known = chosen.choice.cell, taken.networks
    learned = None if chosen.alterations.in_force or chosen.choice.twin else chosen.source.learned
    has = ("PyTorch", cell) in LAYOUTS
    with group("take.network", words):
        with st.container(horizontal=True, gap="xsmall"):
            name, make = f"{start}-network.safetensors", partial(as_safetensors, known)
            file("safetensors", name, make, "take_safetensors", disabled=not has)
            file("npz", f"{start}-network.npz", partial(network_as_npz, known), "take_weights")
            if learned is not None:
                file(words("take.card"), f"{start}-card.json", lambda: learned.described, "take_card")
        if learned is not None:
            st.caption(words("take.card_says"))
            st.code(learned.command, language="bash", wrap_lines=True)
        if not has:
            lacks = "lacks_edited" if chosen.edits.in_force else "lacks"
            st.caption(words.names(lacks)(cell if CELLS[cell].family == cell else "variant"))
            return
        kinds = {one.readout.kind for one in known.values() if one.readout is not None} - {"linear"}
        names = "take.pytorch_kind" if kinds else "take.pytorch"
        st.caption(words(names, kind=", ".join(sorted(kinds))) if kinds else words(names))


def _code(taken: ExportedRun, chosen: Chosen) -> None:
    words, edits = chosen.words, bool(chosen.edits.in_force)
    start, frameworks = (
        stem(chosen, taken.changed),
        ", ".join(code.framework for code in codes(chosen.choice.cell, edits)),
    )
    with group("take.code", words):
        file(frameworks, f"{start}-code.zip", lambda: as_zip(taken.passes()), "take_code")
        st.caption(words("take.again_edited" if edits else "take.again"))


def _spoken(words: Words) -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "step": words("stepper.step"),
        "unit": words("stepper.unit"),
        "gone": words("take.gone"),
    }
