"""The modules of the stepper can be joined into one string, and each rule of the join says what breaks it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ui.session.selection import LINES
from ui.stepper.bundle import SOURCES, bundle, modules

PARTS = ("code", "stepper", "network", "training")
ENTRIES = (*(f"hosts/streamlit_{part}.js" for part in PARTS), "hosts/page.js")
LAYERS = {"core": {"core"}, "view": {"core", "view"}, "hosts": {"core", "view", "hosts", "stepper.js"}}
LAYERS |= {
    name: {"core", "view"}
    for name in ("acting.js", "editing.js", "guessing.js", "listening.js", "predicting.js")
}
LAYERS |= {"stepper.js": {"core", "view", *(name for name in LAYERS if name.endswith(".js"))}}
LOCAL = re.compile(r"\b(?:const|let|function) (\{[^=]*?\}|\[[^=]*?\]|\w+)")
PARAMETERS = re.compile(r"(?:function\*? ?\w*|\w+)?\(([^()]*)\) (?:=>|\{)|(?<![\w.])(\w+) =>")
NAMES = re.compile(r"(?<![.\w])[a-z]\w*(?!\w*:)")


def written(folder: Path, **files: str) -> Path:
    """A folder of modules: a__b="…" is a/b.js."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_modules_are_joined_in_the_order_in_which_they_are_needed(tmp_path: Path) -> None:
    root = written(
        tmp_path,
        core__one="// says why\nexport const ONE = 1; // says more\n",
        view__two='import { ONE } from "../core/one.js";\n\n'
        "export function two() {\n  // says how\n  return 2 * ONE;\n}\n",
        main='import { ONE } from "./core/one.js";\nimport { two } from "./view/two.js";\n'
        "export default function main() {\n  return two() + ONE;\n}\n",
    )
    assert bundle("main.js", root).splitlines() == [
        *("const ONE = 1;", "function two() {", "return 2 * ONE;", "}"),
        *("export default function main() {", "return two() + ONE;", "}"),
    ]


BROKEN = {
    "rename": ({"main": 'import { a as b } from "./a.js";\n', "a": "export const a = 1;\n"}, "renames"),
    "star": ({"main": 'import * as a from "./a.js";\n', "a": "export const a = 1;\n"}, "write"),
    "lines": ({"main": "const a = `one\ntwo`;\n"}, "end the text"),
    "package": ({"main": 'import { a } from "a";\n'}, "write"),
    "missing": ({"main": 'import { b } from "./a.js";\n', "a": "export const a = 1;\n"}, "does not export"),
    "kept": ({"main": 'import { a } from "./a.js";\n', "a": "const a = 1;\n"}, "does not export"),
    "nowhere": ({"main": 'import { a } from "./b.js";\n'}, "no module"),
    "circle": (
        {
            "main": 'import { a } from "./a.js";\nexport const b = 1;\n',
            "a": 'import { b } from "./main.js";\nexport const a = 1;\n',
        },
        "main.js → a.js → main.js is a circle",
    ),
    "twice": (
        {"main": "const a = 1;\n", "other": "function a() {\n}\n"},
        "a stands at the top of main.js and of other.js",
    ),
    "twice in a line": (
        {"main": "const a = [1, 2], b = 3, c = (x, y = 1) => x;\n", "other": "const c = 1;\n"},
        "c stands at the top of main.js and of other.js",
    ),
    "effect": ({"main": "document.title = 1;\n"}, "does something"),
    "state": ({"main": "let a = 1;\n"}, "does something"),
    "export list": ({"main": "const a = 1;\nexport { a };\n"}, "does something"),
    "default": (
        {
            "main": 'import { a } from "./a.js";\n',
            "a": "export const a = 1;\nexport default function b() {\n}\n",
        },
        "default export",
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_what_cannot_be_joined_is_refused_in_one_sentence(tmp_path: Path, rule: str) -> None:
    files, says = BROKEN[rule]
    with pytest.raises(ValueError, match=re.escape(says)) as raised:
        bundle("main.js", written(tmp_path, **files))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_host_is_one_string_with_one_default_export(entry: str) -> None:
    joined = bundle(entry)
    assert len(re.findall(r"^export ", joined, re.MULTILINE)) == 1
    assert re.search(r"^export default function ", joined, re.MULTILINE)
    assert not re.search(r"^import ", joined, re.MULTILINE)


def part(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0]


def test_imports_point_from_hosts_to_view_to_core() -> None:
    wrong = [
        (module.name, target.name)
        for module in modules().values()
        for target in module.imports
        if part(target) not in LAYERS[part(module.path)]
    ]
    assert wrong == []


def test_the_core_knows_no_page_and_no_clock() -> None:
    page = re.compile(
        r"\b(document|window|location|history|navigator|setTimeout|performance|Date|requestAnimationFrame)\b"
    )
    for module in modules().values():
        if part(module.path) == "core":
            assert page.findall(re.sub(r"//.*", "", module.text)) == [], module.name


def test_a_module_holds_one_idea() -> None:
    lines = {module.name: len(module.path.read_text("utf-8").splitlines()) for module in modules().values()}
    assert max(lines.values()) <= 300, lines


def test_no_local_name_hides_one_that_stands_at_the_top() -> None:
    top = {name for module in modules().values() for name in module.declared}
    hidden = [
        (module.name, name)
        for module in modules().values()
        for line in module.text.splitlines()
        for name in locals_of(line) & top
    ]
    assert hidden == []


def locals_of(line: str) -> set[str]:
    """The names that a line makes for itself: its constants within a function, and parameters."""
    found = LOCAL.findall(line) if line.startswith(" ") else []
    found += ["".join(one) for one in PARAMETERS.findall(line)]
    return {name for one in found for name in NAMES.findall(one)}


def test_a_line_break_can_be_given_in_every_box_that_may_have_several_lines() -> None:
    boxes = (SOURCES / "hosts/text_boxes.js").read_text("utf-8")
    line = next(line for line in boxes.splitlines() if line.startswith("const LINES"))
    assert {*re.findall(r"st-key-(\w+) input", line)} == {*LINES, "own_vocabulary"}
