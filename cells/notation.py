"""Formulas as a reader sees them: an expression as MathML, as LaTeX, and with slots for numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from cells.expression import Call, Expression, Name, Number, Operation, Parameter


class Subscripted(NamedTuple):
    """A letter with its subscript, and whether it wears a tilde."""

    letter: str
    subscript: str
    tilde: bool = False


NAMES: Mapping[str, Subscripted] = {
    **{symbol: Subscripted(symbol, "t") for symbol in ("x", "f", "i", "o", "u", "r", "c", "h")},
    "c_tilde": Subscripted("c", "t", tilde=True),
    "c_prev": Subscripted("c", "t-1"),
    "h_prev": Subscripted("h", "t-1"),
}

# The article writes u for the input weights and w for the recurrent ones: a renaming, nothing more.
NOTATIONS: Mapping[str, Mapping[str, str]] = {
    "standard": {"W": "W", "U": "U", "b": "b"},
    "article": {"W": "u", "U": "w", "b": "b"},
}

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "@": 2}


class Script(NamedTuple):
    """How one markup language writes the pieces of a formula."""

    name: Callable[[str, str, bool], str]
    number: Callable[[str], str]
    function: Mapping[str, str]
    operator: Mapping[str, str]
    parenthesis: Callable[[str], str]


def _mathml_name(letter: str, subscript: str, tilde: bool) -> str:
    base = f'<mover accent="true"><mi>{letter}</mi><mo>~</mo></mover>' if tilde else f"<mi>{letter}</mi>"
    parts = subscript.split("-")
    index = f"<mi>{parts[0]}</mi>" + "".join(f"<mo>−</mo><mn>{part}</mn>" for part in parts[1:])
    return f"<msub>{base}<mrow>{index}</mrow></msub>"


# A hard sigmoid: the hat for the straight line, the number for how slowly it rises.
HARD = '<msub><mover accent="true"><mi>σ</mi><mo>^</mo></mover><mn>{}</mn></msub>'

MATHML = Script(
    name=_mathml_name,
    number=lambda digits: f"<mn>{digits}</mn>",
    function={
        "sigmoid": "<mi>σ</mi>",
        "hard_sigmoid_5": HARD.format(5),
        "hard_sigmoid_6": HARD.format(6),
        "tanh": "<mi>tanh</mi>",
        "relu": "<mi>relu</mi>",
    },
    operator={"+": "<mo>+</mo>", "-": "<mo>−</mo>", "*": "<mo>∘</mo>", "@": '<mspace width="0.17em"/>'},
    # Some fonts have parentheses that grow with the subscripts between them, to twice the height of the row.
    parenthesis=lambda inner: f'<mrow><mo stretchy="false">(</mo>{inner}<mo stretchy="false">)</mo></mrow>',
)

LATEX = Script(
    name=lambda letter, subscript, tilde: (
        (rf"\tilde{{{letter}}}" if tilde else letter)
        + "_"
        + (subscript if len(subscript) == 1 else f"{{{subscript}}}")
    ),
    number=str,
    function={
        "sigmoid": r"\sigma",
        "hard_sigmoid_5": r"\hat{\sigma}_5",
        "hard_sigmoid_6": r"\hat{\sigma}_6",
        "tanh": r"\tanh",
        "relu": r"\operatorname{relu}",
    },
    operator={"+": " + ", "-": " - ", "*": r" \circ ", "@": " "},
    parenthesis=lambda inner: rf"\left({inner}\right)",
)


def name(symbol: str, script: Script) -> str:
    """A symbol in a script: c̃_t, h_{t-1}."""
    return script.name(*NAMES[symbol])


def formula(expression: Expression, script: Script, notation: str = "standard") -> str:
    """The expression as a formula; the code's row vectors x @ W are written W x."""
    match expression:
        case Number(value):
            return script.number(f"{value:g}")
        case Name(symbol):
            return name(symbol, script)
        case Parameter(kind, block):
            return script.name(NOTATIONS[notation][kind], block, False)
        case Call(function, argument):
            return script.function[function] + script.parenthesis(formula(argument, script, notation))
        case Operation(operator, left, right):
            operands = (right, left) if operator == "@" else (left, right)
            return script.operator[operator].join(
                script.parenthesis(formula(operand, script, notation))
                if needs_parenthesis(operator, operand, last=operand is operands[1])
                else formula(operand, script, notation)
                for operand in operands
            )


def needs_parenthesis(operator: str, operand: Expression, last: bool) -> bool:
    """Whether an operand binds less tightly than the operator it stands beside."""
    if not isinstance(operand, Operation):
        return False
    inner, outer = PRECEDENCE[operand.operator], PRECEDENCE[operator]
    return inner < outer or (operator == "@" and operand.operator == "*") or (last and operator == "-")


def slots(expression: Expression) -> list[str | Expression]:
    """The row as it is filled with numbers: text, and expressions whose value for one unit stands there.

    A product with weights is one slot: the unit's sum over all features. Neighbouring texts are joined.
    """
    pieces: list[str | Expression] = []
    for piece in _pieces(expression):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


GLYPHS = {"sigmoid": "σ", "hard_sigmoid_5": "σ̂₅", "hard_sigmoid_6": "σ̂₆", "tanh": "tanh", "relu": "relu"}
SPOKEN = {**GLYPHS, "+": " + ", "-": " − ", "*": " · "}


def _pieces(expression: Expression) -> list[str | Expression]:
    match expression:
        case Number(value):
            return [f"{value:g}"]
        case Call(function, argument):
            return [SPOKEN[function] + "(", *_pieces(argument), ")"]
        case Operation("+" | "-" | "*" as operator, left, right):
            pieces: list[str | Expression] = []
            for operand in (left, right):
                inner = _pieces(operand)
                if needs_parenthesis(operator, operand, last=operand is right):
                    inner = ["(", *inner, ")"]
                pieces += [*([SPOKEN[operator]] if pieces else []), *inner]
            return pieces
    return [expression]
