"""The stepper's JavaScript as one string: its modules joined in the order of their imports.

A page takes a component as one string, from which relative imports lead nowhere. The sources stay ES modules
that a browser, a worker or a test imports as they are, and keep to what can be joined without a parser: at
the left margin stands a named import, a declaration, or the bracket that ends one. Comments and margins stay
behind, so a text ends on the line where it begins.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

SOURCES = Path(__file__).parent / "js"
IMPORT = re.compile(r'import \{ ([\w, ]+) \} from "(\.{1,2}/[\w./]+\.js)";')
DECLARATION = re.compile(r"(export )?(default )?(?:async )?(?:function\*?|const|class) (\w+)")
GROUP = re.compile(
    r"\([^()]*\)|\{.*\}|\[.*\]|`[^`]*`|\"[^\"]*\"|/.*/"
)  # in which a comma parts no declarations
ALSO = re.compile(r", (\w+) = ")  # const a = 1, b = 2;
COMMENT = re.compile(r"(^|[;,{}(\[]) *// .*$")
INSIDE = re.compile(r"\s|[)\]}]|//|$")  # what may stand at the margin besides: brackets, comments, nothing


class Module:
    """One file: what it imports from where, what it declares, and the text without imports and `export`."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path, self.name = path, path.relative_to(root).as_posix()
        self.imports: dict[Path, tuple[str, ...]] = {}
        self.declared: list[str] = []
        self.exported: set[str] = set()
        self.default = False
        lines = [
            COMMENT.sub(r"\1", self._read(line)).lstrip() for line in path.read_text("utf-8").splitlines()
        ]
        self.text = "\n".join(filter(None, lines))

    def _read(self, line: str) -> str:
        """A line as it stands in the join."""
        if line.count("`") % 2:
            raise ValueError(f"{self.name}: end the text of {line!r} on its line")
        if line.startswith("import"):
            found = IMPORT.fullmatch(line)
            if found is None:
                raise ValueError(f'{self.name}: write {line!r} as import {{ name }} from "./module.js";')
            names = tuple(name.strip() for name in found[1].split(","))
            if any(" " in name for name in names):
                raise ValueError(f"{self.name}: {line!r} renames; a name is the same in all modules")
            self.imports[(self.path.parent / found[2]).resolve()] = names
            return ""
        found = DECLARATION.match(line)
        if found is not None:
            self.declared += [found[3], *ALSO.findall(GROUP.sub("", line))]
            if found[2]:
                self.default = True
                return line
            if found[1]:
                self.exported.add(found[3])
            return line.removeprefix("export ")
        if not INSIDE.match(line):
            raise ValueError(
                f"{self.name}: {line!r} does something when it is imported; put it into a function"
            )
        return line


def modules(root: Path = SOURCES) -> dict[Path, Module]:
    """All modules under a folder; no name stands at the top of two, so any of them can be joined."""
    found = {path: Module(path, root) for path in sorted(root.resolve().rglob("*.js"))}
    owners: dict[str, str] = {}
    for module in found.values():
        for name, times in Counter(module.declared).items():
            if name in owners or times > 1:
                raise ValueError(
                    f"{name} stands at the top of {owners.get(name, module.name)} and of {module.name}"
                )
            owners[name] = module.name
    return found


def bundle(entry: str, root: Path = SOURCES) -> str:
    """The module `entry` and all that it needs, its default export kept; ValueError where that fails."""
    known, first = modules(root), (root / entry).resolve()
    order: list[Module] = []
    _visit(first, known, order, [])
    for module in order:
        if module.default and module.path != first:
            raise ValueError(f"{module.name}: only the module that all is joined for has a default export")
    return "\n".join(module.text for module in order) + "\n"


def _visit(path: Path, known: dict[Path, Module], order: list[Module], way: list[Module]) -> None:
    module = known[path]
    if module in way:
        circle = " → ".join(one.name for one in [*way[way.index(module) :], module])
        raise ValueError(f"{circle} is a circle; nothing in it could come first")
    if module in order:
        return
    for target, names in module.imports.items():
        if target not in known:
            raise ValueError(f"{module.name} imports {target.name}, which is no module of the stepper")
        _visit(target, known, order, [*way, module])
        if missing := [name for name in names if name not in known[target].exported]:
            raise ValueError(
                f"{module.name} imports {', '.join(missing)}, which {known[target].name} does not export"
            )
    order.append(module)
