"""The networks that ship are what their cards say, and a damaged file says so itself."""

from __future__ import annotations

import shutil
from dataclasses import asdict, replace

import numpy as np
import pytest

from cells import CELLS, Edit, shipped
from cells.loading import npz
from cells.shipped import FOLDER, LARGE, cards, checkpoint, checkpoints, coarse, is_trained, network
from cells.tasks import TASKS
from cells.training.materials import material
from cells.training.recipes import RECIPES
from cells.training.telling_unit import of_unit

CARDS = cards()
MEASURED = [name for name, card in CARDS.items() if card.task in TASKS]
every_card = pytest.mark.parametrize("name", CARDS)


@pytest.mark.parametrize("name", MEASURED)
def test_the_scores_of_a_card_are_measured_again_from_its_weights(name):
    """Every task that is generated; its sequences come from a seed that no training uses."""
    measured = material(CARDS[name].task).score(network(name, "float32"))
    assert dict(measured) == pytest.approx(dict(CARDS[name].scores), rel=1e-3)


@pytest.mark.parametrize("name", MEASURED)
def test_a_score_under_edits_that_change_nothing_is_the_score_of_the_card(name):
    """Step by step and row by row, where the card's was computed by the fused pass."""
    found, (score, *_) = network(name, "float32"), material(CARDS[name].task).scores().items()
    same = [Edit(symbol, how="scale", value=1.0) for symbol in CELLS[found.cell].symbols]
    assert score[1](found, same) == pytest.approx(CARDS[name].scores[score[0]], rel=1e-3)


def test_an_edited_network_scores_otherwise():
    """What counts is c: of count10-lstm nothing is left without its forget gate, nor with a closed one."""
    counts = material("count10").score
    found = network("count10-lstm", "float32")
    assert counts(found)["longest"] == 35
    assert counts(found, [Edit("f", value=0.0)])["longest"] <= 1
    assert counts(found, [Edit("o", value=0.0)])["longest"] == 0
    assert 0 < counts(found, [Edit("f", value=1.0)])["longest"] < 35
    assert counts(found, [Edit("f", value=1.0)])["correlation"] > 0.9


