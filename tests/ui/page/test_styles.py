"""What the sheets may say, and that all they name is made by somebody."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
import streamlit
from streamlit import config

from ui.page.styles import UI, style
from ui.text.sheets import compact

SHEETS = sorted(UI.rglob("*.css"))
RULES = {sheet: re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL) for sheet in SHEETS}
SELECTORS = " ".join(re.findall(r"[^{};]+(?=\{)", " ".join(RULES.values())))
SCRIPTS = [path.read_text() for path in UI.rglob("*.js")]
PYTHON = [path.read_text() for path in UI.rglob("*.py")]
HOOKS = (UI / "page/HOOKS.md").read_text()
BUILT = Path(streamlit.__file__).parent / "static/static/js"


def literals() -> set[str]:
    """All strings of our Python, and of one with blanks its parts."""
    nodes = [node for source in PYTHON for node in ast.walk(ast.parse(source))]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def made() -> set[str]:
    """All class names that our Python, HTML and JavaScript write."""
    written = [*PYTHON, *(path.read_text() for path in UI.rglob("*.html"))]
    classes = [found for source in written for found in re.findall(r"class=['\"]?([\w -]+)", source)]
    # A script names a class on a line that says so, or adds it with a blank before it.
    lines = [line for source in SCRIPTS for line in source.splitlines() if "class" in line or '" ' in line]
    strings = [found for line in lines for found in re.findall(r'"([\w -]+)"|`([^`]*)`', line)]
    words = " ".join([*classes, *(part for both in strings for part in both)])
    return set(re.findall(r"(?<![.\w-])[\w-]+", words))  # with a dot before it, it is asked for, not made


def hooks() -> set[str]:
    return set(re.findall(r"`\.?([\w-]+)`", HOOKS.partition("|---|")[2]))


def named() -> tuple[set[str], set[str], set[str]]:
    """The keys, the test ids and the other classes that the sheets' selectors name, no grades."""
    keys, ids = re.findall(r"\.st-key-(\w+)", SELECTORS), re.findall(r'data-testid="?(\w+)', SELECTORS)
    classes = set(re.findall(r"\.(?!st-key-)([a-zA-Z][\w-]*)", SELECTORS))
    return set(keys), set(ids), {name for name in classes if not re.fullmatch(r"s\d+", name)}


def test_every_sheet_is_in_the_style_and_the_style_is_large_enough_to_be_sent_once():
    apart = {sheet.name for sheet in SHEETS if compact(sheet) not in style()}
    assert apart == {"handout.css", "worksheet.css"}
    assert len(style()) > config.get_option("global.minCachedMessageSize")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_asks_for_windows_in_letters(sheet: Path):
    """So that twice the letters are laid out as half the window is."""
    asked = re.findall(r"@media [^{]*", RULES[sheet]) if sheet.parent.name != "handout" else []
    assert [media for media in asked if "px" in media] == []


def test_a_width_that_python_says_grows_with_the_letters():
    sheet = (UI / "page/widths.css").read_text()
    pairs = re.findall(r'"(\d+)px"\] \{ min-width: min\(([\d.]+)rem', sheet)
    kept = {int(px): float(rem) for px, rem in pairs}
    said = {int(px) for source in PYTHON for px in re.findall(r"\b(?:width=|WIDE = )(\d{2,})\b", source)}
    assert said == kept.keys()
    assert all(px == 16 * rem for px, rem in kept.items())


def test_no_component_carries_a_sheet_with_its_data():
    assert not [source for source in PYTHON if re.search(r"\bcss=", source)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_says_why_where_it_insists(sheet: Path):
    insisting = [line for line in sheet.read_text().splitlines() if "!important" in line]
    assert [line for line in insisting if "/*" not in line] == []


def test_every_key_and_class_in_the_sheets_is_made_by_a_source():
    keys, _, classes = named()
    assert keys - literals() == set()
    assert classes - made() - hooks() == set()


def test_the_table_of_hooks_is_what_sheets_and_scripts_use():
    _, ids, classes = named()
    asked = {found for text in [*SCRIPTS, *PYTHON] for found in re.findall(r'testid="?(st[A-Z]\w+)', text)}
    assert ids | asked | (classes - made()) == hooks()


def test_the_installed_streamlit_has_every_hook():
    version = ".".join(streamlit.__version__.split(".")[:2])
    assert f"Streamlit {version};" in HOOKS
    built = "".join(path.read_text(encoding="utf-8") for path in BUILT.glob("*.js"))
    whole = {name for name in hooks() if not re.fullmatch(r"g-x?y?\d?title", name)}  # put together there
    assert {name for name in whole if name not in built} == set()


def test_the_page_has_the_colour_that_streamlit_is_told():
    theme = tomllib.loads((UI.parent / ".streamlit/config.toml").read_text())["theme"]
    told = [theme[mode]["backgroundColor"] for mode in ("light", "dark")]
    assert f"--page: light-dark({', '.join(told)})" in style()
