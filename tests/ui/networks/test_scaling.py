"""Numbers as they were in training."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ui.networks.scaling import FAR, Scaling, checked, far, typed
from ui.networks.tokenize import InputFault

ROWS = arrays(np.float64, (6, 3), elements=st.floats(-1e5, 1e5))


@given(ROWS)
def test_by_its_own_mean_and_deviation_a_table_has_the_scale_of_training(rows: np.ndarray) -> None:
    deviation = rows.std(axis=0) + 1e-3
    scaled = Scaling(tuple(rows.mean(axis=0)), tuple(deviation)).of(rows)
    assert not far(scaled)
    np.testing.assert_allclose(scaled * deviation + rows.mean(axis=0), rows, atol=1e-6)
    np.testing.assert_array_equal(Scaling().of(rows), rows)


@given(st.integers(0, 2))
def test_one_column_far_from_it_is_enough(column: int) -> None:
    rows = np.zeros((6, 3))
    rows[:, column] = 2 * FAR
    assert far(rows) and not far(rows / 10) and not far(rows[:0])


def test_a_number_is_given_for_each_feature_or_one_for_all() -> None:
    assert typed("1 2,5 3", 3) == (1, 2.5, 3) and typed("−2", 3) == (-2,) and typed(" ", 3) == ()
    for text, key in (("1 2", "scaling_count"), ("1 x 2", "not_a_number")):
        with pytest.raises(InputFault) as caught:
            typed(text, 3)
        assert caught.value.key == key
    with pytest.raises(InputFault):
        checked(Scaling((), (1.0, 0.0)))