@pytest.mark.parametrize("name", MEASURED)
def test_the_telling_unit_of_a_card_is_measured_again(name):
    card = CARDS[name]
    told = material(card.task).telling(network(name, "float32"))
    assert (told.unit, told.what) == (card.unit, card.tells)
    assert told.r == pytest.approx(card.r, abs=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("name", MEASURED)
def test_what_a_card_says_of_the_way_is_measured_again(name):
    card = CARDS[name]
    for one in card.recorded:
        found = checkpoint(name, one.update, "float32")
        assert dict(one.scores) == pytest.approx(dict(material(card.task).score(found)), rel=1e-3)
        r = of_unit(found, TASKS[card.task], card.unit, card.tells)
        assert one.r == pytest.approx(r, abs=1e-3)


@pytest.mark.parametrize("name", MEASURED)
def test_r_of_the_unit_that_a_card_names_is_that_of_the_card(name):
    card = CARDS[name]
    r = of_unit(network(name, "float32"), TASKS[card.task], card.unit, card.tells)
    assert r == pytest.approx(card.r, abs=1e-3)


@every_card
def test_a_card_records_every_network_on_the_way_that_is_not_the_one_that_ships(name):
    """Where the last weights were the best, they ship in single precision, and stand once."""
    found, card = checkpoints(name, "float32"), CARDS[name]
    same = [update for update, one in found.items() if is_trained(name, one)]
    assert same in ([], [card.steps])
    assert [one.update for one in card.recorded] == [update for update in found if update not in same]
    if same:
        whole, half = network(name, "float32"), found[card.steps]
        for ours, theirs in zip(arrays(whole), arrays(half), strict=True):
            np.testing.assert_array_equal(ours.astype("float16"), theirs)


@pytest.mark.parametrize("name", MEASURED)
def test_a_checkpoint_is_one_slice_of_its_file(name):
    with np.load(FOLDER / f"{name}.steps.npz") as file:
        steps, stacks = file["steps"].tolist(), dict(file)
    for one in CARDS[name].recorded:
        found = npz.arrays_of(checkpoint(name, one.update))
        for key in found.keys() - {*npz.STRINGS}:
            np.testing.assert_array_equal(found[key], stacks[key][steps.index(one.update)])


@every_card
def test_a_card_and_its_weights_are_of_one_network(name):
    card, found = CARDS[name], network(name)
    assert card.name == name
    assert card.finished
    assert card.parameters == found.parameters
    assert (card.cell, card.kind) == (found.cell, found.readout.kind)
    (layer,) = found.layers
    assert layer.forward.U[0].shape == (card.units, card.units)
    assert (layer.backward is not None) == card.bidirectional
    assert 1 <= card.unit <= card.units
    assert -1 <= card.r <= 1
    assert len(card.answers) == found.readout.W.shape[1] == len(set(card.answers))
    # Among the parts of words one may be another's: "--" is a word, and the ending of "-".
    assert card.reads == "word parts" or len(card.vocabulary) == len(set(card.vocabulary))
    if card.embedding:
        assert found.embedding.shape == (len(card.vocabulary), card.embedding)
    else:
        assert found.embedding is None
        assert found.features == card.shape.features


@every_card
def test_the_twin_has_the_same_shapes_and_other_numbers(name):
    card, trained = CARDS[name], network(name)
    one, again, other = card.twin(3), card.twin(3), card.twin(4)
    for ours, drawn, repeated, different in zip(
        *(arrays(some) for some in (trained, one, again, other)), strict=True
    ):
        assert ours.shape == drawn.shape
        np.testing.assert_array_equal(drawn, repeated)
        if np.ptp(drawn):  # biases may begin alike for every seed
            assert not np.array_equal(drawn, different)
            assert not np.array_equal(drawn, ours)
    assert one.parameters == trained.parameters


def arrays(network):
    (layer,) = network.layers
    blocks = [block for weights in layer if weights is not None for kind in weights for block in kind]
    extra = [] if network.embedding is None else [network.embedding]
    return [*blocks, *extra, network.readout.W, network.readout.b]


@every_card
def test_networks_on_the_way_are_of_the_same_shapes(name):
    shapes = [array.shape for array in arrays(network(name))]
    for step, on_the_way in checkpoints(name).items():
        assert 0 <= step <= CARDS[name].steps
        assert [array.shape for array in arrays(on_the_way)] == shapes


def test_all_networks_together_are_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 6e6


def test_no_file_is_left_without_its_card():
    known = {f"{name}{ending}" for name in CARDS for ending in (".json", ".npz", ".steps.npz")}
    others = {"g2p.npz", "NOTICE", "LICENSE-Apache-2.0.txt"}
    assert {path.name for path in FOLDER.iterdir()} <= known | others
    assert all((FOLDER / f"{name}.npz").exists() for name in CARDS)


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A folder of our own with two networks."""
    for name in ("parity-lstm", "count10-rnn"):
        for ending in (".json", ".npz"):
            shutil.copy(FOLDER / (name + ending), tmp_path)
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    return tmp_path


def _turned(path):
    """Bytes in the middle of a file that else is whole."""
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 40] = bytes(range(40))
    path.write_bytes(data)


def _pickled(path):
    with np.load(path) as file:
        found = dict(file)
    np.savez(path, **{**found, next(iter(found)): np.array([{"not": "a number"}], dtype=object)})


def _without_a_block(path):
    with np.load(path) as file:
        found = dict(file)
    np.savez(path, **{name: array for name, array in found.items() if not name.endswith("U.f")})


HARMS = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "no zip": lambda path: path.write_text("<html>404</html>"),
    "nothing in it": lambda path: np.savez(path),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:1000]),
    "turned": _turned,
    "pickled": _pickled,
    "a block less": _without_a_block,
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_is_named_with_what_makes_it_again(harm, copied):
    HARMS[harm](copied / "parity-lstm.npz")
    with pytest.raises(ValueError, match=r"^parity-lstm\.npz is (missing|damaged)") as error:
        network("parity-lstm")
    assert "`python -m cells.training parity-lstm` makes it again" in str(error.value)
    assert network("count10-rnn").parameters == CARDS["count10-rnn"].parameters


def test_damaged_weights_on_the_way_are_named_too(copied):
    with pytest.raises(ValueError, match=r"^parity-lstm\.steps\.npz is missing"):
        checkpoint("parity-lstm", 25)
    (copied / "parity-lstm.steps.npz").write_bytes(b"")
    with pytest.raises(ValueError, match=r"^parity-lstm\.steps\.npz is damaged"):
        checkpoint("parity-lstm", 25)


def test_no_damage_anywhere_in_a_file_is_more_than_a_message(copied):
    """Wherever bytes are turned, what comes is the network or a message; nothing else breaks out."""
    path = copied / "parity-lstm.npz"
    whole = path.read_bytes()
    rng, messages = np.random.default_rng(0), []
    for _ in range(200):
        data = bytearray(whole)
        start = int(rng.integers(0, len(data) - 8))
        data[start : start + 8] = rng.bytes(8)
        path.write_bytes(data)
        try:
            network("parity-lstm")
        except ValueError as error:
            messages.append(str(error))
    assert len(messages) > 100
    assert all(message.startswith("parity-lstm.npz is damaged") for message in messages)


def test_coarse_numbers_are_close_and_end_in_four_zeros():
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    normal = every[np.isfinite(every) & (np.abs(every) >= np.finfo(np.float16).tiny) & (np.abs(every) < 6e4)]
    found = coarse(normal)
    assert found.dtype == np.float16
    assert not (found.view(np.uint16) & 0xF).any()
    assert (np.abs(found / normal.astype(float) - 1) <= 2**-7).all()
    np.testing.assert_array_equal(coarse(found), found)


@pytest.mark.parametrize("parameters", [LARGE - 1, LARGE])
def test_numbers_of_large_networks_alone_ship_coarse(parameters, copied):
    made = network("parity-lstm", "float32")
    shipped.save(replace(CARDS["parity-lstm"], parameters=parameters), made, {})
    again = network("parity-lstm", "float32")
    assert (again.cell, again.readout.kind) == (made.cell, made.readout.kind)
    for ours, theirs in zip(arrays(made), arrays(again), strict=True):
        expected = ours if parameters < LARGE else coarse(ours.astype("float16"))
        np.testing.assert_array_equal(theirs, expected)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_card_says_what_its_recipe_asks_for(recipe):
    card = CARDS[recipe.name]
    asked = asdict(recipe) | {"steps": recipe.schedule.steps, "rate": recipe.schedule.rate}
    del asked["schedule"]
    assert asked.pop("longest") == 0  # what ships is trained as far as its task goes
    assert asked == {name: getattr(card, name) for name in asked}
