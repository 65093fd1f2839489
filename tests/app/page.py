"""The page without a browser: opened by a link, changed, and read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from ui.selection.records import PARTS, Selection

APP = Path(__file__).parents[2] / "app.py"
EVERYWHERE = ("gates.room", "gates.page", "gates.framed")


def opened(script: str = "app.py", **link: str) -> AppTest:
    """A reader's first visit to one of the pages by a link."""
    page = AppTest.from_file(APP, default_timeout=120)
    for name, value in link.items():
        page.query_params[name] = value
    return calm((page if script == "app.py" else page.switch_page(script)).run())


def unfolded(page: AppTest, *popovers: str) -> AppTest:
    """The page after a reader opened these popovers, by their keys: what is in them is drawn from then on."""
    return chosen(page, **dict.fromkeys(popovers, True))


def picked(page: AppTest, **values: object) -> AppTest:
    """The page after a reader chose these in the boxes, as a hand does it."""
    for key, value in values.items():
        page.selectbox(key=key).set_value(value).run()
    return calm(page)


def badge(page: AppTest) -> str:
    """What the page says that its numbers are."""
    (text,) = (element.proto.body for element in page.get("html") if 'class="badge' in element.proto.body)
    return str(text)


def calm(page: AppTest) -> AppTest:
    """The page, after a look that no exception is on it."""
    assert not page.exception, page.exception
    return page


def captions(page: AppTest) -> list[str]:
    """The captions as they are read: without the marks around terms."""
    return [re.sub("</?span[^>]*>", "", caption.value) for caption in page.caption]


def chosen(page: AppTest, **values: object) -> AppTest:
    """The page after a reader changed these fields."""
    for name, value in values.items():
        page.session_state[name] = value
    return calm(page.run())


def sent(page: AppTest) -> dict[str, Any]:
    """What the stepper was sent: the run, its sentence as one reads it, and the network that comes alone."""
    parts = {part.proto.component_name: part.proto for part in page.get("bidi_component")}
    run: dict[str, Any] = json.loads(parts["gates.stepper"].json)
    run["look"] = "".join(part for part, _ in run["look"])
    packed = parts["gates.network"].bytes.decode()
    assert packed[:64] == run["network"]
    return json.loads(packed[64:]) | {name: value for name, value in run.items() if name != "rows"}


def components(page: AppTest) -> list[dict[str, Any]]:
    """What every component of ours was sent but what stands on pages whatever they show."""
    protos = [component.proto for component in page.get("bidi_component")]
    return [
        json.loads(proto.json) for proto in protos if proto.json and proto.component_name not in EVERYWHERE
    ]


def figure(page: AppTest) -> dict[str, Any]:
    """The heatmaps' figure."""
    (chart,) = page.get("plotly_chart")
    spec: dict[str, Any] = json.loads(chart.proto.spec)
    return spec


def selection(page: AppTest) -> Selection:
    values = {name: page.session_state[name] for name in PARTS}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Selection().but(**{**values, **lists})
