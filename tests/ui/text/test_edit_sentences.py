"""An edit is said in one clause, in either language, with nothing left out."""

from __future__ import annotations

import pytest
from hypothesis import given

from cells.edit_text import parsed
from tests.cells.test_edit_text import edits_of
from ui.text.edits import FEW, told
from ui.words import LANGUAGES, Words


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        ("f.3@5-9=0", "f of unit 3 held at 0, steps 5 to 9", "单元 3 的 f 固定为 0，第 5 至 9 步"),
        ("h.2.9+-0.5", "h of units 2, 9 lowered by 0.5, all steps", "单元 2, 9 的 h 减去 0.5，所有步"),
        ("c@7-+1", "c of all units raised by 1, from step 7 on", "所有单元的 c 加上 1，从第 7 步起"),
        ("c_tilde@2*-2", "c̃ of all units multiplied by −2, step 2", "所有单元的 c̃ 乘以 −2，第 2 步"),
        (
            "2b:i.1=mean",
            "i of unit 1 in reverse layer 2 held at its mean, all steps",
            "反向第 2 层单元 1 的 i 固定为它的平均值，所有步",
        ),
        (
            "b:r=1",
            "r of all units in the reverse direction held at 1, all steps",
            "反向的所有单元的 r 固定为 1，所有步",
        ),
        ("3:u.4=-1", "u of unit 4 in layer 3 held at −1, all steps", "第 3 层单元 4 的 u 固定为 −1，所有步"),
        ("o.1.2.3.4.5.6.7=0", "o of 7 units held at 0, all steps", "7 个单元的 o 固定为 0，所有步"),
    ],
)
def test_an_edit_in_words(line, english, chinese):
    (edit,) = parsed(line)
    assert (told(edit, Words("en")), told(edit, Words("zh"))) == (english, chinese)


@given(edits_of())
def test_every_edit_has_its_clause(edit):
    for language in LANGUAGES:
        said = told(edit, Words(language))
        assert "{" not in said and said.strip() == said
        if edit.units is not None and len(edit.units) <= FEW:
            assert all(str(unit + 1) in said for unit in edit.units)
