"""How soon a class sees its teacher's step, as a ratio to one follower's in one run: `python -m bench.rooms`.

From the first byte of the teacher's POST until the last follower's stream has brought the step; the followers
are connections of this process, which takes a share of the processor from the server that it measures.
"""

from __future__ import annotations

import asyncio
import json
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from bench.browser import p95, row
from tests.browser.harness import served

FOLLOWERS, STEPS, PAUSE = 100, 60, 0.1  # seconds between two steps: more than a stream waits after each event


class Follower:
    """A stream of a room; `seen` is when each step came."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader, self.seen = reader, dict[int, float]()
        self.came = asyncio.Event()

    async def listen(self) -> None:
        """Read until the room ends."""
        while line := await self._reader.readline():
            if line.startswith(b"data: ") and (place := json.loads(line[6:])["place"]):
                self.seen[place["step"]] = perf_counter()
                self.came.set()


class Server:
    """Requests to a server, each on a connection of its own."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self._open: list[asyncio.StreamWriter] = []  # one that is forgotten is closed
        self._host, self._port = str(where.hostname), int(where.port or 80)

    async def ask(self, path: str, head: str = "", body: object = None) -> asyncio.StreamReader:
        """Send a request; what is read from it is the answer."""
        reader, writer = await asyncio.open_connection(self._host, self._port)
        self._open.append(writer)
        sent = b"" if body is None else json.dumps(body).encode()
        kind = f"content-type: application/json\r\ncontent-length: {len(sent)}\r\nconnection: close\r\n"
        first = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nhost: {self._host}\r\n{head}"
        writer.write(f"{first}{kind if body is not None else ''}\r\n".encode() + sent)
        await writer.drain()
        return reader

    async def told(self, path: str, head: str = "", body: object = None) -> dict[str, str]:
        """What a POST is answered."""
        answer = await (await self.ask(path, head, body)).read()
        told: dict[str, str] = json.loads(answer.partition(b"\r\n\r\n")[2])
        return told


async def times(server: Server, followers: int) -> list[float]:
    """Milliseconds from a step of the teacher's to the last of so many followers, step by step."""
    made = await server.told("/room", body={})
    path, secret = f"/room/{made['letters']}", f"x-room-secret: {made['secret']}\r\n"
    await server.told(path, secret, {"act": "claim", "tab": "bench"})
    readers = [await server.ask(f"{path}/events", f"x-room-browser: {name}\r\n") for name in range(followers)]
    everyone = [Follower(reader) for reader in readers]
    async with asyncio.TaskGroup() as listening:
        for one in everyone:
            listening.create_task(one.listen())
        took = [await step(server, path, secret, everyone, number) for number in range(1, STEPS + 1)]
        await server.told(path, secret, {"act": "end", "tab": "bench"})
    return took[STEPS // 6 :]  # the first ones find cold caches


async def step(server: Server, path: str, secret: str, everyone: list[Follower], number: int) -> float:
    """One step of the teacher's; milliseconds until all have it."""
    await asyncio.sleep(PAUSE)
    place = {"page": "step", "query": "text=aaaaabbbbb", "step": number, "unit": 1, "operation": None}
    began = perf_counter()
    await server.told(path, secret, {"act": "lead", "tab": "bench", "place": place})
    for one in everyone:
        while number not in one.seen:
            one.came.clear()
            await one.came.wait()
    return 1000 * (max(one.seen[number] for one in everyone) - began)


def main() -> None:
    """Print the table."""
    with served() as address:
        server = Server(address)
        alone, class_ = (asyncio.run(times(server, count)) for count in (1, FOLLOWERS))
    told = ", ms: median / p95"
    row(f"a teacher's step, one follower{told}", f"{median(alone):.1f} / {p95(alone):.1f}")
    row(f"a teacher's step, the last of {FOLLOWERS}{told}", f"{median(class_):.1f} / {p95(class_):.1f}")
    row("so many times one follower's", f"{median(class_) / median(alone):.1f}", "goal: ≤ 30")


if __name__ == "__main__":
    main()
