"""The part of pickle that torch.save writes, read by a machine that can call nothing.

A pickle is a program for a stack. Python's own machine runs whatever the file names; this one knows the
operations below, builds dictionaries, lists, tuples, texts and numbers, and hands each call that the file
asks for to `call`, which knows a handful of names. All else becomes an `Opaque`: settings, dates and scores
lie beside the weights of most checkpoints.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import IO, NamedTuple, TypeAlias

from cells.loading.errors import LoadError, shown

Value: TypeAlias = object
Stack: TypeAlias = list[Value]

MOST_STEPS = 400_000

CONSTANTS: Mapping[str, Callable[[], Value]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
    "EMPTY_SET": list,  # what is in sets is not looked at
}
NUMBERS_AND_TEXTS = {
    *("BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT"),
    *(
        "BINUNICODE",
        "SHORT_BINUNICODE",
        "BINUNICODE8",
        "BINBYTES",
        "SHORT_BINBYTES",
        "SHORT_BINSTRING",
        "BYTEARRAY8",
    ),
}
SKIPPED = {"PROTO", "FRAME"}
TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
PUTS, GETS = {"BINPUT", "LONG_BINPUT"}, {"BINGET", "LONG_BINGET"}


class Opaque:
    """What the file has something of Python make: nothing is made here, and nothing can be asked of it.

    `path` is what the file names for it, `arguments` what that would be called with, `state` what it would
    be given: they are looked at, and never run.
    """

    path: str = ""
    arguments: tuple[Value, ...] = ()
    state: Value = None


class Name(NamedTuple):
    """Something of Python that the file names: `collections.OrderedDict`; it is never looked up."""

    path: str


class Machine:
    """Runs one pickle; `call` says what a named thing makes of arguments, `persistent` what an id means."""

    def __init__(
        self, call: Callable[[Name, tuple[Value, ...]], Value], persistent: Callable[[Value], Value]
    ) -> None:
        self.call, self.persistent = call, persistent
        self.stack: Stack = []
        self.below: list[Stack] = []  # stacks put aside by MARK
        self.memo: dict[int, Value] = {}
        self.unmade: list[str] = []  # what the file names for things that are not made here

    def run(self, data: bytes | IO[bytes]) -> Value:
        """What the pickle builds."""
        for step, (operation, argument, _) in enumerate(pickletools.genops(data)):
            if step == MOST_STEPS:
                raise LoadError("pt.more")
            self.do(operation.name, argument)
        return self.stack[-1]

    def do(self, name: str, argument: Value) -> None:
        """One operation."""
        stack = self.stack
        if name in NUMBERS_AND_TEXTS:
            stack.append(argument)
        elif name in CONSTANTS:
            stack.append(CONSTANTS[name]())
        elif name in PUTS:
            self.memo[int(str(argument))] = stack[-1]
        elif name == "MEMOIZE":
            self.memo[len(self.memo)] = stack[-1]
        elif name in GETS:
            stack.append(self.memo[int(str(argument))])
        elif name in TUPLES:
            stack[-TUPLES[name] :] = [tuple(stack[-TUPLES[name] :])]
        elif name == "MARK":
            self.below.append(stack)
            self.stack = []
        elif name == "TUPLE":
            self.stack = [*self.below.pop(), tuple(stack)]
        elif name in ("SETITEMS", "APPENDS", "ADDITEMS"):
            self.stack = self.below.pop()
            add(self.stack[-1], stack)
        elif name in ("SETITEM", "APPEND"):
            several = 2 if name == "SETITEM" else 1
            items = stack[-several:]
            del stack[-several:]
            add(stack[-1], items)
        elif name == "GLOBAL":
            stack.append(Name(str(argument).replace(" ", ".", 1)))
        elif name == "STACK_GLOBAL":
            stack[-2:] = [Name(f"{stack[-2]}.{stack[-1]}")]
        elif name in ("REDUCE", "NEWOBJ"):
            made, arguments = stack[-2:]
            stack[-2:] = [self.made(made, arguments)]
        elif name == "NEWOBJ_EX":
            stack[-3:] = [self.made(stack[-3], ())]
        elif name == "FROZENSET":
            self.stack = [*self.below.pop(), stack]
        elif name == "BINPERSID":
            stack[-1] = self.persistent(stack[-1])
        elif name == "BUILD":
            state = stack.pop()  # attributes; those of a state_dict are its _metadata
            if isinstance(stack[-1], Opaque):
                stack[-1].state = state
        elif name == "STOP" or name in SKIPPED:
            pass
        else:
            raise LoadError("pt.operation", operation=name)

    def made(self, what: Value, arguments: Value) -> Value:
        """What a call makes."""
        if isinstance(what, Opaque):
            return what
        if not isinstance(what, Name) or not isinstance(arguments, tuple):
            raise LoadError("pt.nameless")
        found = self.call(what, arguments)
        if isinstance(found, Opaque):
            self.unmade.append(what.path)
            found.path, found.arguments = what.path, arguments
        return found


def add(whole: Value, items: Stack) -> None:
    """Put items into a list, or pairs of them into a dictionary."""
    if isinstance(whole, list):
        whole.extend(items)
    elif isinstance(whole, dict):
        for key, value in list(pairwise(items))[::2]:
            if isinstance(key, (str, int)):  # others name no weights
                whole[key] = value
    elif not isinstance(whole, Opaque):
        raise LoadError("pt.adds", type=shown(type(whole).__name__))
