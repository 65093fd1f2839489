"""A fault of ours is said in the reader's language, and shows nothing of the code."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui.words import Words


def fails() -> None:
    from ui.page.broken import told

    assert told(ValueError("a path, a key"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_fault_is_one_sentence(language: str) -> None:
    page = AppTest.from_function(fails)
    page.session_state["lang"] = language
    (said,) = page.run().error
    assert said.value == Words(language)("fault.ours")
    assert not page.exception
