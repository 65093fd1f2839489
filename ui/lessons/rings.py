"""Places on the page that a lesson can put a ring around, as CSS selectors."""

from __future__ import annotations

from collections.abc import Mapping

# Of "heat:c" the part before the colon is looked up, the part behind it fills the blank.
PLACES: Mapping[str, str] = {
    "equation": '.stepper .equation[data-symbol="{}"]',
    "node": '.stepper .node[data-symbol="{}"] .rim',
    "heat": ':is(.stepper-panel, .map .area)[data-symbol="{}"]',
    "token": '.stepper .token[data-step="{}"]',
    "part": '.stepper [data-testid="{}"]',
    "tool": ".stepper .tool.{}",
    "lead": ".stepper .whose button:nth-child({})",
    "column": ".figures thead th:nth-child({})",
    "control": ".st-key-{}",
}
COUNTED = ("token",)  # from 1 in a lesson, from 0 on the page


def selector(ring: str) -> str:
    """The CSS selector of a ring; ValueError for a place that there is not."""
    place, _, what = ring.partition(":")
    if place not in PLACES or not what:
        raise ValueError(f"{ring!r} is no place: use one of {', '.join(PLACES)}, as in heat:c")
    return PLACES[place].format(int(what) - 1 if place in COUNTED else what)
