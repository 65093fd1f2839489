"""Links that people have open the same view for ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from ui.networks.defaults import default_view
from ui.runs.link import from_link
from ui.selection.records import Selection

GOLDEN = json.loads((Path(__file__).parents[2] / "goldens/links.json").read_text(encoding="utf-8"))
# Parts that came later have their usual value.
LATER = {name: value for name, value in Selection().flat().items() if name not in GOLDEN["usual"]}


def listed(flat: Mapping[str, object]) -> dict[str, object]:
    """The parts of a view as JSON has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in flat.items()}


def test_an_old_link_opens_the_view_that_it_always_opened() -> None:
    assert len(GOLDEN["links"]) == 300
    for link, differs, faults in GOLDEN["links"]:
        query = dict(parse_qsl(link, keep_blank_values=True, strict_parsing=bool(link)))
        view, named = from_link(query, Selection())
        expected = {**listed({**GOLDEN["usual"], **LATER}), **differs}
        if "step" not in query or "step" in faults:  # a page's own link always says it
            expected["step"] = default_view(view.network.network).at.step
        found = listed(view.flat())
        if (
            "compare" not in query or "compare" in faults
        ):  # which networks a comparison opens with is the page's
            for one in (found, expected):
                del one["compare"], one["lead"]
            named, faults = ({*names} - {"lead"} for names in (named, faults))
        assert (found, sorted(named)) == (expected, sorted(faults)), link
