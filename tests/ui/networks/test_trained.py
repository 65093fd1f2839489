"""A trained network can be chosen as it was on its way, and everything says so."""

from __future__ import annotations

import numpy as np
import pytest

from cells import shipped
from cells.loading import npz
from ui.networks import cards
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import default_view, made_consistent, with_network
from ui.networks.registry import Source, resolve
from ui.networks.trained import checkpoints, recorded
from ui.runs.link import from_link, link_of
from ui.selection.records import TRAINED, NetworkChoice, Selection
from ui.session import cache
from ui.session.chosen import chosen
from ui.words import Words

CARDS = shipped.cards()
SEEN = [name for name, card in CARDS.items() if card.recorded]


def chosen_at(name: str, checkpoint: str, **parts: str | int) -> Selection:
    view = default_view(CARDS[name].task).but(model=name, checkpoint=checkpoint, **parts)
    return made_consistent(view)[0]


def source_at(name: str, checkpoint: str, **parts: str | int) -> Source:
    return resolve(chosen_at(name, checkpoint, **parts).network)


@pytest.mark.parametrize("name", SEEN)
def test_a_run_at_a_checkpoint_is_that_of_its_weights(name: str) -> None:
    """Read from the file of the package itself, and run by the core."""
    with np.load(shipped.FOLDER / f"{name}.steps.npz") as file:
        stacks = dict(file)
    for place in (0, 5, 10):
        update = stacks["steps"][place]
        arrays = {key: value if key in npz.STRINGS else value[place] for key, value in stacks.items()}
        alone = npz.network_of({key: arrays[key] for key in arrays.keys() - {"steps"}}, "float64")
        found = chosen(chosen_at(name, str(update)))
        expected = alone.run(found.inputs.rows)
        trace, wanted = found.run().layers[0].forward, expected.layers[0].forward
        for symbol in wanted.symbols:
            np.testing.assert_array_equal(trace[symbol], wanted[symbol])
        np.testing.assert_array_equal(found.run().output, expected.output)


@pytest.mark.parametrize("name", SEEN)
def test_runs_of_two_checkpoints_never_share_numbers(name: str) -> None:
    names = checkpoints(CARDS[name])
    assert len(names) in (12, 13) and names[-1] == TRAINED
    networks = [cache.network(source_at(name, one)) for one in names]
    readouts = [network.readout.W.tobytes() for network in networks if network.readout is not None]
    assert len(set(readouts)) == len(names)
    assert networks[-1] is cache.network(source_at(name, TRAINED))


def test_the_twin_is_the_same_at_every_checkpoint() -> None:
    twins = [source_at("count10-lstm", one, twin=1) for one in ("446", "793", TRAINED)]
    assert {source.recorded for source in twins} == {None}
    assert len({id(cache.network(source)) for source in twins}) == 1


@pytest.mark.parametrize("name", SEEN)
def test_a_link_holds_the_checkpoint(name: str) -> None:
    for one in checkpoints(CARDS[name]):
        view = chosen_at(name, one)
        link = link_of(view)
        assert ("checkpoint=" in link) == (one != TRAINED)
        restored, faults = from_link(dict(part.split("=") for part in link.split("&") if part), Selection())
        assert (restored.network, faults) == (view.network, ())


@pytest.mark.parametrize("asked", ["447", "-1", "☃", "1e3", "", "0446", "99999999999999999999"])
def test_what_is_no_checkpoint_falls_back_and_is_named(asked: str) -> None:
    view, faults = from_link({"checkpoint": asked}, Selection())
    assert (view.network.checkpoint, faults) == (TRAINED, ("checkpoint",))


def test_a_checkpoint_of_another_network_falls_back() -> None:
    """33 is one of the brackets'; after 4,000 updates their GRU alone was another than the one kept."""
    view, faults = from_link({"network": "count10", "checkpoint": "33"}, Selection())
    assert (view.network.checkpoint, faults) == (TRAINED, ("checkpoint",))
    assert source_at("brackets-gru", "4000").recorded is not None
    assert source_at("brackets-lstm", "4000").recorded is None
    beside = NetworkChoice("brackets", "brackets-lstm", checkpoint="4000")  # as Compare asks for a sibling
    assert recorded(CARDS["brackets-lstm"], beside) is None
    ours, kept = cache.network(resolve(beside)), shipped.network("brackets-lstm")
    np.testing.assert_array_equal(ours.layers[0].forward.U[0], kept.layers[0].forward.U[0])


@pytest.mark.parametrize("network", CATALOGUE)
def test_another_network_begins_as_it_ships(network: str) -> None:
    assert with_network(chosen_at("count10-lstm", "446"), network).network.checkpoint == TRAINED


@pytest.mark.parametrize("name", SEEN)
def test_a_picker_says_what_was_reached_by_then(name: str) -> None:
    card, words = CARDS[name], Words("en")
    for one in card.recorded:
        choice = NetworkChoice(model=name, checkpoint=str(one.update))
        assert cards.sibling(card, words, choice).endswith(f"· {cards.brief(one)}")
    assert cards.sibling(card, words).endswith(f"· {cards.brief(card)}")
