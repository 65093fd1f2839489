"""What the codes have in common: what they say of the network, and its layers as statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cells.exporting import Pass

COMPARE = '''\
differences = []


def compare(computed, expected):
    """Note how far a result is from what was exported."""
    differences.append(np.abs(np.asarray(computed) - expected).max())
'''

EDITED = (
    "Edited: what an edit puts there stands beneath the row that it replaces.",
    "t counts steps from 1, as trace.npz does; units count from 0.",
)

# The steps of the rows that a direction reads, where the step asks for them.
TIMES = """
    times = trace[path.partition("layers.")[0] + "steps"]"""

END = """\
print(f"largest difference from the exported trace: {max(differences):.1e}")
"""


def edited(passes: Sequence[Pass]) -> bool:
    """Whether any of them is of an edited network."""
    return any(one.edits for one in passes)


def about(passes: Sequence[Pass], framework: str, weights: str) -> str:
    """The docstring of a script."""
    named = [f"{one.name}: {_sizes(one)}" if one.name else _sizes(one) for one in passes]
    told = ("", *EDITED) if edited(passes) else ()
    files = f"{weights} and trace.npz lie beside this file."
    lines = [f"Computed again in {framework}:", *named, *told, "", files]
    return '"""' + "\n".join(lines) + '\n"""\n'


def _sizes(one: Pass) -> str:
    first, network = one.network.layers[0], one.network
    layers = f"{len(network.layers)} layers of " if len(network.layers) > 1 else ""
    ways = ", bidirectional" if first.backward is not None else ""
    units = f"{layers}{len(first.forward.U[0])} units{ways}"
    return f"{network.cell}, {units}, {network.dtype}, on {len(one.tokens)} steps."


def main(passes: Sequence[Pass], readout: Callable[[Pass], str], stack: str = "np.hstack") -> str:
    """The statements that run every pass, where `over_time` runs a direction; `readout` writes the last.

    `stack` is what puts h of both directions side by side.
    """
    return "\n".join(
        inputs(one, f'network["{place(one)}embedding"]') + layers(one, stack) + readout(one) for one in passes
    )


def place(one: Pass) -> str:
    """What the paths of a pass begin with: nothing, or its name."""
    return f"{one.name}." if one.name else ""


def inputs(one: Pass, weights: str) -> str:
    """The statement that makes x; `weights` is the embedding in the script's own words."""
    if one.places is None:
        return f'x = trace["{place(one)}x"]\n'
    added = ".sum(axis=1)" if one.places.ndim == 2 else ""
    return f'x = {weights}[trace["{place(one)}rows"]]{added}\ncompare(x, trace["{place(one)}x"])\n'


def layers(one: Pass, stack: str) -> str:
    """A statement for each layer that calls `over_time` of its directions."""
    lines, read = [], "x"
    for depth, layer in enumerate(one.network.layers):
        path = f"{place(one)}layers.{depth}"
        ahead = f'over_time("{path}.forward", {read})'
        if layer.backward is None:
            lines.append(f"h = {ahead}\n")
        else:
            lines.append(f'h = {stack}(({ahead}, over_time("{path}.backward", {read}, turn=-1)))\n')
        read = "h"
    return "".join(lines)
