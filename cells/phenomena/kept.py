"""What was measured last, kept beside the code: figures, when, and a digest of what they depend on."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from cells import shipped
from cells.phenomena.findings import Claim, Finding

FILE = Path(__file__).parent / "kept.json"


@dataclass(frozen=True)
class Kept:
    """The findings of one claim, measured on a day; `digest` is of what they depend on."""

    measured: str
    digest: str
    findings: tuple[Finding, ...]


def digest(claim: Claim) -> str:
    """Of the weights and cards that a claim reads, and of the code that measures it."""
    found = sha256()
    for name in claim.networks:
        for path in (shipped.FOLDER / f"{name}.npz", shipped.FOLDER / f"{name}.json"):
            found.update(path.read_bytes())
    module = inspect.getmodule(claim.measure)
    assert module is not None, "what measures a claim stands in a module"
    found.update(inspect.getsource(module).encode())
    return found.hexdigest()[:16]


@cache
def kept() -> Mapping[str, Kept]:
    """All that is kept, by the names of the claims."""
    return {
        name: Kept(one["measured"], one["digest"], tuple(Finding(*row) for row in one["findings"]))
        for name, one in json.loads(FILE.read_text(encoding="utf-8")).items()
    }


def keep(found: Mapping[str, tuple[Claim, Sequence[Finding]]]) -> None:
    """Write down what was measured; what is as it was keeps its day."""
    known = dict(kept()) if FILE.exists() else {}
    for name, (claim, findings) in found.items():
        now = Kept(date.today().isoformat(), digest(claim), tuple(findings))
        before = known.get(name)
        same = before is not None and (before.digest, before.findings) == (now.digest, now.findings)
        known[name] = before if same and before is not None else now
    FILE.write_text(_written(known), encoding="utf-8")
    kept.cache_clear()


def _written(known: Mapping[str, Kept]) -> str:
    """JSON with a line for each finding."""
    claims = []
    for name, one in known.items():
        rows = ",\n".join(f"   {json.dumps(row, ensure_ascii=False)}" for row in one.findings)
        head = f'"measured": {json.dumps(one.measured)}, "digest": {json.dumps(one.digest)}'
        claims.append(f' {json.dumps(name)}: {{{head},\n  "findings": [\n{rows}\n  ]}}')
    return "{\n" + ",\n".join(claims) + "\n}\n"
