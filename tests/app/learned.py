"""Networks that were trained here, in no time: a few updates of a few units."""

from __future__ import annotations

from functools import cache

from streamlit.testing.v1 import AppTest

from cells.training.training import Training
from cells.training.written import read
from tests.app.page import calm, opened
from ui.networks.learned import Learned, learned
from ui.session import private

LINE = "units=3.steps=12.batch=4"


@cache
def at(line: str, update: int) -> Learned:
    """What these settings give after so many updates."""
    training = Training(read(line))
    while training.update < update:
        training.advance()
    return learned(training.recipe, training.look())


def with_own(*own: Learned, script: str = "app.py", **link: str) -> AppTest:
    """A page of a session that has trained these, the last of them to be looked at."""
    page = opened(script, **link)
    page.session_state[private.OWN] = {one.key: one for one in own}
    page.session_state[private.PRESENT] = own[-1]
    page.run()
    page.selectbox(key="network").set_value("yours").run()
    return calm(page)
