"""A lesson that somebody made, as a file and in a link: JSON with its version, checked when it is read."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Any
from urllib.parse import parse_qsl

from ui.lessons.records import Ask, Lesson, Page
from ui.lessons.truths import TRUTHS
from ui.selection.records import MOST_PAGES, OPENS, OWN_LESSON, PARTS, SYMBOLS

FORMAT, VERSION = "gates lesson", 1
LARGEST = 400_000  # bytes of a file
MOST_LETTERS = 600  # of a sentence
MOST_TITLE = 80
LONGEST_VIEW = 4_000  # letters of a page's link
SENTENCES = ("title", "says", "look", "ask")


class LessonError(ValueError):
    """What is wrong with a lesson's file: `key` names the sentence in ui/words, `blanks` fill it."""

    def __init__(self, key: str, **blanks: str) -> None:
        super().__init__(key)
        self.key, self.blanks = key, blanks


def written(lesson: Lesson) -> str:
    """A lesson as JSON."""
    pages = [
        {"on": page.on, "view": page.view, **dict(page.typed), **_asked(page.ask)} for page in lesson.pages
    ]
    whole = {"format": FORMAT, "version": VERSION, "title": lesson.title, "pages": pages}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _asked(ask: Ask | None) -> dict[str, Any]:
    return {} if ask is None else {"question": {"what": ask.what, "symbol": ask.symbol, "step": ask.step}}


def read(data: bytes | str) -> Lesson:
    """The lesson of a file; LessonError where it is none, another version's, or damaged."""
    if len(data) > LARGEST:
        raise LessonError("large", most=f"{LARGEST // 1000:,}")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise LessonError("json") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise LessonError("foreign")
    if found.get("version") != VERSION:
        raise LessonError("version", found=str(found.get("version"))[:20], known=str(VERSION))
    pages = found.get("pages")
    if not isinstance(pages, list) or not pages:
        raise LessonError("empty")
    if len(pages) > MOST_PAGES:
        raise LessonError("pages", count=f"{len(pages):,}", most=str(MOST_PAGES))
    title = _text(found.get("title", ""), MOST_TITLE, "0", "title")
    return Lesson(OWN_LESSON, tuple(map(_page, range(1, len(pages) + 1), pages)), title)


def _page(number: int, found: Any) -> Page:
    """One page of a file, by its number."""
    place = str(number)
    if not isinstance(found, dict) or found.get("on") not in OPENS:
        raise LessonError("page", page=place)
    view = _text(found.get("view", ""), LONGEST_VIEW, place, "view")
    if not parse_qsl(view) or not {name for name, _ in parse_qsl(view)} <= PARTS.keys():
        raise LessonError("page", page=place)
    typed = {part: _text(found.get(part, ""), MOST_LETTERS, place, part) for part in SENTENCES}
    ask = None if found.get("question") is None else _ask(found["question"], place)
    return Page(f"page{number}", view, found["on"], (), ask, (), tuple((k, v) for k, v in typed.items() if v))


def _ask(found: Any, place: str) -> Ask:
    """The question of a page."""
    if not isinstance(found, dict):
        raise LessonError("question", page=place)
    what, symbol, step = found.get("what"), found.get("symbol", ""), found.get("step", 0)
    if what not in list(TRUTHS) or symbol not in ("", *SYMBOLS) or type(step) is not int or step < 0:
        raise LessonError("question", page=place)
    return Ask(what, symbol, step)


def _text(found: Any, most: int, page: str, part: str) -> str:
    if not isinstance(found, str):
        raise LessonError("page", page=page)
    if len(found) > most:
        raise LessonError("long", page=page, part=part, count=f"{len(found):,}", most=f"{most:,}")
    return found


def packed(lesson: Lesson) -> str:
    """A lesson as a part of a link."""
    plain = json.dumps(json.loads(written(lesson)), ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def unpacked(made: str) -> Lesson:
    """The lesson of a link; LessonError where it is damaged."""
    try:
        open_ = zlib.decompressobj()
        plain = open_.decompress(urlsafe_b64decode(made + "=" * (-len(made) % 4)), LARGEST + 1)
    except (Error, zlib.error, ValueError):
        raise LessonError("link") from None
    return read(plain)
