"""The code that puts a view into another page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

from ui.export.link import embedded
from ui.networks.defaults import default_view
from ui.runs.link import from_link, shared_link
from ui.selection.records import Selection
from ui.session.chosen import chosen


def test_the_code_of_a_frame_holds_the_view_and_says_what_it_is() -> None:
    view = default_view("random").but(text='a "quoted" <b> & more', theme="dark", step=3)
    code = embedded(f"https://a.example/compare?{shared_link(view)}", chosen(view))
    frame = ElementTree.fromstring(code)
    address = urlsplit(frame.attrib["src"])
    query = dict(parse_qsl(address.query))
    assert (address.path, query.pop("embed")) == ("/compare", "true")
    again, faults = from_link(query, Selection())
    assert (again.text.text, again.display.theme, again.at.step, faults) == (view.text.text, "dark", 3, ())
    assert view.text.text in frame.attrib["title"] and frame.attrib["aria-description"]
    assert "clipboard-write" in frame.attrib["allow"] and frame.attrib["loading"] == "lazy"
    assert "sandbox" not in frame.attrib
