"""A page that steps by itself: one file with the stepper, a network and a run, and nothing behind it."""

from __future__ import annotations

import json
from pathlib import Path

from ui.selection.records import Selection
from ui.session.chosen import chosen
from ui.stepper.bundle import SOURCES, bundle
from ui.stepper.run_message import Message, data_of
from ui.stepper.view import view_of
from ui.text.sheets import compact

START = """const told = (name) => JSON.parse(document.querySelector(`[data-stepper=${name}]`).textContent);
window.stepper = startPage({ network: told("network"), run: told("run") });"""
SHEETS = sorted((Path(SOURCES).parent).rglob("*.css"))
COLOURS = """:root { --st-text-color: #1b1d21; --st-background-color: #fff; --st-primary-color: #06c;
  --st-font: sans-serif; --stage: 200px; }"""


def message_of(selection: Selection) -> Message:
    """What the stepper is sent of a selection."""
    known = chosen(selection)
    return data_of(known, view_of(known), look="", linkless="", narrow=False)


def body_of(message: Message) -> str:
    """The body of the page."""
    run = {name: value for name, value in message.items() if name != "packed"}
    parts = {"network": message["packed"].sent[64:].decode(), "run": json.dumps(run)}
    return "\n".join(
        [
            f"<style>{COLOURS}\n{''.join(map(compact, SHEETS))}</style>",
            _read("stepper.html"),
            *(json_script(name, text) for name, text in parts.items()),
            f'<script type="module">{bundle("hosts/page.js")}{START}</script>',
        ]
    )


def _read(name: str) -> str:
    return (Path(SOURCES).parent / name).read_text("utf-8")


def json_script(name: str, text: str) -> str:
    """JSON in a script element, which no text in it can end."""
    safe = text.replace("</", "<\\/")
    return f'<script type="application/json" data-stepper="{name}">{safe}</script>'
