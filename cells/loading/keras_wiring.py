"""Which layer of a Keras model reads which, through all that only pass on."""

from __future__ import annotations

from collections.abc import Iterable

from cells.loading.keras_model import KerasLayer


class Wiring:
    """The layers of a model by name, and what each of them reads, found in time that grows with them."""

    def __init__(self, layers: Iterable[KerasLayer]) -> None:
        self.layers = tuple(layers)
        self._named = {layer.name: layer for layer in self.layers}
        self._origins: dict[str, KerasLayer | None] = {}
        self._readers: dict[str, list[KerasLayer]] = {}
        for layer in self.layers:
            if not layer.passes_on:
                for came in {one.name for one in map(self._origin, layer.inputs) if one is not None}:
                    self._readers.setdefault(came, []).append(layer)

    def source(self, layer: KerasLayer) -> KerasLayer | None:
        """What a layer reads first of all; None for the model's input."""
        return self._origin(layer.inputs[0]) if layer.inputs else None

    def mask(self, layer: KerasLayer) -> str:
        """What has a layer skip steps: a layer whose mask reaches it through all that carry masks on."""
        way, here = set[str](), self._below(layer)
        while here is not None and not here.masks and here.carries_masks and here.name not in way:
            way.add(here.name)
            here = self._below(here)
        return here.name if here is not None and here.masks else layer.masked

    def _below(self, layer: KerasLayer) -> KerasLayer | None:
        return self._named.get(layer.inputs[0]) if layer.inputs else None

    def readers(self, layer: KerasLayer) -> list[KerasLayer]:
        """The layers that read a layer, whichever of their inputs it is."""
        return self._readers.get(layer.name, [])

    def __getitem__(self, name: str) -> KerasLayer:
        return self._named[name]

    def _origin(self, name: str) -> KerasLayer | None:
        """The layer that computed what one of this name hands on; None for the model's input and a ring."""
        way: dict[str, None] = {}
        found, here = None, name
        while here not in way:
            way[here] = None
            if here in self._origins:
                found = self._origins[here]
                break
            layer = self._named.get(here)
            if layer is None or not layer.passes_on:
                found = layer
                break
            if not layer.inputs:
                break
            here = layer.inputs[0]
        self._origins.update(dict.fromkeys(way, found))
        return found
