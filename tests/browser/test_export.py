"""Files as a reader gets them: the numbers on the screen, and pictures that open."""

from __future__ import annotations

import csv
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.harness import settled
from tests.browser.test_stepping import Visit

KINDS = {"PNG": "image/png", "SVG": "image/svg+xml"}
BODY = ".st-key-take_body"


def taken(page: Page, selector: str, folder: Path) -> Path:
    """The file that a button gives."""
    with page.expect_download() as download:
        page.locator(f"{BODY} {selector}").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def opened(visit: Visit, query: str) -> Page:
    page = visit(query)
    page.locator(".st-key-take button").first.click()
    page.wait_for_selector(f"{BODY} .takeaway button")
    return page


def test_the_csv_says_what_the_screen_says(visit: Visit, tmp_path: Path) -> None:
    query = "?network=random&cell=GRU&layers=2&layer=2&units=3&text=a,=b&step=3&unit=2"
    page = opened(visit, query)
    shown = page.get_by_test_id("equation").evaluate_all(
        """(rows) => rows.map(
             (row) => [row.dataset.symbol, row.querySelector('[data-testid=number]').textContent])"""
    )
    path = taken(page, ".st-key-take_csv button >> visible=true", tmp_path)
    assert path.name == "random-GRU-3-seed-7-a-b-trace.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    at = {row["symbol"]: row for row in rows if (row["layer"], row["step"], row["unit"]) == ("2", "3", "2")}
    assert [symbol for symbol, _ in shown] == list(at)
    for symbol, number in shown:
        assert f"{float(at[symbol]['value']):z.2f}".replace("-", "−") == number
        assert at[symbol]["token"] == "'="


def test_pictures_open_and_are_not_blank(visit: Visit, tmp_path: Path) -> None:
    page = opened(visit, "?network=random&units=3&text=abc")
    for key, format_ in (("heatmaps", "PNG"), ("heatmaps", "SVG"), ("diagram", "SVG"), ("diagram", "PNG")):
        button = f".st-key-take_{key} .takeaway button:text-is('{format_}')"
        path = taken(page, button, tmp_path)
        colours = page.evaluate(
            """async ([data, kind]) => {
              const image = new Image();
              image.src = `data:${kind};base64,${data}`;
              await image.decode();
              const { width, height } = image;
              const canvas = Object.assign(document.createElement('canvas'), { width, height });
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
              return [new Set(pixels).size, pixels[0], width];
            }""",
            [b64encode(path.read_bytes()).decode(), KINDS[format_]],
        )
        many, corner, width = colours
        assert many > 50 and corner == 0xFFFFFFFF and width > 500, (path.name, colours)
        if format_ == "SVG":
            text = path.read_text(encoding="utf-8")
            assert "Random weights" in text and "LSTM" in text
            assert "<image" not in text and (key == "diagram" or text.count("<rect") > 6 * 9)
    settled(page)
