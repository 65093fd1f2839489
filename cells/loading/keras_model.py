"""What a Keras configuration says of one layer: what it computes, and what it passes on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from cells.loading.activations import choices, with_functions
from cells.loading.errors import LoadError, shown

Config: TypeAlias = Mapping[str, object]

WRAPPERS = ("Bidirectional", "TimeDistributed")
CELLS_BY_CLASS = {
    "SimpleRNN": "RNN",
    "LSTM": "LSTM",
    "CuDNNLSTM": "LSTM",
    "GRU": "GRU (reset after)",
    "CuDNNGRU": "GRU (reset after)",
}
PASS_ON = {"InputLayer", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout"}
WITHIN = "Model"  # a model within a model hands on what its last layer does
PASS_ON |= {"Masking", "Identity", "ActivityRegularization", WITHIN}
CARRY_MASKS = {"Dense", "Activation", "BatchNormalization", "LayerNormalization"}
CARRY_MASKS |= {"LeakyReLU", "PReLU", "ELU", "ReLU", "Softmax"}
OF_TIME = ("go_backwards", "return_sequences", "stateful", "time_major")  # what RNN(cell) says itself
ROLES = {"activation": "candidate", "recurrent_activation": "gate"}
USUALLY = {"activation": "tanh", "recurrent_activation": "sigmoid"}


class KerasLayer(NamedTuple):
    """One layer of a model: `kind` is its class without wrappers, `group` its place in the weights."""

    name: str
    kind: str
    config: Config
    bidirectional: bool
    merged: bool  # both directions side by side, or one direction
    group: str
    inputs: tuple[str, ...]
    backward: Config | None = None  # of a direction that was configured by itself
    handed: bool = False  # whether it is given states
    masked: str = ""  # what masks it, where the model says so in the call

    @property
    def family(self) -> str:
        """Our name for the cell whose formulas it computes."""
        before = self.kind == "GRU" and self.config.get("reset_after", True) is False
        return "GRU" if before else CELLS_BY_CLASS[self.kind]

    @property
    def cell(self) -> str:
        """Our name for the cell that it computes, with its activations."""
        named = {role: str(said(self.config, setting)) for setting, role in ROLES.items()}
        return with_functions(self.family, **named) or self.family

    @property
    def unsaid(self) -> bool:
        """Whether it is a GRU that does not say where its reset gate acts, as before Keras knew two kinds."""
        return self.kind == "GRU" and "reset_after" not in self.config

    @property
    def recurrent(self) -> bool:
        """Whether it has states."""
        return self.kind in CELLS_BY_CLASS

    @property
    def masks(self) -> bool:
        """Whether it says which steps are to be skipped."""
        return self.kind == "Masking" or bool(self.config.get("mask_zero"))

    @property
    def carries_masks(self) -> bool:
        """Whether what reads it skips the steps that it skips itself."""
        return self.passes_on or self.recurrent or self.kind in CARRY_MASKS

    @property
    def passes_on(self) -> bool:
        """Whether it hands on what it reads, once the network is trained."""
        return self.kind in PASS_ON or (self.kind == "Activation" and activation(self.config) == "linear")


def layer(name: str, kind: str, config: Config, group: str, inputs: tuple[str, ...]) -> KerasLayer:
    """One layer without its wrappers."""
    both, merged = kind == "Bidirectional", True
    backward = None
    if both:
        merged = config.get("merge_mode", "concat") == "concat"
        if config.get("backward_layer") is not None:
            _, backward = cell_of(*described(config["backward_layer"]))
    if kind in WRAPPERS:
        kind, config = described(config.get("layer"))
    kind, config = cell_of(kind, config)
    return KerasLayer(name, kind, config, both, merged, group, inputs, backward)


def cell_of(kind: str, config: Config) -> tuple[str, Config]:
    """Class and settings of a recurrent layer; of RNN(cell) the cell's, with what the layer says of time."""
    if kind != "RNN":
        return kind, config
    inner, settings = described(config.get("cell"))
    if inner == "StackedRNNCells":
        raise LoadError("keras.several", name=shown(config.get("name")))
    of_time = {name: config[name] for name in OF_TIME if name in config}
    return inner.removesuffix("Cell"), {**settings, **of_time}


def described(about: object) -> tuple[str, Config]:
    """Class and settings of a layer or what it wraps."""
    match about:
        case {"class_name": str(kind), "config": dict(config)}:
            return kind, config
    raise LoadError("keras.configuration")


def check(layer: KerasLayer) -> None:
    """A recurrent layer computes what one of our cells does; LoadError says what it does else.

    Both directions have the same activations.
    """
    known = {setting: choices(layer.family, role) for setting, role in ROLES.items()}
    sides: list[tuple[Config, Mapping[str, Sequence[object]]]]
    sides = [(layer.config, {**known, "go_backwards": [False]})]
    if layer.backward is not None:
        same = {setting: [said(layer.config, setting)] for setting in ROLES}
        sides.append((layer.backward, {**same, "go_backwards": [True]}))
    for config, computed in sides:
        for setting, ours in computed.items():
            found = said(config, setting) if setting in config else USUALLY.get(setting, ours[0])
            if found not in ours:
                raise LoadError(
                    "keras.setting",
                    name=shown(layer.name),
                    setting=setting,
                    found=shown(found),
                    ours=" / ".join(map(str, ours)),
                )


def activation(config: Config, setting: str = "activation") -> object:
    """The name of an activation, however Keras wrote it down; None where it says nothing."""
    found = config.get(setting)
    return found.get("config") if isinstance(found, dict) else found


def said(config: Config, setting: str) -> object:
    """A setting of a layer: what its configuration says, or what is usual in Keras."""
    return activation(config, setting) if setting in config else USUALLY.get(setting)


def of_version(layer: KerasLayer, version: str) -> KerasLayer:
    """The layer with our name for its hard_sigmoid: Keras 3 rises by 1/6 where its elders rise by 1/5."""
    ours = "hard_sigmoid_6" if version.partition(".")[0] not in ("", "0", "1", "2") else "hard_sigmoid_5"

    def dated(config: Config) -> Config:
        named = {setting: activation(config, setting) for setting in ROLES}
        return {**config, **{setting: ours for setting, name in named.items() if name == "hard_sigmoid"}}

    back = layer.backward and dated(layer.backward)
    return layer._replace(config=dated(layer.config), backward=back)


def snake_case(name: str) -> str:
    """SimpleRNN as simple_rnn, LSTM as lstm: as Keras names groups of weights."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
