"""Numbers beside the wire are the page's; a session hears of a text before it is asked for more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlencode

import pytest
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.SessionStatus_pb2 import SessionStatus

from tests.browser.harness import PATIENCE, served
from tests.loops import awaited
from tests.wire import Reader, reader
from ui.page.beside import answer
from ui.serving.faults import Refused
from ui.session.crowd import CROWD, drawn, readers

pytestmark = pytest.mark.slow
VIEWS = {
    "usual": {},
    "trained": {"network": "counter", "text": "aabb"},
    "deep": {"network": "random", "layers": "2", "directions": "2", "layer": "2", "direction": "backward"},
    "Chinese": {"network": "random", "cell": "GRU", "units": "5", "lang": "zh", "text": "你好"},
    "wide": {"network": "random", "units": "64", "text": "aabb"},
    "words": {"network": "reviews", "text": "a film of rare zzyzx"},
    "written": {"network": "names", "text": "an", "write": "6"},
    "published": {"network": "g2p", "text": "gate"},
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as where:
        yield where


@asynccontextmanager
async def among(address: str, others: int) -> AsyncIterator[None]:
    """So many others are connected."""
    async with AsyncExitStack() as lines:
        for _ in range(others):
            await lines.enter_async_context(reader(address))
        yield


@asynccontextmanager
async def arrived(address: str, query: Mapping[str, str]) -> AsyncIterator[Reader]:
    """A reader with her page open."""
    async with reader(address, query=urlencode(query)) as one:
        await one.arrive()
        yield one


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_numbers_beside_the_wire_are_those_of_the_page(address, view):
    async def asked() -> None:
        async with arrived(address, view) as one:
            page = one.data("stepper")
            at = {"step": str(page["step"]), "unit": str(page["unit"])}
            link = urlencode({**view, **at})
            said = (await one.beside.post("/text", json={"link": link, "narrow": False})).json()
            assert said == {name: page[name] for name in said}
            assert {"arrays", "tracks", "tokens", "look", "network", "text"} <= {*said}

    awaited(asked())


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("network=yours&text=ab", "nonsense"),
        ("network=counter&units=many", "nonsense"),
        ("network=counter&text=", "illegible"),
        (f"network=random&units=64&text={'a' * 5001}", "too_large"),
    ],
)
def test_what_needs_more_than_a_link_is_refused_by_name(link, fault):
    with pytest.raises(Refused, match=fault):
        answer(link, narrow=False)


def test_other_texts_go_beside_the_wire_in_a_crowd_alone(address):
    async def asked(query: Mapping[str, str]) -> bool:
        async with arrived(address, query) as one:
            return bool(one.data("stepper")["beside"])

    async def all_() -> None:
        async with among(address, CROWD - 1), asyncio.timeout(PATIENCE):
            while await asked({}):  # a server that has just started draws a page for nobody
                pass
        edited, led = {"edit": "f.1@2=0"}, {"lesson": "gates", "page": "2"}
        async with among(address, CROWD):
            assert await asked({})
            for more in (edited, led, {"sort": "activity"}, {"step": "nonsense"}):
                assert not await asked({"network": "counter", "text": "aab", **more})

    awaited(all_())


@pytest.mark.parametrize("choice", ["lang", "take"])
def test_a_choice_brings_the_text_that_its_session_has_not_heard_of(address, choice):
    async def asked() -> None:
        async with among(address, CROWD), arrived(address, {"network": "counter", "text": "aab"}) as one:
            await one.type("aabba")
            assert one.data("stepper")["tokens"] == [*"aab"]  # the script was not run
            if choice == "lang":
                await one.set("lang", "string_array_value", StringArray(data=["中文"]))
            else:
                await one.set("take", "bool_value", True)
                assert one.data("take_diagram")["beneath"] == "aabba"
            assert one.data("stepper")["tokens"] == [*"aabba"]

    awaited(asked())


def test_without_a_server_nobody_is_there():
    assert readers() == 0


def test_the_end_of_a_script_is_known_from_all_else_on_the_wire():
    end = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    end.metadata.cacheable, end.hash = False, "0" * 32
    assert drawn(end.SerializeToString())
    for other in (ForwardMsg(session_status_changed=SessionStatus()), ForwardMsg(delta=Delta())):
        assert not drawn(other.SerializeToString())
    assert not drawn(b"")
