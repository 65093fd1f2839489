"""A class on one process: `python -m bench.classroom 1 30 100 300`.

So many readers arrive within ten seconds. Then each has a new text every five seconds, tells where she rests
in it, and turns pages. The readers are connections of this process, which takes a share of the processor from
the server that it measures. A wait is timed from when it was due until the script has ended and all of it has
come; what a browser does with it is measured by bench.browser. `--minutes 30` has readers come and go
instead, and prints what memory the server holds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from string import ascii_lowercase
from time import perf_counter

from bench.view import SYMBOLS, UNITS
from tests.browser.harness import serving
from tests.wire import Answer, Reader, reader

ARRIVE, EVERY, TEXTS, LETTERS = 10.0, 5.0, 5, 60  # seconds, seconds, how often, how long
PAGES = ("compare", "memory", "")
QUERY = f"network=random&units={UNITS}&symbols={','.join(SYMBOLS)}&text={'a' * LETTERS}"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Used:
    """What a process has used so far: seconds of the processor, megabytes that it holds."""

    seconds: float
    megabytes: float

    @classmethod
    def by(cls, process: int) -> Used:
        """As the kernel says."""
        stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return cls((int(stat[11]) + int(stat[12])) / TICKS, pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


@dataclass(frozen=True)
class Phase:
    """What readers waited for, in seconds; how long all took, what the server worked, bytes it sent."""

    waits: list[float]
    took: float
    busy: float
    bytes: int

    @property
    def told(self) -> str:
        """Milliseconds: median, 95th percentile, last; of the server's core for each; its share; bytes."""
        high, many = sorted(self.waits)[int(0.95 * len(self.waits))], len(self.waits)
        waits = " / ".join(f"{1000 * wait:,.0f}" for wait in (median(self.waits), high, max(self.waits)))
        core, share = 1000 * self.busy / many, self.busy / self.took
        return f"{waits:>24}{core:>8.1f}{share:>8.0%}{self.bytes // many:>10,}"


def text(draw: random.Random) -> str:
    """One that nobody else has."""
    return "".join(draw.choices(ascii_lowercase, k=LETTERS))


async def acted(
    readers: list[Reader],
    server: int,
    act: Callable[[Reader, int], Awaitable[Answer]],
    over: float,
    times: int = 1,
) -> Phase:
    """All act so many times, each at a moment of her own within `over` seconds, or as soon as she can."""
    began, before = perf_counter(), Used.by(server)
    waits, heard = list[float](), 0

    async def one(place: int, reader: Reader) -> None:
        nonlocal heard
        for turn in range(times):
            due = began + over * (turn + place / len(readers))
            await asyncio.sleep(max(0.0, due - perf_counter()))
            answer = await act(reader, turn)
            heard += answer.bytes  # added once it is there: others add meanwhile
            waits.append(perf_counter() - due)

    async with asyncio.TaskGroup() as all_:
        for place, reader_ in enumerate(readers):
            all_.create_task(one(place, reader_))
    return Phase(waits, perf_counter() - began, Used.by(server).seconds - before.seconds, heard)


async def class_of(count: int, address: str, server: int, query: str, whole: bool = True) -> list[Phase]:
    """The phases of a class of so many: arrival, and if it is the `whole`, texts, steps, pages."""
    draw = random.Random(count)
    async with AsyncExitStack() as open_:
        readers = [await open_.enter_async_context(reader(address, "", query)) for _ in range(count)]
        phases = [await acted(readers, server, lambda one, _: one.arrive(), ARRIVE)]
        if whole:
            phases.append(await acted(readers, server, lambda one, _: one.type(text(draw)), EVERY, TEXTS))
            phases.append(await acted(readers, server, lambda one, turn: one.step(turn + 2), EVERY, 2))
            phases.append(
                await acted(readers, server, lambda one, turn: one.visit(PAGES[turn]), 2 * EVERY, len(PAGES))
            )
        return phases


async def coming_and_going(count: int, minutes: float, address: str, server: int, query: str) -> None:
    """So many at a time, each of whom types some texts, turns a page and leaves; memory each minute."""
    draw, end = random.Random(0), perf_counter() + 60 * minutes
    left = 0

    async def seat() -> None:
        nonlocal left
        await asyncio.sleep(EVERY * draw.random())
        while perf_counter() < end:
            async with reader(address, "", query) as one:
                await one.arrive()
                for _ in range(draw.randrange(2, 8)):
                    await asyncio.sleep(EVERY * draw.uniform(0.5, 1.5))
                    await one.type(text(draw))
                    await one.step(draw.randrange(1, LETTERS))
                await one.visit("compare")
            left += 1

    async def watch() -> None:
        minute = 0
        while perf_counter() < end:
            print(f"{minute:>4} min   {left:>6} have left   {Used.by(server).megabytes:7.0f} MB", flush=True)
            minute += 1
            await asyncio.sleep(60)

    async with asyncio.TaskGroup() as all_:
        all_.create_task(watch())
        for _ in range(count):
            all_.create_task(seat())


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("readers", type=int, nargs="*", default=[1, 30, 100, 300])
    asked.add_argument("--minutes", type=float, help="have readers come and go for so long")
    given = asked.parse_args()
    if given.minutes:
        with serving() as (address, process):
            asyncio.run(coming_and_going(given.readers[0], given.minutes, address, process.pid, QUERY))
        return
    print(f"{'':20}{'ms: median / 95 % / last':>24}{'core ms':>8}{'share':>8}{'bytes':>10}")
    for count in given.readers:
        with serving("bench/pages/bare.py") as (address, process):
            asyncio.run(class_of(1, address, process.pid, f"text={'a' * LETTERS}", whole=False))  # imports
            (bare,) = asyncio.run(class_of(count, address, process.pid, f"text={'b' * LETTERS}", whole=False))
        with serving() as (address, process):
            asyncio.run(class_of(1, address, process.pid, QUERY, whole=False))
            phases = asyncio.run(class_of(count, address, process.pid, QUERY))
            held = Used.by(process.pid).megabytes
        print(f"{count} readers, {held:.0f} MB")
        names = ("first page", "new text", "step told", "another page")
        for name, phase in zip(("bare first page", *names), (bare, *phases), strict=True):
            print(f"  {name:<18}{phase.told}", flush=True)
        ratio = median(phases[0].waits) / median(bare.waits)
        print(f"  first page, so many times a bare page's: {ratio:.2f}", flush=True)


if __name__ == "__main__":
    main()
