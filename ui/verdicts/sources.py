"""Who says what, where it is printed, and the views in which it is seen here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from cells.phenomena.verse import VERSE


@dataclass(frozen=True)
class Run:
    """A view in which a claim is seen: its name among the claim's words, its page, and the link's parts."""

    name: str
    page: str
    parts: tuple[tuple[str, str], ...]

    def address(self, language: str) -> str:
        """Where it opens, seen from another page of the app."""
        page = "./" if self.page == "step" else self.page
        return f"{page}?{urlencode((*self.parts, ('lang', language)))}"


@dataclass(frozen=True)
class Source:
    """Authors and year, where it was printed, and its address; nothing of these where it is the article."""

    who: str = ""
    where: str = ""
    address: str = ""
    runs: tuple[Run, ...] = ()


def _run(name: str, page: str, network: str, **parts: str) -> Run:
    return Run(name, page, (("network", network), *parts.items()))


def _beside(name: str, network: str, *models: str, **parts: str) -> Run:
    return _run(name, "compare", network, compare=",".join(models), lead=models[0], **parts)


LINES = "\n".join(VERSE.splitlines()[1:4])
QUOTED = "\n".join(f'"{line}"' if place == 1 else line for place, line in enumerate(LINES.splitlines()))
STREAM = "[(()[])]()((()))[][[]]([()])(([]))[]()[([])]((([])))[()]"
BITS = "0110100111010011" * 4

SOURCES: Mapping[str, Source] = {
    "counting": Source(
        "Weiss, Goldberg & Yahav 2018",
        "ACL",
        "https://arxiv.org/abs/1805.04908",
        (
            _beside(
                "short",
                "count10",
                *("count10-lstm", "count10-gru", "count10-rnn"),
                text="a" * 20 + "b" * 20,
                step="40",
            ),
            _beside(
                "long",
                "count50",
                *("count50-lstm", "count50-gru", "count50-rnn"),
                text="a" * 70 + "b" * 70,
                step="140",
            ),
        ),
    ),
    "drift": Source(
        "El-Naggar, Madhyastha & Weyde 2022",
        "arXiv",
        "https://arxiv.org/abs/2211.16429",
        (
            _run("trained", "step", "count10", model="count10-lstm", text="a" * 40 + "b" * 40, step="80"),
            _run("built", "step", "counter", sharpness="40", text="a" * 40 + "b" * 40, step="80"),
        ),
    ),
    "lags": Source(
        "Hochreiter & Schmidhuber 1997",
        "Neural Computation",
        "https://doi.org/10.1162/neco.1997.9.8.1735",
        (
            _beside("beside", "first", "first-lstm-chrono", "first-lstm-0", "first-rnn", step="61"),
            _run("held", "step", "first", model="first-lstm-chrono", edit="f=1", step="61"),
        ),
    ),
    "chrono": Source(
        "Tallec & Ollivier 2018",
        "ICLR",
        "https://arxiv.org/abs/1804.11188",
        (
            _beside(
                "beside",
                "first",
                *("first-lstm-chrono", "first-lstm-3", "first-lstm-1", "first-gru"),
                step="61",
            ),
            _run("lasting", "memory", "first", model="first-lstm-chrono", measure="lasting", step="61"),
        ),
    ),
    "bias": Source(
        "Jozefowicz, Zaremba & Sutskever 2015",
        "ICML",
        "https://proceedings.mlr.press/v37/jozefowicz15.html",
        (
            _beside(
                "beside",
                "first",
                *("first-lstm-1", "first-lstm-3", "first-lstm-0", "first-gru"),
                step="61",
            ),
            _run("gradient", "memory", "first", measure="gradient", flow="noise", forget="1"),
        ),
    ),
    "forgetting": Source(
        "Gers, Schmidhuber & Cummins 2000",
        "Neural Computation",
        "https://doi.org/10.1162/089976600300015015",
        (
            _run("brackets", "step", "brackets", model="brackets-lstm", text=STREAM, edit="f=1", step="40"),
            _run("bits", "step", "parity", text=BITS, edit="f=1", step="40"),
        ),
    ),
    "critical": Source(
        "Greff, Srivastava, Koutník, Steunebrink & Schmidhuber 2017",
        "IEEE TNNLS",
        "https://arxiv.org/abs/1503.04069",
        (
            _run("agrees", "memory", "count10", model="count10-lstm", measure="ablation"),
            _run("differs", "memory", "first", model="first-lstm-chrono", measure="ablation"),
        ),
    ),
    "vanishing": Source(
        "Pascanu, Mikolov & Bengio 2013",
        "ICML",
        "https://arxiv.org/abs/1211.5063",
        (
            _run("drawn", "memory", "first", model="first-rnn", measure="gradient", flow="noise", gain="1.5"),
            _run("trained", "memory", "first", model="first-rnn", measure="gradient", flow="this", step="50"),
        ),
    ),
    "saturated": Source(
        "Karpathy, Johnson & Fei-Fei 2015",
        "arXiv",
        "https://arxiv.org/abs/1506.02078",
        (_run("gates", "memory", "shakespeare", measure="saturation", text=LINES, write="0"),),
    ),
    "telling": Source(
        "Karpathy, Johnson & Fei-Fei 2015",
        "arXiv",
        "https://arxiv.org/abs/1506.02078",
        (
            _run(
                "line",
                "memory",
                "shakespeare",
                measure="finder",
                track="position in the line",
                text=LINES,
                write="0",
            ),
            _run(
                "quotes",
                "memory",
                "shakespeare",
                measure="finder",
                track="inside quotes",
                text=QUOTED,
                write="0",
            ),
        ),
    ),
    "misprint": Source(
        runs=(
            _run("built", "step", "counter", cell="LSTM (as printed)", sharpness="40"),
            _run(
                "trained",
                "compare",
                "count10",
                model="count10-lstm",
                together="letter",
                pair="misprint",
            ),
        ),
    ),
}
