"""What a link may hide: each part by its name, and where it stands on the pages."""

from __future__ import annotations

from collections.abc import Mapping

# What the numbers are, the badge says: it can't be hidden.
HIDEABLE: Mapping[str, str] = {
    "menu": '.st-key-menu [data-testid="stPageLink"]',
    "language": ".st-key-lang",
    "theme": ".scheme",
    "network": ".st-key-network, .st-key-model, .st-key-cell, .st-key-seed",
    "text": ".st-key-text",
    "examples": ".st-key-example",
    "options": ".st-key-options",
    "export": ".st-key-take",
    "answers": ".stepper .outcome .belief, .stepper .course, .stepper .token small, .stepper .who",
    "look": ".stepper .look, .st-key-look_for",
    "edit": ".stepper .tools .edit",
    "training": ".stepper .training",
    "table": '.stepper [data-act="table"]',
    "diagram": ".stepper .cell",
    "equations": ".stepper .equations",
    "heatmaps": ".st-key-room, .st-key-room_above",
    "views": ".st-key-measure, .st-key-together",
    "questions": '[data-testid="stExpander"]',
    "showall": ".st-key-show_all",
}
