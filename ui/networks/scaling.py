"""Numbers as a network was trained on them: less the mean of their column, over its deviation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ui.networks.tokenize import InputFault, numbers

FAR = 5.0  # root mean square of a column from which it lies far from the scale of training


@dataclass(frozen=True)
class Scaling:
    """Mean and deviation, one for each feature or one for all; of what is empty nothing is done."""

    mean: tuple[float, ...] = ()
    deviation: tuple[float, ...] = ()

    def of(self, rows: np.ndarray) -> np.ndarray:
        """Rows (time, feature) as the network reads them."""
        scaled: np.ndarray = (rows - np.array(self.mean or 0.0)) / np.array(self.deviation or 1.0)
        return scaled


UNSCALED = Scaling()


def typed(text: str, features: int) -> tuple[float, ...]:
    """A number for each feature or one for all, apart as numbers are; InputFault says what is wrong."""
    if not text.strip():
        return ()
    found = numbers(text)
    if found.fault:
        raise InputFault(found.fault, **dict(found.details))
    values = found.values or ()
    if len(values) not in (1, features):
        raise InputFault("scaling_count", found=len(values), features=features)
    return values


def checked(scaling: Scaling) -> Scaling:
    """The scaling; InputFault where it divides by nothing."""
    if any(value <= 0 for value in scaling.deviation):
        raise InputFault("scaling_zero")
    return scaling


def far(rows: np.ndarray) -> bool:
    """Whether some column lies far from the scale near 1 that networks are trained at."""
    return bool(len(rows)) and float(np.sqrt(np.mean(rows**2, axis=0)).max()) > FAR
