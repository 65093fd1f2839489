"""What is printed is the run: each blank hides a number of the steps, each solution is that number."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest
from playwright.sync_api import Browser

from cells import CELLS, Edit, Network
from cells.edit_text import written
from cells.equations import equations
from tests.browser.harness import opened
from ui.figures.panels import Panel
from ui.figures.theme import scale
from ui.handout.paper_maps import cells
from ui.handout.worked import Figure, WorkedRow, worked
from ui.handout.worksheet import Worksheet
from ui.networks.defaults import default_view
from ui.session.chosen import chosen
from ui.stepper.view import view_of

A4 = {"upright": (688, 1024), "across": (1017, 695)}  # without its margins, in pixels of CSS
STEPS = range(2, 5)


def sheet(*blank: str, link: str = "", network: str = "count10", **parts: str | int) -> Worksheet:
    known = chosen(default_view(network).but(**parts))
    view, at = view_of(known), known.selection.at
    shown = view.trace.symbols
    return Worksheet(known, view, shown, at.step - 1, at.unit - 1, date(2026, 1, 2), blank, link)


def flat(row: WorkedRow) -> str:
    pieces = [piece if isinstance(piece, str) else piece.written for piece in row.pieces]
    return f"{''.join(pieces)} = {row.result.written}"


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_every_row_has_the_numbers_of_its_step(cell: str, direction: str) -> None:
    network = Network.random(cell, 3, 4, bidirectional=True)
    trace = getattr(network.run(np.random.default_rng(0).normal(size=(7, 3))).layers[0], direction)
    weights = getattr(network.layers[0], direction)
    found = worked(trace, [(0, weights)], STEPS, 2, trace.symbols)
    for t, rows in zip(STEPS, found, strict=True):
        for row, known in zip(rows, equations(cell), strict=True):
            assert flat(row) == known.numbers(trace, weights, t, 2)
            assert row.equals == "=" and row.result.blank


def blanks(row: WorkedRow) -> str:
    """Which numbers of a row are blank: ■ for each that is, □ for each that is not."""
    figures = [*(piece for piece in row.pieces if isinstance(piece, Figure)), row.result]
    return "".join("□■"[one.blank] for one in figures)


@pytest.mark.parametrize(("direction", "carried"), [("forward", "□■■"), ("backward", "■■□")])
def test_a_blank_is_wherever_a_number_of_the_steps_is_read(direction: str, carried: str) -> None:
    network = Network.random("LSTM", 3, 4, bidirectional=True)
    trace = getattr(network.run(np.ones((7, 3))).layers[0], direction)
    weights = [(0, getattr(network.layers[0], direction))]
    for rows, before in zip(worked(trace, weights, STEPS, 0, ("f", "c")), carried, strict=True):
        assert [blanks(row) for row in rows] == ["□□□■", "□□□□", "□□□□", "□□□□", f"■{before}□□■", "□■□"]


def test_the_solutions_fill_in_what_was_left_out_and_nothing_else() -> None:
    asked, solutions = sheet("f", "c").page.split('<article class="solutions">')
    sections = [re.findall("<section>.*?</section>", part, re.DOTALL) for part in (asked, solutions)]
    assert len(sections[0]) == len(sections[1]) == 3
    for blank, full in zip(*sections, strict=True):
        solved = iter(re.findall('<b class="solved">[^<]+</b>', full))
        assert re.sub('<b class="blank"></b>', lambda _: next(solved), blank) == full  # noqa: B023
        assert next(solved, None) is None
    assert "solved" not in re.sub("<style>.*?</style>", "", sheet().page)


def test_steps_with_blanks_lie_within_the_text() -> None:
    for step, steps in ((1, [0, 1, 2]), (9, [7, 8, 9]), (10, [7, 8, 9])):
        assert [*sheet("h", step=step).steps] == steps
    assert [*sheet("h", text="ab", step=1).steps] == [0, 1]
    assert [*sheet(step=10).steps] == [9]


def test_what_is_held_is_not_said_to_be_computed() -> None:
    edit = written([Edit("f", units=(2,), steps=(5, 5), value=0.0)])
    assert "≠" in sheet(edit=edit).page and "≠" not in sheet().page


def test_a_text_stays_text_and_a_long_one_is_shown_around_its_steps() -> None:
    page = sheet(network="random", text="<b>&" * 60, step=200).page
    assert "<b>&" not in page and page.count("<li ") == 80
    assert ">200</small>" in page and ">1</small>" not in page


def test_the_link_is_printed_as_a_code_where_others_can_open_it() -> None:
    for host, there in (("localhost:8501", False), ("gates.example.org", True)):
        assert ("data:image/svg" in sheet(link=f"http://{host}/?text=ab").page) == there


def test_cells_on_paper_have_the_strength_of_their_numbers() -> None:
    values = np.array([[-1.0, 0.5, 0.5], [0.0, 0.5, np.nan]]).T  # (time, row)
    drawn = cells(Panel("h", "h", "", values, "ab", ""))
    found = re.findall(r'fill="([^"]+)" fill-opacity="([^"]+)" d="([^"]+)"', drawn)
    negative, positive = (scale("h")[end][1] for end in (0, -1))
    assert set(found) == {
        (negative, "1", "M0 0h1v1h-1z"),
        (positive, "0.5", "M1 0h2v1h-2zM1 1h1v1h-1z"),
        ("url(#missing)", "1", "M2 1h1v1h-1z"),
    }


@pytest.mark.slow
def test_it_fits_on_paper_upright_and_across(browser: Browser) -> None:
    with opened(browser) as (page, errors):
        page.emulate_media(media="print")
        page.set_content(sheet("f", "c", network="tags", lang="zh").page)
        for size in A4.values():
            page.set_viewport_size({"width": size[0], "height": size[1]})
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            assert (
                page.evaluate("getComputedStyle(document.querySelector('.solutions')).breakBefore") == "page"
            )
            heights = "[...document.querySelectorAll('section')].map((one) => one.offsetHeight)"
            assert max(page.evaluate(heights)) < size[1] / 2
        assert errors == []
