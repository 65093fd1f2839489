"""Makes math.woff2, the letters of our formulas: `python -m ui.stepper.font.make STIXTwoMath.woff2`.

Needs fonttools and brotli. The source is STIX Two Math 2.12 (SIL Open Font License, OFL.txt), as the npm
package @fontsource/stix-two-math 5.3.0 carries it: files/stix-two-math-latin-400-normal.woff2.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits

from cells.cell import CELLS
from cells.equations import equations
from cells.notation import NOTATIONS

# What a browser draws for a lone letter in <mi>; Unicode has the italic h at a place of its own.
ITALIC = {
    **{letter: chr(0x1D434 + place) for place, letter in enumerate(ascii_uppercase)},
    **{letter: chr(0x1D44E + place) for place, letter in enumerate(ascii_lowercase)},
    "h": "\u210e",
    "σ": "\U0001d70e",
}


def letters() -> set[str]:
    """What the formulas of all cells are written with, and what a new one's symbols and numbers would be."""
    formulas = "".join(row.mathml for cell in CELLS for name in NOTATIONS for row in equations(cell, name))
    upright = re.findall(r"<m[no][^>]*>([^<]+)<|<mi>(\w\w+)<", formulas)
    return {*"".join(map("".join, upright)), *digits, ".", *ITALIC.values()}


def main(source: str) -> None:
    """Write the subset; no parenthesis of ours grows, so the parts of larger ones are left out."""
    from fontTools import subset, ttLib

    font = ttLib.TTFont(source)
    # Emptied, not taken away: browsers throw out a MATH table that lacks it.
    growing = font["MATH"].table.MathVariants
    growing.VertGlyphCoverage = growing.HorizGlyphCoverage = None
    growing.VertGlyphConstruction = growing.HorizGlyphConstruction = []
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(letters()))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(Path(__file__).parent / "math.woff2")


if __name__ == "__main__":
    main(sys.argv[1])
