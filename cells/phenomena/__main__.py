"""Known phenomena and claims measured again, and what came out of the claims kept.

    python -m cells.phenomena            # all
    python -m cells.phenomena NAME …     # these claims alone

Nothing is trained here: half-lives, gradients at initialisation and saturation of untrained gates beside the
figures quoted for them, what the networks that ship are without a gate, and what others say of such networks.
All takes two minutes where all texts are at hand.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cells.ablation import printed
from cells.phenomena.critical import critical_parts
from cells.phenomena.figures import Table, lines
from cells.phenomena.findings import Claim, Finding, verdict
from cells.phenomena.kept import keep
from cells.phenomena.quoted import gradients, half_lives, saturations
from cells.phenomena.table import CLAIMS


def quoted(tables: Sequence[Table] | None = None) -> None:
    """Prints the tables, and how many of their figures were reproduced."""
    shown = list((half_lives(), gradients(), saturations()) if tables is None else tables)
    for table in shown:
        print("\n".join(lines(table)), end="\n\n")
    if tables is None:
        shown.append(critical_parts(list(printed())))
        print("\n".join(("", *lines(shown[-1]))), end="\n\n")
    figures = [figure for table in shown for figure in table.figures]
    print(f"{sum(figure.reproduced for figure in figures)} of {len(figures)} figures reproduced")


def told(claim: Claim, findings: Sequence[Finding]) -> str:
    """What came out of a claim, as text."""
    rows = [f"{claim.name}: {verdict(claim, findings)}"]
    for one in findings:
        sides = ((">=", one.low), ("<=", one.high))
        bounds = [f"{sign} {bound:g}" for sign, bound in sides if bound is not None]
        holds = ("holds" if one.holds else "DOES NOT HOLD") if one.decides else ""
        rows.append(f"  {one.what:14}{one.of:26}{one.found:<12.4g}{' '.join(bounds):12}{holds}")
    return "\n".join(rows)


def main(names: Sequence[str]) -> int:
    """Measures claims, all where none is named, prints them, and keeps what came out."""
    if strange := [name for name in names if name not in CLAIMS]:
        print(f"there is no claim {strange[0]!r}; choose from: {', '.join(CLAIMS)}")
        return 2
    if not names:
        quoted()
    found = {}
    for name in names or CLAIMS:
        findings = tuple(CLAIMS[name].measure())
        found[name] = CLAIMS[name], findings
        print("", told(CLAIMS[name], findings), sep="\n", flush=True)
    keep(found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
