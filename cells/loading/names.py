"""Arrays of a file that says nothing but their names: whose names they are, and what networks they make."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cells.loading import article_names, framework_names, state_dict
from cells.loading.fragment import Part
from cells.loading.tensors import Stored

# Paddle names each weight twice: as PyTorch does, and by the cell that it keeps inside.
COPY = re.compile(
    r"(?P<module>(?:.*\.)?)(?P<layer>\d{1,3})\.cell(?:_fw|(?P<back>_bw))?\.(?P<kind>(?:weight|bias)_[ih]h)"
)


def parts(arrays: Mapping[str, Stored]) -> tuple[Part, ...]:
    """The networks among the arrays, by the names of articles, of other frameworks, or of PyTorch."""
    found = article_names.parts(arrays) or framework_names.parts(arrays)
    if found:
        return found
    own = {name: array for name, array in arrays.items() if not is_copy(name, arrays)}
    # Its layers keep their outputs on the other axis.
    return state_dict.parts({"": own}, axis=0 if len(own) == len(arrays) else 1)


def is_copy(name: str, arrays: Mapping[str, Stored]) -> bool:
    """Whether an array is there under PyTorch's name too, of the same shape."""
    match = COPY.fullmatch(name)
    if match is None:
        return False
    reverse = "_reverse" if match["back"] else ""
    twin = arrays.get(f"{match['module']}{match['kind']}_l{match['layer']}{reverse}")
    return twin is not None and twin.shape == arrays[name].shape
