"""Canvases in the place of Plotly's heatmaps, by the real module, over a chart with what it reads of one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import opened
from tests.js.conftest import served

BODY = '<div id="heat"><div id="plot"></div></div>'
CHART = """async () => {
  const { createLiveHeatmaps } = await import('/hosts/plotly_live.js');
  const host = document.getElementById('heat'), plot = document.getElementById('plot');
  const axis = { _offset: 0, _length: 10, range: [-0.5, 0.5] };
  plot.data = [{ name: 'h', xaxis: 'x', yaxis: 'y', xgap: 0, ygap: 0, zmin: -1, zmax: 1,
    colorscale: [[0, 'rgba(0,0,0,1)'], [1, 'rgba(9,9,9,1)']] }];
  plot._fullLayout = { xaxis: axis, yaxis: axis };
  plot.layout = { meta: { run: 'drawn', letters: 9 } };
  plot.innerHTML = '<svg><g class="hm"><image></image></g></svg>';
  const model = { steps: 1, symbols: { h: { shape: [1, 1] } }, row: () => [0.5] };
  const messageOf = (run) => ({ run, tokens: ['a'], order: [0], words: {} });
  const liveOf = (run) => createLiveHeatmaps({
    root: document.body, seen: () => 'edited',
    shown: () => ({ model, original: null, predicted: false, covered: () => false, message: messageOf(run) }),
  });
  const rest = async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  };
  return { liveOf, host, plot, rest, hidden: () => host.hasAttribute('data-live') };
}"""
TWO = """async ([first, second]) => {
  const { liveOf, host, plot, rest, hidden } = await (CHART)();
  const lives = [first, second].map(liveOf), told = [];
  lives.forEach((live) => live.place(plot, host));
  await rest();
  told.push(hidden());
  lives[1].remove();
  told.push(hidden());
  lives[0].remove();
  return [...told, hidden()];
}""".replace("CHART", CHART)
GONE = """async () => {
  const { liveOf, host, plot, rest, hidden } = await (CHART)();
  const live = liveOf('drawn'), told = [];
  live.place(plot, host);
  live.forget();
  await rest();
  told.push(hidden());
  live.place(plot, host);
  await rest();
  return [...told, hidden()];
}""".replace("CHART", CHART)


@pytest.mark.parametrize(
    ("first", "second", "hides"),
    [
        ("drawn", "drawn", [False, False, False]),
        ("later", "drawn", [True, True, False]),
        ("drawn", "earlier", [True, False, False]),
    ],
)
def test_of_two_steppers_for_a_moment_one_that_goes_leaves_nothing_hidden(
    browser: Browser, modules: str, first: str, second: str, hides: list[bool]
) -> None:
    with opened(browser) as (page, errors):
        served(page, modules, BODY)
        assert page.evaluate(TWO, [first, second]) == hides
    assert errors == []


def test_a_chart_that_was_taken_away_before_its_images_were_decoded_is_not_waited_for(
    browser: Browser, modules: str
) -> None:
    with opened(browser) as (page, errors):
        served(page, modules, BODY)
        assert page.evaluate(GONE) == [True, False]
    assert errors == []
