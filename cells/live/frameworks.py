"""Which framework a live model is of."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from cells.live import keras_layers, torch_modules
from cells.loading.errors import LoadError, shown


def framework_of(model: Any) -> ModuleType:
    """What knows its recurrent layers."""
    if keras_layers.is_layer(model):  # on one of its backends a layer of Keras is a module of PyTorch's too
        return keras_layers
    if torch_modules.is_module(model):
        return torch_modules
    raise LoadError("live.unknown", kind=shown(type(model).__name__))
