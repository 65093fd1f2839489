"""Spectral norms against LAPACK's singular values."""

from __future__ import annotations

import numpy as np
import pytest

from cells.spectral import spectral_norms

KINDS = {
    "random": lambda rng, m: rng.normal(size=(12, m, m)),
    "nearly equal values": lambda rng, m: np.eye(m) * (1 + 1e-6 * rng.normal(size=(12, 1, m))),
    "rotations": lambda rng, m: np.linalg.qr(rng.normal(size=(12, m, m)))[0],
    "rank one": lambda rng, m: rng.normal(size=(12, m, 1)) @ rng.normal(size=(12, 1, m)),
    "huge": lambda rng, m: 1e300 * rng.normal(size=(12, m, m)) / m,
    "tiny": lambda rng, m: 1e-300 * rng.normal(size=(12, m, m)),
    "many sizes": lambda rng, m: rng.normal(size=(12, m, m)) * 10.0 ** -np.arange(12)[:, None, None],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1, 2, 5, 32])
def test_it_is_the_largest_singular_value(kind, size):
    matrices = KINDS[kind](np.random.default_rng(size), size)
    largest = np.linalg.svd(matrices, compute_uv=False)[:, 0]
    np.testing.assert_allclose(spectral_norms(matrices), largest, rtol=1e-12)


def test_what_is_no_number_stays_so():
    matrices = np.stack([np.eye(3), np.full((3, 3), np.nan), np.full((3, 3), -np.inf), np.zeros((3, 3))])
    np.testing.assert_array_equal(spectral_norms(matrices), [1, np.nan, np.inf, 0])
