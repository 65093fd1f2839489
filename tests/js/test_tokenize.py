"""What a reader types is read in the page as on the server, or not at all: then the page asks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.js.conftest import Core, wired
from tests.js.standalone import message_of
from ui.networks.defaults import default_view
from ui.networks.tokenize import MODES, shown
from ui.session.chosen import Chosen, chosen
from ui.stepper.network_message import network_message

calm = settings(
    max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
EXACT = 1e-7  # of rows in float32

# A network of every way to read, and texts of it that the page must read by itself.
SURE: dict[str, tuple[str, ...]] = {
    "count10": ("aaabbb", "a", "abxab", "é"),
    "brackets": ("[(])", "[ ]"),
    "names": ("kowalski", "Łódź", "Ünal", "e\u0301", "o'neil 3"),
    "adding": ("0.5 0.25*", "−.5, +1e3*;2.", "1*"),
    "reviews": ("a warm and funny film", "A Funny FILM"),
    "tags": ("The old man the boats .", "Time flies"),
    "counter": ("aabbc",),
    "latch": ("remember", "zZ"),
    "shakespeare": ("To be: or NOT?", "a + é 漢", "To be,\n\nor not"),
    "random": ("hello, world", "a  b"),
}
EMOJI = (
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "🇩🇪",
    "🇩🇪🇫🇷🇩",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "❤️",
    "1️⃣",
    "🫨",
    "🤦🏼‍♂️",
    "\u200d",
    "\ufe0f",
    "a\ufe0f",
    "a\u200db",
)
MARKED = (
    "e\u0301",
    "q\u0307\u0323",
    "\u0301",
    " \u0301",
    "!\u0301a",
    "a\u0300\u0301\u0302",
    "नि",
    "क्षि",
    "ก็",
    "각",
)
SCRIPTS = (
    "שלום עולם!",
    "مَرْحَبًا بالعالم",
    "长短期 memory",
    "ひらカナー",
    "ΑΣ ΑΣΑ",
    "İstanbul ß",
    "ǅ",
    "ﬁ",
    "Ａ",
    "½²",
    "٣",
)
SIGNS = (
    "",
    " ",
    "\r\n",
    "\u202eabc",
    "\ud800",
    "\x00",
    "\xa0a\u3000b",
    "\u2028",
    "a\tb",
    "a\nb",
    "…",
    "a-b–c—d",
)
NUMBERS = (
    "don’t well-known x_1",
    "3.14 U.S. e.g. 10,000.5",
    "1,2,3 4,56 v1.2 3.5m I.am",
    "-0.5 −0.5 a.b.c. x..y 漢.字. e\u0301.g. .\u0301",
    "1_000",
    "1e400",
    "1000001",
    "- 5",
    "0x10",
    "inf",
    "1 2* 3**",
    "1,2;3",
    "0,5 0,25",
    "−0,5; 1,25*",
    "1,2,3 4",
    "1, 2",
)
GOLDEN = (*EMOJI, *MARKED, *SCRIPTS, *SIGNS, *NUMBERS, "\u1100\u1161\u11a8")
ODD = "ab U.S.3.14 e1_'’-−.*,;()[] \u00a0\u3000éßİΣσж长かカ각שנًا\u0301\u0308\u200d\ufe0f👍🏽🇩🇫❤👨"
letters = st.text(st.sampled_from(ODD), max_size=12)


def view(network: str, **parts: Any) -> Chosen:
    return chosen(default_view(network).but(**parts))


def named(name: str) -> Chosen:
    """A network by its name, or a random one that reads in a mode."""
    return view("random", mode=name) if name in MODES else view(name)


def message(known: Chosen) -> Any:
    return wired(network_message(known.network, alphabet=known.source.alphabet()))


def hold(core: Core, known: Chosen, texts: list[str]) -> list[bool]:
    """Whether each text was read: what was is what the server reads."""
    found = core("tokenize", message=message(known), texts=texts)
    for text, reading in zip(texts, found, strict=True):
        if reading is None:
            continue
        expected = known.source.read(text)
        assert not expected.fault, ascii(text)
        inputs = known.source.inputs(expected)
        rows, embedding = inputs.rows, known.network.embedding
        if embedding is not None:
            rows = embedding[rows] if rows.ndim == 1 else embedding[rows].sum(axis=1)
        assert reading["tokens"] == list(expected.tokens)
        assert reading["names"] == [shown(token) for token in expected.tokens]
        strange = [place for place, token in enumerate(expected.tokens) if token in inputs.unknown]
        assert reading["strange"] == strange
        np.testing.assert_allclose(np.array(reading["rows"]), rows, rtol=EXACT, atol=EXACT)
    return [reading is not None for reading in found]


@pytest.mark.parametrize("network", SURE)
def test_what_a_network_usually_reads_is_read_in_the_page(core: Core, network: str) -> None:
    known = view(network)
    examples = [text for mode, text in known.source.entry.examples if mode == known.choice.mode]
    if known.network.embedding is not None:  # of a word that it has not seen only the server knows
        examples = [one for one in examples if not known.source.inputs(known.source.read(one)).unknown]
        assert examples
    assert all(hold(core, known, [*SURE[network], *filter(str.isascii, examples)]))


@pytest.mark.parametrize("network", [*SURE, "words", "numbers"])
def test_of_odd_texts_the_page_reads_what_the_server_reads_or_asks(core: Core, network: str) -> None:
    hold(core, named(network), list(GOLDEN))


@pytest.mark.parametrize("network", ["names", "random", "words", "adding", "reviews", "latch"])
@calm
@given(texts=st.lists(letters | st.text(max_size=8), min_size=1, max_size=20))
def test_of_any_text_the_page_reads_what_the_server_reads_or_asks(
    core: Core, network: str, texts: list[str]
) -> None:
    hold(core, named(network), texts)


@pytest.mark.parametrize("mode", ["characters", "words"])
def test_every_character_that_the_page_reads_is_read_alike(core: Core, mode: str) -> None:
    """Of the whole Unicode: alone, between letters, twice, and with a mark behind it."""
    sent = message(view("latch"))  # it reads what it does not know as nothing, so that no row is asked for
    sent["alphabet"]["mode"] = mode
    found = core("sweep", message=sent, first=0, last=0x110000)
    assert len(found) > 30_000
    for point, readings in found:
        character = chr(point)
        texts = (character, f"a{character}b", character * 2, f"e{character}\u0301")
        for text, reading in zip(texts, readings, strict=True):
            if reading is not None:
                tokens = MODES[mode](text).tokens
                assert reading == [list(tokens), [shown(token) for token in tokens]], ascii(text)


def test_what_is_translated_is_always_asked_for() -> None:
    assert view("g2p").source.alphabet() is None


@pytest.mark.parametrize(
    ("before", "after", "t", "there"),
    [
        ("abc", "abcd", 2, 2),
        ("abc", "xabc", 1, 2),
        ("abc", "axbc", 0, 0),
        ("abc", "axbc", 1, 2),
        ("abc", "axbc", 2, 3),
        ("abcd", "ad", 3, 1),
        ("abcd", "ad", 1, 1),
        ("abcd", "ab", 3, 1),
        ("abc", "x", 2, 0),
        ("aaa", "aaaa", 2, 2),
    ],
)
def test_a_step_stays_on_its_token(core: Core, before: str, after: str, t: int, there: int) -> None:
    assert core("step", before=list(before), after=list(after), t=t) == there


@pytest.mark.parametrize(
    ("network", "parts", "text"),
    [
        ("count10", {}, "aabbbxa"),
        ("names", {}, "Łukasz"),
        ("adding", {}, "0.5* 0.1 0.25*"),
        ("reviews", {}, "a funny mess"),
        ("tags", {}, "They fish ."),
        ("tags", {"direction": "backward"}, "They fish ."),
        ("random", {"layers": 2, "directions": 2, "layer": 2}, "hello you"),
    ],
)
def test_what_is_shown_at_once_is_what_the_server_says_later(
    core: Core, network: str, parts: dict[str, Any], text: str
) -> None:
    before, after = (message_of(default_view(network).but(**parts, **more)) for more in ({}, {"text": text}))
    known = view(network, **parts)
    sent, expected = (
        {name: value for name, value in one.items() if name != "packed"} for one in (before, after)
    )
    found = core("predict", message=message(known), run=wired(sent), expected=wired(expected), text=text)
    assert found["difference"] is None
    assert all(worst < 2e-6 for worst in found["answers"])
    assert len(found["answers"]) == len(expected["tracks"])
    for part in ("tokens", "unknown", "steps"):
        assert found[part] == expected[part]
