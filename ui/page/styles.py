"""The style of all pages: every room's sheets in one, with what they refer to inside it."""

from __future__ import annotations

from pathlib import Path

from ui.text.sheets import compact

UI = Path(__file__).parents[1]
ROOMS = (
    "page",
    "lessons",
    "text",
    "stepper",
    "compare",
    "memory",
    "upload",
    "applications",
    "export",
    "verdicts",
    "shelf",
    "train",
)


def style() -> str:
    """All sheets as one <style>.

    Streamlit sends an element of 10,000 bytes and more once a session, and refers to it afterwards. What is
    smaller, or a part of an element that changes, goes to the browser with each new text: so the sheets and
    the font of the formulas travel together, apart from the stepper's data, and are the same on every page.
    """
    sheets = (sheet for room in ROOMS for sheet in sorted((UI / room).rglob("*.css")))
    return f"<style>{' '.join(map(compact, sheets))}</style>"
