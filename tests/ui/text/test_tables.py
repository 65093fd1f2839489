"""Tables of answers and numbers: what changed is set off, and texts of people stay texts."""

from __future__ import annotations

import re

from ui.text.tables import changes, grid


def test_only_what_changed_is_struck_out_and_written_anew() -> None:
    table = changes(["a", "<b>"], [("n&m", ["yes", "no"], ["yes", "<i>"])], marked=1)
    assert re.findall(r"<th scope='col'([^>]*)>([^/]*)</th>", table) == [
        ("", "a"),
        (" class=new", "&lt;b&gt;"),
    ]
    assert (
        "<th scope='row'>n&amp;m</th><td>yes</td><td class='new'><s>no</s> <b>&lt;i&gt;</b></td></tr>"
        in table
    )
    assert "class=new" not in changes(["a"], [])


def test_of_a_long_text_the_columns_that_change_are_shown_by_their_steps() -> None:
    before = ["no"] * 60
    after = [*before[:40], "yes", *before[41:]]
    table = changes(["x"] * 60, [("n", before, after)], marked=2)
    assert re.findall(r"<small>(\d+)</small>", table) == ["3", "41", "60"]
    assert table.count("⋯") == 2 * 3 and table.count("<b>yes</b>") == 1


def test_a_grid_has_its_names_on_top_and_at_the_left() -> None:
    table = grid(["", "one", "<two>"], [("a", "1", "&"), ("b", "3", "4")])
    assert re.findall(r"<th scope='col'>([^/]*)</th>", table) == ["", "one", "&lt;two&gt;"]
    assert re.findall(r"<tr><th scope='row'>(\w)</th><td>([^<]*)</td><td>([^<]*)</td></tr>", table) == [
        ("a", "1", "&amp;"),
        ("b", "3", "4"),
    ]
