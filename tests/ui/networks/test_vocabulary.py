"""What a network writes hangs on its beginning, length, temperature and seed, and on nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import shipped
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import default_view
from ui.networks.tokenize import read
from ui.selection.records import Selection
from ui.session import cache
from ui.session.chosen import chosen as resolved

WRITERS = [name for name, story in CATALOGUE.items() if story.writes]
writers = pytest.mark.parametrize("network", WRITERS)


def written(selection: Selection) -> tuple[tuple[str, ...], int | None]:
    """All tokens that are stepped through, and where the network's own begin."""
    read = resolved(selection).read
    return read.text.tokens, read.own


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache._written.clear()


@writers
@settings(max_examples=15, deadline=None)
@given(
    prompt=st.text("abc ,.", min_size=1, max_size=9),
    count=st.integers(1, 12),
    temperature=st.integers(0, 200),
    seed=st.integers(0, 999_999),
)
def test_the_prompt_comes_first_and_then_as_many_tokens_as_were_asked_for(
    network: str, prompt: str, count: int, temperature: int, seed: int
) -> None:
    selection = default_view(network).but(text=prompt, write=count, temperature=temperature, seed=seed)
    tokens, own = written(selection)
    assert own == len(prompt)
    assert "".join(tokens[:own]) == prompt
    assert len(tokens) == own + count
    assert set(tokens[own:]) <= set(shipped.card(selection.network.model).answers)
    cache._written.clear()
    assert written(selection) == (tokens, own)


@writers
def test_another_seed_writes_another_text(network: str) -> None:
    warm = default_view(network).but(temperature=100, write=40)
    texts = {written(warm.but(seed=seed))[0] for seed in range(6)}
    assert len(texts) == 6


@writers
def test_at_temperature_nought_every_seed_writes_the_networks_likeliest_token(network: str) -> None:
    cold = default_view(network).but(temperature=0, write=25)
    tokens, own = written(cold)
    assert own is not None
    assert {written(cold.but(seed=seed))[0] for seed in range(3)} == {tokens}
    card = shipped.card(cold.network.model)
    output = shipped.network(cold.network.model).run(card.read(tokens)).output
    assert output is not None
    likeliest = [card.answers[place] for place in output.argmax(axis=1)]
    assert list(tokens[own:]) == likeliest[own - 1 : -1]


@writers
def test_colder_writing_keeps_nearer_to_the_likeliest(network: str) -> None:
    def share(temperature: int) -> float:
        selection = default_view(network).but(temperature=temperature, write=100)
        tokens, own = written(selection)
        assert own is not None
        run = resolved(selection).run()
        assert run.output is not None
        answers = shipped.card(selection.network.model).answers
        likeliest = [answers[place] for place in run.output.argmax(axis=1)]
        return float(
            np.mean([said == most for said, most in zip(tokens[own:], likeliest[own - 1 :], strict=False)])
        )

    assert share(0) == 1.0 > share(200)


@writers
def test_without_a_beginning_the_network_starts_at_a_new_line(network: str) -> None:
    tokens, own = written(default_view(network).but(text="", write=5))
    assert (tokens[0], own, len(tokens)) == ("\n", 1, 6)


@writers
def test_a_network_asked_for_no_letters_only_reads(network: str) -> None:
    silent = default_view(network).but(text="abc", write=0)
    assert resolved(silent).read == (read("abc", "characters"), None)


@pytest.mark.parametrize("network", [name for name in CATALOGUE if name not in (*WRITERS, "g2p")])
def test_other_networks_never_write(network: str) -> None:
    selection = default_view(network).but(write=50)
    typed = read(selection.text.text, selection.network.mode)
    assert resolved(selection).read == (typed, None)


def test_the_twin_writes_something_else() -> None:
    cold = default_view("shakespeare").but(temperature=0, write=20)
    assert written(cold.but(twin=1))[0] != written(cold)[0]
