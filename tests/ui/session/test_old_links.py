"""Links that people have open the same view for ever."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl

from ui.networks.defaults import default_view
from ui.runs.link import from_link
from ui.selection.records import Selection

LATER = {  # parts that came later have their usual value
    "edit": "",
    "weights": "",
    "checkpoint": "trained",
    "swept": "",
    "sweep_how": "0",
    "sweep_of": "",
    "sweep_at": 0,
    "second": "",
    "patched": "c",
    "patch_from": 3,
    "patch_into": 5,
    "patch_units": "all",
    "lesson": "",
    "page": 1,
    "made": "",
}
GOLDEN = json.loads((Path(__file__).parents[2] / "goldens/links.json").read_text(encoding="utf-8"))


def test_an_old_link_opens_the_view_that_it_always_opened() -> None:
    assert len(GOLDEN["links"]) == 300
    for link, differs, faults in GOLDEN["links"]:
        query = dict(parse_qsl(link, keep_blank_values=True, strict_parsing=bool(link)))
        view, named = from_link(query, Selection())
        flat = {
            name: list(value) if isinstance(value, tuple) else value for name, value in view.flat().items()
        }
        expected = {**GOLDEN["usual"], **LATER, **differs}
        if "step" not in query or "step" in faults:  # a page's own link always says it
            expected["step"] = default_view(view.network.network).at.step
        assert (flat, list(named)) == (expected, faults), link
