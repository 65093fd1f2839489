"""How networks are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from cells import CELLS, Network
from cells.weights import INITIALISATIONS, initialisations

cells = pytest.mark.parametrize("cell", CELLS)


def drawn(cell: str, initialisation: str, features: int = 30, units: int = 40, **settings: float):
    rng = np.random.default_rng(0)
    return INITIALISATIONS[initialisation](CELLS[cell], features, units, rng, **settings)


@cells
@pytest.mark.parametrize("initialisation", INITIALISATIONS)
def test_blocks_have_names_and_shapes(cell, initialisation):
    W, U, b = drawn(cell, initialisation)
    assert W._fields == U._fields == CELLS[cell].blocks
    assert b._fields == CELLS[cell].biases
    assert {block.shape for block in W} == {(30, 40)}
    assert {block.shape for block in U} == {(40, 40)}
    assert {block.shape for block in b} == {(40,)}


@cells
def test_uniform_fills_its_range(cell):
    numbers = np.concatenate([block.ravel() for blocks in drawn(cell, "uniform") for block in blocks])
    bound = 1 / np.sqrt(40)
    assert np.abs(numbers).max() <= bound
    assert np.abs(numbers).max() > 0.99 * bound
    assert abs(numbers.std() - bound / np.sqrt(3)) < 0.02 * bound


@cells
def test_orthogonal_keeps_lengths(cell):
    W, U, b = drawn(cell, "orthogonal")
    for block in U:
        np.testing.assert_allclose(block @ block.T, np.eye(40), rtol=0, atol=1e-13)
    assert all((block == 0).all() for block in b)
    assert max(np.abs(block).max() for block in W) <= np.sqrt(6 / 70)
    assert len({block.tobytes() for block in (*W, *U)}) == 2 * len(W)


@cells
@pytest.mark.parametrize("initialisation", ["forget bias", "chrono"])
def test_bias_initialisations_leave_the_other_weights_alone(cell, initialisation):
    plain, other = drawn(cell, "uniform"), drawn(cell, initialisation)
    for one, two in zip((*plain.W, *plain.U), (*other.W, *other.U), strict=True):
        np.testing.assert_array_equal(one, two)
    for gate in set(plain.b._fields) - {"f", "u", "i"}:
        np.testing.assert_array_equal(getattr(plain.b, gate), getattr(other.b, gate))


@pytest.mark.parametrize("value", [0.0, 1.0, 3.0])
def test_forget_bias(value):
    assert (drawn("LSTM", "forget bias", value=value).b.f == value).all()
    for cell in ("GRU", "GRU (reset after)"):
        assert (drawn(cell, "forget bias", value=value).b.u == -value).all()


def test_chrono_gives_time_scales_up_to_T_max():
    b = drawn("LSTM", "chrono", units=4_000, T_max=50).b
    f = 1 / (1 + np.exp(-b.f))
    scale = 1 / (1 - f)
    np.testing.assert_array_equal(b.i, -b.f)
    assert 2 <= scale.min() < 2.2
    assert 49 < scale.max() <= 50
    assert abs(scale.mean() - 26) < 1  # 1 + a number from U[1, 49]
    u = 1 / (1 + np.exp(-drawn("GRU", "chrono", units=4_000, T_max=50).b.u))
    assert 2 <= (1 / u).min() < 2.2
    assert 49 < (1 / u).max() <= 50
    with pytest.raises(ValueError, match="more than 2"):
        drawn("LSTM", "chrono", T_max=2)


def test_settings_reach_the_initialisation():
    network = Network.random("LSTM", 3, 4, layers=2, initialisation="forget bias", value=2.5)
    assert all((layer.forward.b.f == 2.5).all() for layer in network.layers)


def test_the_first_layer_is_the_same_whatever_is_stacked_upon_it():
    one, three = (Network.random("LSTM", 3, 4, layers=layers).layers[0].forward for layers in (1, 3))
    for a, b in zip((*one.W, *one.U, *one.b), (*three.W, *three.U, *three.b), strict=True):
        np.testing.assert_array_equal(a, b)


@cells
def test_only_what_makes_a_difference_is_offered(cell):
    first = {name: drawn(cell, name) for name in INITIALISATIONS}
    for name in INITIALISATIONS:
        differs = name == "uniform" or any(
            not np.array_equal(one, other)
            for part, plain in zip(first[name], first["uniform"], strict=True)
            for one, other in zip(part, plain, strict=True)
        )
        assert differs == (name in initialisations(CELLS[cell])), name
