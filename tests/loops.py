"""What a test awaits runs in a loop of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def awaited(story: Coroutine[Any, Any, Result]) -> Result:
    """What comes of a story, told in another thread: a browser of an earlier test may have a loop in this."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, story).result()
