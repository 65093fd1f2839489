"""Screenshots for human eyes: `python -m tests.browser.shoot FOLDER [QUERY]`."""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import flags, found
from tests.browser.harness import SIZES, opened, served, settled


def main(folder: Path, query: str) -> None:
    """Every size, theme and language of one view."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, served() as address:
        browser = playwright.chromium.launch(executable_path=found(), args=flags())
        for size, theme, locale in product(SIZES, ("light", "dark"), ("en-US", "zh-CN")):
            with opened(browser, size, color_scheme=theme, locale=locale) as (page, _):
                page.goto(f"{address}/{query}")
                settled(page)
                page.screenshot(path=folder / f"{size}-{theme}-{locale[:2]}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
