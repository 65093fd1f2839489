"""The largest singular value of many matrices, faster than all of them by LAPACK and as exact."""

from __future__ import annotations

import numpy as np

from cells.arrays import Array, Vector

LOOKS = (4, 7, 10, 14, 20, 28)  # steps of Lanczos after which the estimate is judged, up to size / 4
CLOSE, EXACT = 1e-6, 1e-13  # residual and error that are small enough, relative to the eigenvalue
TAME = 1e100  # numbers whose squares are far from overflowing


def spectral_norms(matrices: Array) -> Vector:
    """‖A‖₂ of each matrix (matrix, row, column); where one holds NaN or an infinity, the norm is that."""
    largest: Vector = np.maximum(matrices.max(axis=(1, 2)), -matrices.min(axis=(1, 2))).astype("float64")
    if ((largest > 1 / TAME) & (largest < TAME)).all():
        return _lanczos(matrices)
    norms = largest.copy()
    plain = np.isfinite(largest) & (largest > 0)
    if plain.any():
        with np.errstate(over="ignore"):
            norms[plain] *= _lanczos(matrices[plain] / largest[plain, None, None])
    return norms


def _lanczos(matrices: Array) -> Vector:
    """Lanczos (1950) on AᵀA with every vector orthogonalised twice; those that resist go to LAPACK.

    The start has a part of every direction, so what it converges to is the largest.
    """
    size = matrices.shape[2]
    looks = [look for look in LOOKS if 4 * look <= size]
    steps = max(looks, default=0)
    start = np.cos(np.arange(1.0, size + 1) ** 2)
    basis = np.zeros((len(matrices), steps + 1, size))
    basis[:, 0] = start / np.linalg.norm(start)
    small = np.zeros((len(matrices), steps + 1, steps + 1))  # AᵀA within the basis: tridiagonal
    norms, open_ = np.empty(len(matrices)), np.arange(len(matrices))
    for step in range(steps):
        vector = matrices.transpose(0, 2, 1) @ (matrices @ basis[:, step, :, None])
        known = basis[:, : step + 1]
        inside = known @ vector
        small[:, step, step] = inside[:, step, 0]
        vector -= known.transpose(0, 2, 1) @ inside
        vector -= known.transpose(0, 2, 1) @ (known @ vector)
        length = np.sqrt(np.einsum("mrc,mrc->m", vector, vector))
        basis[:, step + 1] = vector[..., 0] / np.where(length > 0, length, 1)[:, None]
        small[:, step, step + 1] = small[:, step + 1, step] = length
        if step + 1 in looks:
            values, vectors = np.linalg.eigh(small[:, : step + 1, : step + 1])
            norms[open_] = np.sqrt(values[:, -1])
            far = np.logical_not(_converged(length * np.abs(vectors[:, -1, -1]), values))
            if not far.any():
                return norms
            if not far.all():
                matrices, basis, small, open_ = matrices[far], basis[far], small[far], open_[far]
    norms[open_] = np.sqrt(np.linalg.eigvalsh(matrices.transpose(0, 2, 1) @ matrices)[:, -1])
    return norms


def _converged(residual: Vector, values: Array) -> Array:
    """Whether the largest eigenvalue is exact: it is off by residual² / (its gap to the next), or by less."""
    largest, following = values[:, -1], values[:, -2:].min(axis=1)
    gap = np.maximum(largest - following, residual)
    done: Array = (residual <= CLOSE * largest) & (residual**2 <= EXACT * largest * gap)
    return done
