"""Known phenomena measured again, beside the figures that this project quotes for them.

    python -m cells.phenomena

Nothing is trained here: half-lives, gradients at initialisation, saturation of untrained gates, and what
the networks that ship are without a gate. The last takes two minutes where all texts are at hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from cells.ablation import printed
from cells.phenomena.critical import critical_parts
from cells.phenomena.figures import Table, lines
from cells.phenomena.quoted import gradients, half_lives, saturations


def main(tables: Sequence[Table] | None = None) -> None:
    """Prints the tables, and how many of their figures were reproduced."""
    shown = list((half_lives(), gradients(), saturations()) if tables is None else tables)
    for table in shown:
        print("\n".join(lines(table)), end="\n\n")
    if tables is None:
        shown.append(critical_parts(list(printed())))
        print("\n".join(("", *lines(shown[-1]))), end="\n\n")
    figures = [figure for table in shown for figure in table.figures]
    print(f"{sum(figure.reproduced for figure in figures)} of {len(figures)} figures reproduced")


if __name__ == "__main__":
    main()
