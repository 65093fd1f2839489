"""A reader's end of Streamlit's wire: what a browser sends and keeps, without one.

A page is a WebSocket. The reader sends the values of all widgets and the hashes of the large messages that
she still has; the server runs its script and sends elements, of those that she has their hashes alone.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl, urlencode

from httpx2 import AsyncClient, Limits
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

STREAM = "_stcore/stream"
EVENTS = "events"  # Streamlit's name of all that a component tells
PATIENCE = 120  # seconds: a server that is asked for the first time imports all it needs
FRESH = Limits(keepalive_expiry=1)  # a server closes a line of which it hears nothing for five seconds
KEPT = 2  # runs for which a browser keeps a large message that no run has named again


@dataclass(frozen=True)
class Answer:
    """What a run of the script came to: seconds until its end, bytes that it sent."""

    seconds: float
    bytes: int


@dataclass
class Reader:
    """One page on a server, as its script has drawn it."""

    address: str
    line: ClientConnection
    beside: AsyncClient
    page: str = ""
    query: str = ""
    elements: dict[tuple[int, ...], Element | Block] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)  # a page's hash by its path
    _widgets: dict[str, WidgetState] = field(default_factory=dict)  # by id, which ends in the widget's key
    _fragments: dict[tuple[int, ...], str] = field(default_factory=dict)
    _large: dict[str, tuple[ForwardMsg, int]] = field(default_factory=dict)  # by hash, with its last run
    _runs: int = 0
    _staged: bool = False  # whether the session is yet to hear of a text
    _session: str = ""

    async def arrive(self) -> Answer:
        """Ask for the page as a browser does that has just opened it."""
        return await self._run()

    def hold(self, key: str, kind: str, value: object) -> str:
        """Give a widget another value of which the server is yet to hear; the fragment that has the widget.

        `kind` is the field of Streamlit's WidgetState that has the value.
        """
        place, element = self.element(key)
        identity = identified(element)
        self._widgets[identity] = WidgetState(id=identity, **{kind: value})  # type: ignore[arg-type]  # as it says
        return self._fragments[place]

    async def set(self, key: str, kind: str, value: object) -> Answer:
        """Give a widget another value, of `kind` as in `hold`: of one in a fragment that alone runs."""
        return await self._run(self.hold(key, kind, value))

    async def type(self, text: str) -> Answer:
        """Another text in the box, sent once the reader rests: beside the wire if her page says so."""
        fragment, message = self.hold("text", "string_value", text), self.data("stepper")
        if not message["beside"]:
            return await self._run(fragment)
        self._staged, began = True, perf_counter()
        link = urlencode({**dict(parse_qsl(message["link"])), "text": text})
        answer = await self.beside.post("/text", json={"link": link, "narrow": False})
        assert answer.json()["network"] == message["network"], answer.text
        return Answer(perf_counter() - began, len(answer.content))

    async def step(self, step: int, unit: int = 1) -> Answer:
        """Tell where the reader has come to rest, unless the session is yet to hear of her text."""
        if self._staged:
            return Answer(0.0, 0)
        return await self.set("stepper", "json_value", json.dumps({"at": {"step": step, "unit": unit}}))

    async def tell(self, key: str, event: str, value: object) -> Answer:
        """Have a component tell something, as its page does: once, and not as a value that it keeps."""
        identity = _make_trigger_id(identified(self.element(key)[1]), EVENTS)
        told = json.dumps([{"event": event, "value": value}])
        self._widgets[identity] = WidgetState(id=identity, json_trigger_value=told)
        try:
            return await self._run()
        finally:
            del self._widgets[identity]

    async def upload(self, key: str, name: str, data: bytes) -> Answer:
        """Drop a file into an uploader: it goes beside the wire, with the token that a page was given."""
        asked = BackMsg()
        asked.file_urls_request.session_id = self._session
        asked.file_urls_request.file_names.append(name)
        await self.line.send(asked.SerializeToString())
        said = ForwardMsg()
        while said.WhichOneof("type") != "file_urls_response":
            said = ForwardMsg.FromString(await self.line.recv(decode=False))
        (given,) = said.file_urls_response.file_urls
        await self.beside.get("/_stcore/health")
        token = {"X-Xsrftoken": self.beside.cookies.get("_streamlit_xsrf", "")}
        sent = await self.beside.put(given.upload_url, files={"file": (name, data)}, headers=token)
        sent.raise_for_status()
        file = UploadedFileInfo(name=name, size=len(data), file_id=given.file_id, file_urls=given)
        return await self.set(key, "file_uploader_state_value", FileUploaderState(uploaded_file_info=[file]))

    async def visit(self, page: str) -> Answer:
        """Another page of the menu, by its path."""
        if self._staged:
            await self._run()
        self.page = page
        self._widgets.clear()
        return await self._run()

    def element(self, key: str) -> tuple[tuple[int, ...], Any]:
        """The place and the element of a widget or a component, by its key."""
        for place, element in self.elements.items():
            if identified(element).endswith(f"-{key}"):
                return place, element
        raise LookupError(f"nothing on the page has the key {key}: {self.said()}")

    def data(self, key: str) -> Any:
        """What a component was sent, read from JSON."""
        return json.loads(self.element(key)[1].bidi_component.json)

    def said(self) -> list[str]:
        """The sentences that the page shows as notices, faults among them."""
        kinds = {"alert": "body", "exception": "message"}
        return [
            getattr(getattr(element, kind), kinds[kind])
            for element in self.elements.values()
            if (kind := element.WhichOneof("type")) in kinds
        ]

    async def _run(self, fragment: str = "") -> Answer:
        """Ask for a run, and take what it sends until its end."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.fragment_id = self.query, fragment
        asked.page_script_hash = self.pages.get(self.page, "")
        asked.page_name = "" if self.pages else self.page
        asked.widget_states.widgets.extend(self._widgets.values())
        asked.cached_message_hashes.extend(self._large)
        context = asked.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.url = f"{self.address}/{self.page}"
        began, heard, self._staged = perf_counter(), 0, False
        await self.line.send(message.SerializeToString())
        while True:
            data = await self.line.recv(decode=False)
            heard += len(data)
            if (end := self._take(ForwardMsg.FromString(data))) is not None:
                if end == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                return Answer(perf_counter() - began, heard)

    def _take(self, message: ForwardMsg) -> int | None:
        """Draw a message; how the script came to its end, if it says so."""
        match message.WhichOneof("type"):
            case "new_session":
                self._session = message.new_session.initialize.session_id or self._session
                if not message.metadata.run.fragment_ids:
                    self.elements.clear()
            case "navigation":
                pages = message.navigation.app_pages
                self.pages = {one.url_pathname * (not one.is_default): one.page_script_hash for one in pages}
            case "ref_hash":
                known, _ = self._large[message.ref_hash]
                self._large[message.ref_hash] = known, self._runs
                self._draw(tuple(message.metadata.delta_path), known)
            case "delta":
                if message.metadata.cacheable:
                    self._large[message.hash] = message, self._runs
                self._draw(tuple(message.metadata.delta_path), message)
            case "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    self._runs += 1
                    self._forget()
                return message.script_finished
        return None

    def _draw(self, place: tuple[int, ...], message: ForwardMsg) -> None:
        if kind := message.delta.WhichOneof("type"):
            self.elements[place] = getattr(message.delta, kind)
            self._fragments[place] = message.delta.fragment_id

    def _forget(self) -> None:
        self._large = {
            name: (message, last) for name, (message, last) in self._large.items() if self._runs - last < KEPT
        }


def identified(element: Element | Block) -> str:
    """The id of a widget or a component; empty where an element or a container has none."""
    content = getattr(element, element.WhichOneof("type") or "", None)
    return str(getattr(content, "id", ""))


@asynccontextmanager
async def reader(address: str, page: str = "", query: str = "", cookie: str = "") -> AsyncIterator[Reader]:
    """A page that has just been opened in a browser of its own, before it has asked for anything."""
    where = f"{address.replace('http', 'ws', 1)}/{STREAM}"
    told = {"Cookie": cookie} if cookie else {}
    async with (
        AsyncClient(base_url=address, timeout=PATIENCE, limits=FRESH) as beside,
        connect(
            where,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=told,
            max_size=None,
            open_timeout=PATIENCE,
            ping_timeout=PATIENCE,
            compression=None,
        ) as line,
    ):
        yield Reader(address, line, beside, page, query)
