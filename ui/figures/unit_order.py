"""Orders of units down a heatmap: as they are, by how much they move, by how alike they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cells.trace import Trace


def by_index(trace: Trace) -> np.ndarray:
    """Units as the network numbers them."""
    return np.arange(trace["h"].shape[1])


def by_activity(trace: Trace) -> np.ndarray:
    """Units whose hidden state varies most over the text first (standard deviation of h over time)."""
    return np.argsort(-np.nan_to_num(trace["h"].std(axis=0)), kind="stable")


def by_similarity(trace: Trace) -> np.ndarray:
    """Units beside those that move alike: from the most active on, the nearest by correlation of h."""
    h = np.nan_to_num(trace["h"])
    centred = h - h.mean(axis=0)
    norms = np.linalg.norm(centred, axis=0)
    alike = (centred.T @ centred) / np.maximum(np.outer(norms, norms), 1e-12)
    order = [int(norms.argmax())]
    left = np.ones(len(norms), bool)
    left[order[0]] = False
    while left.any():
        candidates = np.flatnonzero(left)
        order.append(int(candidates[alike[order[-1], candidates].argmax()]))
        left[order[-1]] = False
    return np.array(order)


ORDERS: Mapping[str, Callable[[Trace], np.ndarray]] = {
    "index": by_index,
    "activity": by_activity,
    "similarity": by_similarity,
}
