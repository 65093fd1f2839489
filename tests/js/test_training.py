"""The page's network at a checkpoint is the one that cells reads from its file."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from cells import Network, shipped
from tests.browser.harness import opened
from tests.js.conftest import served, wired
from ui.networks.alphabet import table
from ui.stepper.network_message import network_message, numbers_of, packed
from ui.stepper.training_message import training_message
from ui.words import Words

CARDS = {name: card for name, card in shipped.cards().items() if card.recorded}

RUN = """async ([message, sent, names, inputs]) => {
  const { decodeNetwork, decodeTraining } = await import("/core/decode.js");
  const { run } = await import("/core/pass.js");
  const base = decodeNetwork(message), training = decodeTraining(sent);
  const at = (name) => training.at(name, base);
  const runs = names.map((name) => {
    const { layers: [{ forward: { arrays } }], output } = run(at(name), inputs);
    const lists = Object.entries(arrays).map(([key, values]) => [key, [...values]]);
    return { arrays: Object.fromEntries(lists), output: output.map((row) => [...row]) };
  });
  const kept = names.every((name) => at(name) === at(name) && at(name).rows === base.rows);
  return { runs, names: training.checkpoints.map(({ name }) => name), kept, strange: at("7") };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, modules: str) -> Iterator[Page]:
    with opened(browser) as (found, errors):
        served(found, modules, "")
        yield found
        assert errors == []


@pytest.mark.parametrize("name", CARDS)
def test_a_run_at_each_checkpoint_is_numpys(page: Page, name: str) -> None:
    card = CARDS[name]
    message = wired(network_message(shipped.network(name)))
    sent = wired(training_message(card, Words("en")))
    inputs = np.random.default_rng(3).normal(size=(12, shipped.network(name).features))
    names = [*(str(one.update) for one in card.recorded), "trained"]
    found = page.evaluate(RUN, [message, sent, names, inputs.tolist()])
    assert (found["names"], found["kept"], found["strange"]) == (names, True, None)
    for checkpoint, run in zip(names, found["runs"], strict=True):
        network = (
            shipped.network(name) if checkpoint == "trained" else shipped.checkpoint(name, int(checkpoint))
        )
        expected = network.run(inputs)
        trace = expected.layers[0].forward
        for symbol in trace.symbols:
            array = np.reshape(run["arrays"][symbol], trace[symbol].shape)
            np.testing.assert_allclose(array, trace[symbol], atol=1e-12)
        assert expected.output is not None
        np.testing.assert_allclose(run["output"], expected.output, atol=1e-12)


ROWS = """async ([message, sent]) => {
  const { decodeMoment, decodeNetwork } = await import("/core/decode.js");
  const { tokenize } = await import("/core/tokenize.js");
  const base = decodeNetwork(message), later = decodeMoment(sent, base);
  const same = decodeMoment({ ...sent, rows: undefined }, base);
  const read = ({ alphabet }) => [...tokenize("good bad", alphabet).rows.map((row) => [...row])];
  return [read(later), read(base), read(same)];
}"""


def test_a_token_is_read_with_the_row_of_the_moment_where_rows_are_trained_too(page: Page) -> None:
    network, rows = Network.random("RNN", 2, 1), np.array([[1.0, 2.0], [3.0, 4.0]])
    message = wired(network_message(network, alphabet=table("words", ("good", "bad"), rows, "ask")))
    sent = wired({**numbers_of(network), "rows": packed(-rows)})
    later, base, same = page.evaluate(ROWS, [message, sent])
    assert (later, base, same) == ((-rows).tolist(), rows.tolist(), rows.tolist())
