"""Many readers on one server, each at her end of the wire."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.Common_pb2 import StringArray

from cells import Network
from cells.saving import as_safetensors
from tests.browser.harness import served
from tests.loops import awaited
from tests.wire import Reader, identified, reader
from ui.selection.records import SYMBOLS
from ui.stepper.network_message import numbers_of

pytestmark = pytest.mark.slow
READERS = 20


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as where:
        yield where


@asynccontextmanager
async def class_on(
    address: str, page: str = "", count: int = 1, query: str = ""
) -> AsyncIterator[list[Reader]]:
    """So many readers who have just opened a page, all at once."""
    async with AsyncExitStack() as open_:
        readers = [await open_.enter_async_context(reader(address, page, query)) for _ in range(count)]
        await asyncio.gather(*(one.arrive() for one in readers))
        yield readers


def layers(one: Reader) -> Any:
    """The weights that a reader's page was sent."""
    sent = one.element("sent_network")[1].bidi_component.bytes
    return json.loads(sent[64:])["layers"]


def test_of_twenty_who_bring_files_at_once_each_sees_her_own(address):
    async def brought() -> None:
        async with class_on(address, "yours", READERS) as readers:
            networks = [Network.random("LSTM", 3, 4, seed=seed, dtype="float32") for seed in range(READERS)]
            files = [as_safetensors(network) for network in networks]

            async def works(one: Reader, file: bytes) -> None:
                await one.upload("own_file", "mine.safetensors", file)  # all of one name
                await one.type("1 0 1; 0 1 1")
                await one.step(2)

            await asyncio.gather(*map(works, readers, files))
            for one, network in zip(readers, networks, strict=True):
                assert one.data("stepper")["tokens"] == ["1", "2"], one.said()
                assert layers(one) == json.loads(json.dumps(numbers_of(network)["layers"]))
        async with class_on(address, "yours") as (other,):
            assert not any(identified(element).endswith("-stepper") for element in other.elements.values())

    awaited(brought())


def test_another_text_draws_no_more_than_what_shows_it(address):
    async def typed() -> None:
        async with class_on(address) as (one,):
            before = one.elements.copy()
            answer = await one.type("aabb")
            assert one.data("stepper")["tokens"] == [*"aabb"]
            drawn = [place for place, element in one.elements.items() if element is not before.get(place)]
            assert len(drawn) < 16 < len(before)
            assert answer.bytes < 60_000, "the code and the network are there already"
            whole = await one.set("lang", "string_array_value", StringArray(data=["中文"]))
            assert one.data("stepper")["lang"] == "zh" and one.data("stepper")["tokens"] == [*"aabb"]
            assert whole.bytes > answer.bytes

    awaited(typed())


def test_what_comes_with_another_text_draws_the_whole_page(address):
    async def typed() -> None:
        async with class_on(address) as (one,):
            one.hold("lang", "string_array_value", StringArray(data=["中文"]))
            await one.type("aabb")
            assert one.data("stepper")["tokens"] == [*"aabb"]
            assert (one.data("stepper")["lang"], one.data("around")["lang"]) == ("zh", "zh")

    awaited(typed())


@pytest.mark.parametrize(
    ("key", "event", "value"),
    [
        ("stepper", "at", {"step": 2, "unit": 1}),
        ("stepper", "read", {"text": "aabb", "fault": "", "step": 2, "unit": 1}),
        ("stepper", "large", "c"),
        ("course", "go", {"page": 2, "finished": False}),
        ("around", "theme", "dark"),
        ("room_bar", "view", {"ask": 1, "page": "step", "query": "text=aabb"}),
    ],
)
def test_what_a_page_tells_while_another_is_on_its_way_breaks_nothing(address, key, event, value):
    async def told() -> None:
        async with class_on(address, query="lesson=gates") as (one,):
            await behind(one)
            await one.tell(key, event, value)
            assert one.said() == [] and one.data("stepper")["tokens"]

    awaited(told())


@pytest.mark.parametrize(
    ("key", "kind", "value"), [("set_task", "string_value", "sums"), ("set_units", "double_value", 7)]
)
def test_boxes_that_are_turned_while_another_page_is_on_its_way_break_nothing(address, key, kind, value):
    async def turned() -> None:
        async with class_on(address, "train") as (one,):
            await behind(one)
            one.hold(key, kind, value)
            await one.arrive()
            assert one.said() == [] and one.data("stepper")["tokens"]

    awaited(turned())


async def behind(one: Reader) -> None:
    """Have another page drawn, while the reader still has the one before it in hand.

    Streamlit sends what she does there with no page's name, once it has cleared the old one and until it
    knows the new one.
    """
    before, one.elements = one.elements, {}
    await one.visit("memory")
    one.elements, one.page, one.pages = before, "", {}


@pytest.mark.parametrize("page", ["", "memory", "compare", "applications", "train"])
def test_labels_that_no_option_has_any_more_change_nothing(address, page):
    """A page that is a run behind sends what stood there then: with another score, in another language."""

    async def chosen() -> None:
        async with class_on(address, page, query="twin=1&unit=2") as (one,):
            before = views(one)
            for element in one.elements.values():
                key = identified(element).rpartition("-")[2]
                match element.WhichOneof("type"):
                    case "selectbox":
                        one.hold(key, "string_value", "LSTM · n = 1")
                    case "button_group" if element.button_group.click_mode == ButtonGroup.SINGLE_SELECT:
                        one.hold(key, "string_array_value", StringArray(data=["LSTM · n = 1"]))
            await one.arrive()
            assert (one.said(), views(one)) == ([], before)

    awaited(chosen())


def test_a_page_of_another_language_hides_the_heatmap_that_it_says_and_no_others(address):
    """A page that is a run behind sends all labels that are left, as they stand there."""

    async def hidden() -> None:
        async with class_on(address) as (one,):
            await one.set("options", "bool_value", True)
            place, pills = heatmaps_offered(one)
            await one.set("lang", "string_array_value", StringArray(data=["中文"]))
            await one.set("options", "bool_value", True)
            assert heatmaps_offered(one)[1] != pills, "it is in another language by now"
            one.elements[place] = pills
            left = [option.content for option in pills.button_group.options][2:]  # without x and f
            key = identified(pills).rpartition("-")[2]
            await one.set(key, "string_array_value", StringArray(data=left))
            assert one.said() == [] and dict(parse_qsl(one.data("stepper")["link"])) == {
                "symbols": ",".join(SYMBOLS[2:]),
                "lang": "zh",
            }

    awaited(hidden())


def heatmaps_offered(one: Reader) -> tuple[tuple[int, ...], Any]:
    """The place and the element in which a reader chooses among heatmaps."""
    (found,) = (
        (place, element)
        for place, element in one.elements.items()
        if element.WhichOneof("type") == "button_group"
        and element.button_group.click_mode == ButtonGroup.MULTI_SELECT
    )
    return found


def views(one: Reader) -> list[Any]:
    """The views, with their units, that a page's components were sent, or what is trained on it."""
    kinds = ((element.WhichOneof("type"), element) for element in one.elements.values())
    sent = [
        json.loads(element.bidi_component.json or "{}") for kind, element in kinds if kind == "bidi_component"
    ]
    return [data[name] for data in sent for name in ("link", "unit", "arms") if name in data]


def test_what_is_taken_away_is_of_the_text_that_was_read_last(address):
    async def taken() -> None:
        async with class_on(address) as (one,):
            await one.type("aaabb")
            await one.set("take", "bool_value", True)
            assert one.data("take_diagram")["beneath"] == "aaabb"

    awaited(taken())
