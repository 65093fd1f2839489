"""A network that a reader brought in a file, with her words for what it reads and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

import numpy as np

from cells.loading.beside import beside
from cells.loading.errors import shown
from cells.loading.files import inspect
from cells.loading.understood import Understood
from cells.network import Network
from cells.tokens import FOLDS
from ui.networks import alphabet, numeric_rows, splitting
from ui.networks.alphabet import Alphabet
from ui.networks.catalogue import CatalogueEntry
from ui.networks.found import Said, found
from ui.networks.kinds import Answers, Inputs, Kind, numbered
from ui.networks.numeric_rows import Rows
from ui.networks.own import YOURS
from ui.networks.scaling import UNSCALED, Scaling
from ui.networks.tokenize import InputFault, TokenizedText
from ui.networks.vocabulary import Vocabulary
from ui.selection.records import NetworkChoice
from ui.text.numbers import minus
from ui.words import Words

FILE = "file"  # in a link the name of the file that a network came in
FEW = 4  # features up to which one types rows of them rather than bring a file


@dataclass(frozen=True, eq=False)
class Uploaded:
    """What is known of it.

    `data` are the bytes of the file, kept while its questions can be answered otherwise; `known` is its
    vocabulary, where the reader brought one, `labels` a name for each output;
    `rows` are its inputs where it reads numbers, `scaling` what is done with these before it reads them;
    `beside` is what the file holds that is no weight.
    """

    name: str
    data: bytes
    file: str
    understood: Understood
    rows: Rows
    known: Vocabulary | None = None
    labels: tuple[str, ...] = ()
    scaling: Scaling = UNSCALED
    beside: object = None
    lines: tuple[str, ...] = ()  # texts of a file that she brought, one of which is read

    @property
    def key(self) -> str:
        """What it is called among the networks of a session: its file, whatever is said of it."""
        return f"own-{self.file[:12]}"

    @property
    def shape(self) -> tuple[object, ...]:
        """What another epoch of the same network has, too."""
        network = self.understood.network
        layers = [side.U[0].shape for layer in network.layers for side in layer if side is not None]
        return (
            network.cell,
            network.features,
            tuple(layers),
            self.reads,
            self.outputs,
            self.understood.answers.get("part"),
        )

    @property
    def reads(self) -> int:
        """How many tokens it can tell apart, or numbers it reads at a step."""
        network = self.understood.network
        return network.features if network.embedding is None else len(network.embedding)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """A token for each number that the network reads, "" where none is known; or none at all."""
        return () if self.known is None else self.known.tokens

    @property
    def fold(self) -> str:
        """How a token is spelled to be looked up, if it is not known as it stands: see `FOLDS`."""
        return "lower" if self.known is not None and self.known.lower else ""

    @property
    def outputs(self) -> int:
        """How many numbers it answers with, 0 without a readout."""
        readout = self.understood.network.readout
        return 0 if readout is None else len(readout.b)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """What the file itself says of vocabulary, labels and scale."""
        embedded = self.understood.network.embedding is not None
        return found(self.beside, self.reads, 0 if embedded else self.reads, self.outputs)

    @cached_property
    def digest(self) -> str:
        """What tells its numbers, on any text, from those of any other."""
        told = (
            self.file,
            sorted(self.understood.answers.items()),
            self.vocabulary,
            self.rows.digest,
            self.scaling,
        )
        return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The tokens that it reads; without a vocabulary an embedding's rows go by their numbers."""
        if self.vocabulary or self.understood.network.embedding is None:
            return self.vocabulary
        return tuple(map(str, range(self.reads)))

    @cached_property
    def network(self) -> Network:
        """The network; an embedding is looked up before it, so that an unknown token can be nothing."""
        return replace(self.understood.network, embedding=None)

    @property
    def whole(self) -> Network:
        """The network with its embedding."""
        return self.understood.network

    @property
    def parameters(self) -> int:
        """How many parameters its file counts."""
        return self.understood.parameters

    @property
    def card(self) -> None:
        """A file says nothing of its training."""

    @property
    def link(self) -> Mapping[str, str]:
        """The name of its file, which the reader is asked for after a reload."""
        return {FILE: shown(self.name)}

    def label(self, _: Words) -> str:
        """The name of its file."""
        return shown(self.name)

    def told(self, words: Words) -> str:
        """That it is the reader's."""
        return words("kind.yours")

    @cached_property
    def entry(self) -> CatalogueEntry:
        """Its entry of the picker."""
        modes, text = self._opening
        example = (modes[0], text)
        return CatalogueEntry("yours", (self.network.cell,), modes, shaped=False, examples=(example,))

    @property
    def _opening(self) -> tuple[tuple[str, ...], str]:
        """How its input can be given, the usual way first, and a text to begin with."""
        if not self.tokens:
            typed = self.network.features <= FEW and not self.rows.name
            text = numeric_rows.written(self.rows) if self.network.features <= FEW else ""
            return ("rows", "kept") if typed else ("kept", "rows"), text
        if not self.vocabulary:
            return ("spaces",), splitting.example(self.tokens, "spaces")
        usual = splitting.usual(self.tokens)
        others = tuple(mode for mode in splitting.SPLITS if mode != usual)
        return (usual, *others), splitting.example(self.tokens, usual)

    @cached_property
    def kind(self) -> Kind:
        """What is done with it."""
        both = (len(self.network.layers), self.understood.directions)
        return Kind(
            network=lambda _: self.network,
            inputs=self._inputs,
            depends=lambda _: ("network",),
            answers=lambda _: self._answers,
            shape=lambda _: both,
            parameters=lambda _: self.parameters,
            alphabet=self._alphabet,
            read=self._read,
        )

    def _read(self, choice: NetworkChoice, text: str, most: int) -> TokenizedText:
        if self.tokens:
            return splitting.read(text, choice.mode, lambda token: self._place(token) is not None, most)
        if choice.mode == "kept" and not self.rows.name:
            return self._as_rows(self.rows.values, self.rows.values)
        try:
            values = (
                self.rows.values
                if choice.mode == "kept"
                else numeric_rows.typed(text, self.network.features).values
            )
        except InputFault as fault:
            return TokenizedText(
                fault="empty" if fault.key == "rows_none" else fault.key, details=fault.details
            )
        return self._as_rows(values, self.scaling.of(values))

    def _as_rows(self, given: np.ndarray, read: np.ndarray) -> TokenizedText:
        """Rows as they were given, and as the network reads them."""
        alone = given.shape[1] == 1
        names = tuple(minus(f"{number:g}") for number in given[:, 0]) if alone else numbered(len(given))
        return TokenizedText(names, rows=read)

    def _inputs(self, choice: NetworkChoice, text: TokenizedText) -> Inputs:
        if text.rows is not None:
            names = self.rows.columns if choice.mode == "kept" else ()
            return Inputs(text.rows, names or numbered(text.rows.shape[1]))
        nothing, table = self._nothing, self._table
        seen = {token: self._place(token) for token in text.tokens}
        unknown = tuple(token for token, place in seen.items() if place is None)
        places = np.array([nothing if (at := seen[token]) is None else at for token in text.tokens], int)
        embedded = self.understood.network.embedding is not None and (places < self.reads).all()
        return Inputs(
            table[places],
            self._features,
            unknown,
            "unknown" if nothing == self.reads else "unseen",
            places if embedded else None,
        )

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each token stands in the table, as it is spelled and folded."""
        exact = {token: at for at, token in enumerate(self.tokens) if token}
        return {FOLDS[self.fold](token): at for token, at in exact.items()} | exact

    def _place(self, token: str) -> int | None:
        """Where a token stands in the table, if it does."""
        return self._places.get(token, self._places.get(FOLDS[self.fold](token)))

    @cached_property
    def _nothing(self) -> int:
        """Where what stands for all tokens that are not known does."""
        places = self._places
        return next((places[token] for token in splitting.UNKNOWNS if token in places), self.reads)

    def _alphabet(self, choice: NetworkChoice) -> Alphabet | None:
        if not self.tokens:
            return None
        unknown, rows = self._nothing, self._table[: self.reads]
        given = "zero" if unknown == self.reads else unknown
        return alphabet.table(choice.mode, self.tokens, rows, given, self.fold)

    @cached_property
    def _table(self) -> np.ndarray:
        """What stands for each token, and last for none of them."""
        embedding = self.understood.network.embedding
        table = np.eye(self.reads, dtype=self.network.dtype) if embedding is None else embedding
        return np.concatenate((table, np.zeros((1, table.shape[1]), table.dtype)))

    @property
    def _features(self) -> tuple[str, ...]:
        if self.understood.network.embedding is not None:
            return numbered(self.network.features)
        return tuple(token or f"{at + 1}" for at, token in enumerate(self.tokens))

    @property
    def _answers(self) -> Answers | None:
        readout = self.network.readout
        if readout is None:
            return None
        names = self.labels or (self.tokens if len(self.tokens) == self.outputs else ())
        known = names or ("",) * self.outputs
        return Answers(YOURS, readout.kind, tuple(name or str(at) for at, name in enumerate(known)))


def digest_of(data: bytes) -> str:
    """What tells a file from any other."""
    return sha256(data).hexdigest()


def brought(name: str, data: bytes) -> Uploaded:
    """The network in a file; LoadError says what is wrong with it."""
    understood = inspect(data, name)
    features = understood.network.features
    kept = data if understood.questions else b""
    rows = numeric_rows.drawn(features)
    return Uploaded(name, kept, digest_of(data), understood, rows, beside=beside(data))
