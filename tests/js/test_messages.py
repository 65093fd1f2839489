"""The messages are what the browser reads: each key of their types is read, and no other is asked for."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import opened
from tests.js.conftest import served, wired
from tests.js.standalone import body_of, message_of
from ui.networks.defaults import default_view
from ui.page.stepper import PageMessage
from ui.session.chosen import chosen
from ui.stepper import network_message, run_message
from ui.stepper.answer_track import Track
from ui.stepper.network_message import Block

# Where in a message each type stands; [] is a place in a list.
TYPES: dict[str, type] = {
    "network": network_message.NetworkMessage,
    "network.rows[]": network_message.RowMessage,
    "network.graph": network_message.GraphMessage,
    "network.graph.nodes[]": network_message.NodeMessage,
    "network.graph.edges[]": network_message.EdgeMessage,
    "network.layers[]": network_message.LayerMessage,
    "network.layers[].forward": network_message.WeightsMessage,
    "network.layers[].forward.W.f": Block,
    "network.readout": network_message.ReadoutMessage,
    "network.alphabet": network_message.AlphabetMessage,
    "run": run_message.RunMessage,
    "run.arrays.f": Block,
    "run.tracks[]": Track,
    "run.leads[]": run_message.Lead,
}

# The messages behind recorders, the hosts' own code before them, and a reader who does everything once.
READ = """async ([network, run]) => {
  const seen = (window.seen = {});
  const note = (path, key) => (seen[path] ??= new Set()).add(key);
  const watch = (value, path) => typeof value !== "object" || value === null ? value : new Proxy(value, {
    get(target, key) {
      if (typeof key === "symbol" || !Object.hasOwn(target, key)) {
        if (typeof key !== "symbol" && !Array.isArray(target) && !(key in Object.prototype)) note(path, key);
        return Reflect.get(target, key);
      }
      if (Array.isArray(target)) return watch(target[key], `${path}[]`);
      note(path, key);
      return watch(target[key], `${path}.${key}`);
    },
  });
  const { mountStepper: mount } = await import("/hosts/streamlit.js");
  const { keepNetwork } = await import("/hosts/networks.js");
  const { run: pass } = await import("/core/pass.js");
  const { decodeNetwork } = await import("/core/decode.js");
  const axis = { _length: 100, _offset: 0, range: [0.5, 10.5] };
  const heat = document.querySelector(".st-key-heat"), plot = heat.firstChild;
  Object.assign(plot, {
    data: ["x", "f"].map((name) => ({ name, xaxis: "x", yaxis: "y", colorscale: [] })),
    layout: { meta: { run: "another", letters: 9 } },
    _fullLayout: { height: 1, xaxis: axis, yaxis: axis }, on() {}, removeListener() {},
  });
  const sent = watch(network, "network");
  keepNetwork(sent.id, () => sent);
  const parent = document.querySelector("#parent");
  mount({ parentElement: parent, data: watch(run, "run"), setStateValue() {}, setTriggerValue() {} });
  mount({ parentElement: parent, data: watch(run, "run"), setStateValue() {}, setTriggerValue() {} });
  const press = (key) => ["keydown", "keyup"].forEach((type) =>
    document.body.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true })));
  const box = document.querySelector(".st-key-text input");
  box.value = "aab";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  for (const key of ["ArrowRight", "ArrowDown", "End", " "]) press(key);
  const node = parent.querySelector(".node[data-symbol=f]");
  node.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  parent.querySelector("[data-act=link]").click();
  parent.querySelector("[data-act=table]").click();
  pass(decodeNetwork(sent), [new Array(network.layers[0].forward.W.f.shape[0]).fill(0)]);
}"""
SEEN = "Object.fromEntries(Object.entries(seen).map(([path, keys]) => [path, [...keys]]))"


@pytest.fixture(scope="module")
def read(browser: Browser, modules: str) -> dict[str, set[str]]:
    """The keys that were read, by the place in the messages."""
    message = message_of(default_view("count10"))
    body = body_of(message).split("<script")[0]
    around = "".join(
        f'<div class="st-key-{key}">{inside}</div>'
        for key, inside in (("text", "<input>"), ("heat", '<div class="js-plotly-plot"></div>'))
    )
    body = f'{around}<div id="parent">{body}</div>'
    run: dict[str, Any] = {name: value for name, value in message.items() if name != "packed"}
    lead = {"name": "a", "label": "A", "detail": "3 units", "apart": ""}
    run |= {"leads": [lead, {**lead, "name": "b"}], "foldable": True, "unknown": [0], "large": "f"}
    network = wired(network_of(message))
    with opened(browser) as (page, errors):
        page.clock.install()
        served(page, modules, body)
        page.evaluate(READ, [network, wired(run)])
        page.clock.run_for(500)  # the hand rests
        found: dict[str, list[str]] = page.evaluate(SEEN)
        assert errors == []
    return {path: set(keys) for path, keys in found.items()}


def network_of(message: run_message.Message) -> Any:
    known = chosen(default_view("count10"))
    network = network_message.network_message(known.network, alphabet=known.source.alphabet())
    assert network["id"] == message["network"]
    return network


@pytest.mark.parametrize("place", TYPES)
def test_every_key_of_a_message_is_read_and_no_other(read: dict[str, set[str]], place: str) -> None:
    of_page = get_type_hints(PageMessage) if place == "run" else {}
    assert read[place] == {*get_type_hints(TYPES[place]), *of_page}
