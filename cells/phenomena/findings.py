"""What came out of a claim here: figures, the bounds within which it holds, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Finding(NamedTuple):
    """One figure: what was measured, of which network, and the bounds within which the claim holds.

    `of` begins with the name of a network that ships, or with a hand-built or drawn one's. A figure without
    bounds decides nothing: it stands beside the others.
    """

    what: str
    of: str
    found: float
    low: float | None = None
    high: float | None = None

    @property
    def decides(self) -> bool:
        """Whether the claim hangs on it."""
        return self.low is not None or self.high is not None

    @property
    def holds(self) -> bool:
        """Whether it lies within its bounds, both included."""
        above = self.low is None or self.found >= self.low
        return above and (self.high is None or self.found <= self.high)


@dataclass(frozen=True)
class Claim:
    """What somebody says of recurrent networks, and what measures it on ours.

    `networks` that ship are read, and the `seeds` are of networks, trained or drawn; a claim without any is
    one about a formula. One that is not `tested` can't be answered with what ships: what can be measured
    stands without a verdict. One that is not `quick` takes seconds.
    """

    name: str
    measure: Callable[[], Iterator[Finding]]
    networks: tuple[str, ...] = ()
    seeds: tuple[int, ...] = (0,)
    tested: bool = True
    quick: bool = True


def verdict(claim: Claim, findings: Sequence[Finding]) -> str:
    """ "reproduced" where every figure that decides holds, else "not"; "untested" without such figures."""
    if not claim.tested:
        return "untested"
    return "reproduced" if all(one.holds for one in findings) else "not"
