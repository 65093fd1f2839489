"""The heatmaps of an SVG are rectangles of the colours that Plotly painted, where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from tests.browser.harness import opened
from tests.js.conftest import served

BUTTONS = (Path(__file__).parents[2] / "ui/export/buttons.js").read_text("utf-8")
# A picture of cells at whole pixels, some empty, some apart, inside an SVG as Plotly writes it.
PICTURE = """async ({ across, down, colours, gap }) => {
  const { inCells } = await import('/buttons.js');
  const wide = across.reduce((sum, one) => sum + one, 0), high = down.reduce((sum, one) => sum + one, 0);
  const canvas = Object.assign(document.createElement('canvas'), { width: wide, height: high });
  const context = canvas.getContext('2d');
  let y = 0;
  down.forEach((height, row) => {
    let x = 0;
    across.forEach((width, column) => {
      const colour = colours[row][column];
      if (colour) {
        context.fillStyle = colour;
        context.fillRect(x, y, width - gap, height - gap);
      }
      x += width;
    });
    y += height;
  });
  const text = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
    <g class="hm"><image x="10" y="20" width="${2 * wide}" height="${high}" style="opacity: 1"
      xlink:href="${canvas.toDataURL()}"/></g></svg>`;
  const found = new DOMParser().parseFromString(await inCells(text), 'image/svg+xml');
  return {
    images: found.querySelectorAll('image').length,
    rects: [...found.querySelectorAll('.hm rect')].map((rect) => {
      const place = ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)));
      return [...place, rect.getAttribute('fill')];
    }),
  };
}"""
COLOURS = [None, "rgb(1,2,3)", "rgb(255,0,128)", "rgb(9,9,9)", "rgb(250,251,252)"]


@st.composite
def maps(draw: st.DrawFn) -> dict[str, Any]:
    across = draw(st.lists(st.integers(2, 9), min_size=1, max_size=7))
    down = draw(st.lists(st.integers(2, 9), min_size=1, max_size=7))
    row = st.lists(st.sampled_from(COLOURS), min_size=len(across), max_size=len(across))
    colours = draw(st.lists(row, min_size=len(down), max_size=len(down)))
    return {"across": across, "down": down, "colours": colours, "gap": draw(st.sampled_from((0, 1)))}


def test_every_cell_is_a_rectangle_of_its_colour(browser: Browser, modules: str) -> None:
    with opened(browser) as (page, errors):
        served(page, modules, "")
        page.route("**/buttons.js", lambda route: route.fulfill(content_type="text/javascript", body=BUTTONS))

        @settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
        @given(maps())
        def holds(given: dict[str, Any]) -> None:
            found = page.evaluate(PICTURE, given)
            assert found["images"] == 0
            edges_x, edges_y = (np.cumsum([0, *given[name]]) for name in ("across", "down"))
            gap, seen = given["gap"], np.full((edges_y[-1], edges_x[-1]), "", dtype=object)
            for x, y, width, height, fill in found["rects"]:
                left, right, top = (x - 10) / 2, (x - 10 + width) / 2, y - 20
                assert left == int(left) and right == int(right)
                part = seen[int(top) : int(top + height), int(left) : int(right)]
                assert not part.any(), "no two lie over one another"
                part[:] = fill
            expected = np.full_like(seen, "")
            cells = 0
            for row, colours in enumerate(given["colours"]):
                for column, colour in enumerate(colours):
                    down = slice(edges_y[row], edges_y[row + 1] - gap)
                    expected[down, edges_x[column] : edges_x[column + 1] - gap] = colour or ""
                    cells += bool(colour)
            assert (seen == expected).all()
            assert len(found["rects"]) == cells or not gap

        holds()
        assert errors == []
