"""Two replicas behind nginx on this machine, one of them killed under load: `python -m bench.replicas`.

It wants nginx and starts it with deploy/nginx.conf, but for its names and ports.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter
from urllib.request import Request, urlopen

from playwright.sync_api import WebSocket, expect, sync_playwright
from websockets.exceptions import ConnectionClosed

from tests.browser.chromium import flags, found
from tests.browser.harness import serving, settled
from tests.wire import Reader, reader

CONF = Path(__file__).parents[1] / "deploy" / "nginx.conf"
READERS, PATIENCE = 20, 5.0  # seconds until everyone has her view again
CHUNK = "/static/js/index."
AS = "user root;" if os.geteuid() == 0 else ""  # its workers write where this process may


@contextmanager
def nginx(port: int, replicas: list[str]) -> Iterator[str]:
    """The address of an nginx of this configuration; each answer says whose it is."""
    hosts = [replica.removeprefix("http://") for replica in replicas]
    with TemporaryDirectory() as folder:
        own = {
            "app1:8501": hosts[0],
            "app2:8501": hosts[1],
            "listen 80;": f"listen 127.0.0.1:{port};",
            "127.0.0.1:8081": f"127.0.0.1:{port + 1}",
            "/var/cache/nginx/gates": f"{folder}/cache",
            "$introduced;": "$introduced; add_header X-Replica $upstream_addr always;",
        }
        text = CONF.read_text("utf-8")
        for theirs, ours in own.items():
            assert theirs in text, theirs
            text = text.replace(theirs, ours)
        conf = Path(folder, "nginx.conf")
        conf.write_text(text, "utf-8")
        run = f"daemon off; {AS} pid {folder}/pid; error_log {folder}/log;"
        server = subprocess.Popen(["nginx", "-c", str(conf), "-e", f"{folder}/log", "-g", run])
        try:
            yield reached(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(10)


def reached(address: str) -> str:
    """The address, once it answers."""
    end = monotonic() + 20
    while monotonic() < end:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return address
        except OSError:
            pass
    raise RuntimeError(f"nothing answers at {address}")


def replica_of(one: Reader) -> str:
    """Whose answer the reader's wire began with."""
    assert one.line.response is not None
    return one.line.response.headers["X-Replica"].rpartition(", ")[2]


class Class:
    """Readers who type until it is over, and come back by their links where their wires break."""

    def __init__(self, address: str) -> None:
        self._address, self._over = address, False
        self.homes: list[list[str]] = [[] for _ in range(READERS)]  # the replicas of each, in turn
        self.typed, self.back = Counter[int](), list[float]()  # texts of each; seconds until one was back

    async def seat(self, name: int) -> None:
        """One of them."""
        query, text, broke = "", "aaaaabbbbb", 0.0
        while not self._over:
            try:
                async with reader(self._address, "", query, f"gates=reader{name}") as one:
                    await one.arrive()
                    assert one.data("stepper")["tokens"] == [*text]
                    if broke:
                        self.back.append(perf_counter() - broke)
                    self.homes[name].append(replica_of(one))
                    while not self._over:
                        text = "a" * (1 + self.typed[name] % 9) + "b"
                        query = f"text={text}"
                        await one.type(text)
                        self.typed[name] += 1
                        await asyncio.sleep(0.5)
            except ConnectionClosed:
                broke = perf_counter()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let them go on until something holds."""
        end = perf_counter() + 60
        while not holds() and perf_counter() < end:
            await asyncio.sleep(0.1)

    def leave(self) -> None:
        """It is over."""
        self._over = True


async def class_on(address: str, doomed: str, server: subprocess.Popen[bytes]) -> None:
    """Readers on both replicas, one of which is killed."""
    homes = [await home(address, name) for name in range(READERS)]
    assert homes == [await home(address, name) for name in range(READERS)], "each stays on her own"
    print("readers on each replica:", dict(Counter(homes)), flush=True)
    class_ = Class(address)
    seats = [asyncio.create_task(class_.seat(name)) for name in range(READERS)]
    await class_.until(lambda: len(class_.typed) == READERS)
    server.kill()
    hers = homes.count(doomed)
    await class_.until(lambda: len(class_.back) == hers)
    class_.leave()
    await asyncio.gather(*seats)
    assert [one[0] for one in class_.homes] == homes
    assert all((len(one) == 2) == (one[0] == doomed) for one in class_.homes)
    print(f"one killed: its {hers} readers came to the other with their texts,", end=" ")
    print(f"the last after {max(class_.back):.1f} s (goal: ≤ {PATIENCE:.0f})", flush=True)


async def home(address: str, name: int) -> str:
    """The replica that a reader comes to."""
    async with reader(address, cookie=f"gates=reader{name}") as one:
        return replica_of(one)


async def warmed(replicas: list[str]) -> None:
    """Let each draw its first page, which finds cold caches."""
    for replica in replicas:
        async with reader(replica) as one:
            await one.arrive()


def in_a_browser(address: str, replicas: list[str], servers: list[subprocess.Popen[bytes]]) -> None:
    """A browser whose replica is killed has its text again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=flags())
        page, wires = browser.new_page(), list[WebSocket]()
        page.set_default_timeout(60_000)
        page.on("websocket", lambda wire: wires.append(wire))
        page.goto(address)
        settled(page)
        page.fill(".st-key-text input", "aabb")
        page.wait_for_url("**text=aabb*")
        hers = page.evaluate("fetch('/_stcore/health').then(({ headers }) => headers.get('x-replica'))")
        servers[replicas.index(f"http://{hers}")].kill()
        began, before = perf_counter(), len(wires)
        while len(wires) == before and perf_counter() < began + 60:
            page.wait_for_timeout(50)
        wires[-1].wait_for_event("framereceived")
        settled(page)
        expect(page.get_by_test_id("token")).to_have_count(4)
        print(f"a browser has its view again after {perf_counter() - began:.1f} s", flush=True)
        browser.close()


def packed(address: str) -> None:
    """The largest file of Streamlit's code comes packed, and the second time from nginx."""
    with urlopen(address) as answer:
        name = next(part for part in answer.read().decode().split('"') if CHUNK in part).lstrip("./")
    for turn in ("first", "second"):
        began = perf_counter()
        with urlopen(Request(f"{address}/{name}", headers={"Accept-Encoding": "gzip"})) as answer:
            size, how = len(answer.read()), answer.headers["Content-Encoding"]
        print(f"{turn}: {size:,} bytes {how}, {1000 * (perf_counter() - began):.0f} ms", flush=True)


def main() -> None:
    """Print what came of it."""
    for trial in ("class", "browser"):
        with serving() as (one, first), serving() as (two, second), nginx(9110, [one, two]) as address:
            if trial == "class":
                packed(address)
                asyncio.run(class_on(address, two.removeprefix("http://"), second))
            else:
                asyncio.run(warmed([one, two]))
                in_a_browser(address, [one, two], [first, second])


if __name__ == "__main__":
    main()
