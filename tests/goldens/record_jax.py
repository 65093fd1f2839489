"""Records cells of Flax, Haiku and Equinox, their arrays by name in npz files, and what they compute.
Recorded with dm-haiku 0.0.17, equinox 0.13.8, flax 0.12.8, jax 0.10.2:

pip install jax flax dm-haiku equinox
python tests/goldens/record_jax.py
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import equinox
import haiku
import jax
import jax.numpy as jnp
import numpy as np
from cases import draw
from flax import linen, nnx
from keeping import Kept, keep

FEATURES, UNITS, OUTPUTS, STEPS = 3, 4, 2, 7
WORDS = np.array([3, 0, 5, 5, 1, 2])
OURS = {"LSTM": "LSTM", "GRU": "GRU (reset after)", "Simple": "RNN"}
KEY = jax.random.key(0)


def npz(arrays: Mapping[str, np.ndarray]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def redrawn(tree: object, rng: np.random.Generator) -> object:
    """The same tree with numbers that are small on disk."""
    return jax.tree.map(lambda old: jnp.asarray(draw(rng, old.shape, 0.5)), tree)


def flat(tree: object, between: str = "/") -> dict[str, np.ndarray]:
    leaves = jax.tree_util.tree_leaves_with_path(tree)
    return {
        between.join(str(getattr(step, "key", getattr(step, "name", step))) for step in path): np.asarray(
            leaf
        )
        for path, leaf in leaves
    }


def cell_of(kind: object) -> str:
    return next(ours for theirs, ours in OURS.items() if theirs in kind.__name__)


class Tagger(linen.Module):
    """Embedding, LSTM, dense layer."""

    @linen.compact
    def __call__(self, words: jax.Array) -> jax.Array:
        rows = linen.Embed(6, FEATURES)(words)
        return linen.Dense(OUTPUTS)(linen.RNN(linen.OptimizedLSTMCell(UNITS))(rows))


def flax(rng: np.random.Generator) -> Iterator[Kept]:
    """Cells with their layers by names, alone and in a model; cells of nnx."""
    rows = draw(rng, (STEPS, FEATURES), 2)
    for kind in (linen.LSTMCell, linen.OptimizedLSTMCell, linen.GRUCell, linen.SimpleCell):
        cell = kind(UNITS)
        carry = cell.initialize_carry(KEY, (FEATURES,))
        weights, h = redrawn(cell.init(KEY, carry, rows[0]), rng), []
        for x in rows:
            carry, out = cell.apply(weights, carry, x)
            h.append(np.asarray(out))
        yield Kept(f"Flax {kind.__name__}.npz", cell_of(kind), npz(flat(weights)), rows, np.stack(h))
    tagger = Tagger()
    weights = redrawn(tagger.init(KEY, WORDS), rng)
    said = np.asarray(tagger.apply(weights, WORDS))
    yield Kept("Flax tagger.npz", "LSTM", npz(flat(weights, ".")), WORDS, said, {}, True)
    for kind in (nnx.LSTMCell, nnx.OptimizedLSTMCell, nnx.GRUCell, nnx.SimpleCell):
        cell = kind(FEATURES, UNITS, rngs=nnx.Rngs(0))
        state = {
            path: draw(rng, variable[...].shape, 0.5)
            for path, variable in nnx.to_flat_state(nnx.state(cell, nnx.Param))
        }
        nnx.update(cell, nnx.from_flat_state({path: nnx.Param(jnp.asarray(a)) for path, a in state.items()}))
        carry, h = cell.initialize_carry((FEATURES,), nnx.Rngs(0)), []
        for x in rows:
            carry, out = cell(carry, x)
            h.append(np.asarray(out))
        named = {"/".join(("cell", *map(str, path))): array for path, array in state.items()}
        yield Kept(f"nnx {kind.__name__}.npz", cell_of(kind), npz(named), rows, np.stack(h))


def haiku_cells(rng: np.random.Generator) -> Iterator[Kept]:
    """LSTM with a linear layer, GRU."""
    rows = draw(rng, (STEPS, FEATURES), 2)

    def tag(rows: jax.Array) -> jax.Array:
        core = haiku.LSTM(UNITS)
        return haiku.Linear(OUTPUTS)(haiku.dynamic_unroll(core, rows, core.initial_state(None))[0])

    def gru(rows: jax.Array) -> jax.Array:
        core = haiku.GRU(UNITS)
        return haiku.dynamic_unroll(core, rows, core.initial_state(None))[0]

    for name, cell, run, output in (("LSTM", "LSTM", tag, True), ("GRU", "GRU", gru, False)):
        model = haiku.without_apply_rng(haiku.transform(run))
        weights = redrawn(model.init(KEY, rows), rng)
        said = np.asarray(model.apply(weights, rows))
        yield Kept(f"Haiku {name}.npz", cell, npz(flat(weights)), rows, said, {}, output)


def equinox_cells(rng: np.random.Generator) -> Iterator[Kept]:
    """Cells with a linear layer beside."""
    rows = draw(rng, (STEPS, FEATURES), 2)
    for kind in (equinox.nn.LSTMCell, equinox.nn.GRUCell):
        cell, linear = kind(FEATURES, UNITS, key=KEY), equinox.nn.Linear(UNITS, OUTPUTS, key=KEY)
        cell, linear = (redrawn(equinox.filter(one, equinox.is_array), rng) for one in (cell, linear))
        zero, said = jnp.zeros(UNITS), []
        state = (zero, zero) if kind is equinox.nn.LSTMCell else zero
        for x in rows:
            state = cell(x, state)
            said.append(np.asarray(linear(state[0] if isinstance(state, tuple) else state)))
        arrays = flat({"cell": cell, "linear": linear}, ".")
        yield Kept(f"Equinox {kind.__name__}.npz", cell_of(kind), npz(arrays), rows, np.stack(said), {}, True)


def recorded() -> Iterator[Kept]:
    rng = np.random.default_rng(12)
    for several in (flax, haiku_cells, equinox_cells):
        yield from several(rng)


if __name__ == "__main__":
    keep("jax", recorded())
