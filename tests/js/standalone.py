"""A page that steps by itself: one file with the stepper, a network and a run, and nothing behind it."""

from __future__ import annotations

import json
from pathlib import Path

from ui.networks import registry
from ui.networks.defaults import Selection
from ui.stepper.bundle import SOURCES, bundle
from ui.stepper.run_message import Message, data_of
from ui.stepper.view import view_of
from ui.words import Words

COLOURS = """:root { --st-text-color: #1b1d21; --st-background-color: #fff; --st-primary-color: #06c;
  --st-font: sans-serif; --stage: 200px; }"""


def message_of(selection: Selection) -> Message:
    """What the stepper is sent of a selection."""
    reading, words = registry.read(selection), Words(selection.lang)
    inputs = registry.inputs(selection, reading)
    view = view_of(selection, reading, inputs, words, lambda _: None)
    return data_of(selection, view, inputs, None, words, look="", linkless="", narrow=False)


def body_of(message: Message) -> str:
    """The body of the page."""
    run = {name: value for name, value in message.items() if name != "packed"}
    parts = {"network": message["packed"].sent[64:].decode(), "run": json.dumps(run)}
    return "\n".join(
        [
            f"<style>{COLOURS}\n{_read('stepper.css')}</style>",
            _read("stepper.html"),
            *(json_script(name, text) for name, text in parts.items()),
            f'<script type="module">{bundle("hosts/page.js")}window.stepper = startPage();</script>',
        ]
    )


def _read(name: str) -> str:
    return (Path(SOURCES).parent / name).read_text("utf-8")


def json_script(name: str, text: str) -> str:
    """JSON in a script element, which no text in it can end."""
    safe = text.replace("</", "<\\/")
    return f'<script type="application/json" data-stepper="{name}">{safe}</script>'
