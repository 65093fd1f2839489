"""How numbers are written: a true minus, as many digits as say something, words for what is no number."""

from __future__ import annotations

from math import floor, isfinite, isnan, log10


def minus(written: str) -> str:
    """A number that is written already, with a true minus."""
    return written.replace("-", "−")


def decimals(value: float) -> str:
    """Two decimals, as nearly everything on the screen has them; never "−0.00"."""
    return minus(f"{value:z.2f}")


def small(value: float) -> str:
    """Two decimals; below a hundredth two digits that count."""
    return minus(f"{value:.2g}") if 0 < abs(value) < 0.005 else decimals(value)


def correlation(r: float) -> str:
    """Pearson's r: as `small`, with so many decimals more that only ±1 is written ±1."""
    places = 2
    while places < 12 and round(abs(r), places) == 1 != abs(r):
        places += 1
    return small(r) if places == 2 else minus(f"{r:.{places}f}")


def percent(value: float, places: int = 0) -> str:
    """A share, 0..1, in percent; the sign stays on the number's line.

    It has a decimal more where it would be written as none or all without being that, and where one is not
    enough it is said to lie beyond. The browser writes the same: ui/stepper/js/core/numbers.js.
    """
    if not isfinite(value):
        return _endless(value)
    if value in (0, 1) or not 0 <= value <= 1:
        return f"{_rounded(100 * value, places):.{places}f}\u00a0%"
    for digits in (places, places + 1):
        written = _rounded(100 * value, digits)
        if 0 < written < 100:
            return f"{written:.{digits}f}\u00a0%"
    least = 10.0 ** -(places + 1)
    return f"<{least:.{places + 1}f}\u00a0%" if value < 0.5 else f">{100 - least:.{places + 1}f}\u00a0%"


def _rounded(value: float, places: int) -> float:
    """Half up, as browsers round."""
    scale: int = 10**places
    return floor(value * scale + 0.5) / scale


def digits(value: float) -> str:
    """Three digits that count; 0 only where it is exactly 0."""
    if not isfinite(value):
        return _endless(value)
    return minus(f"{value:.3g}") if value else "0"


RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def rounding(value: float) -> str:
    """A gap that rounding makes, one digit and a power of ten: 2 × 10⁻¹⁶."""
    if not value or not isfinite(value):
        return digits(value)
    mantissa, exponent = f"{value:.0e}".split("e")
    return minus(f"{mantissa}\u00a0×\u00a010") + str(int(exponent)).translate(RAISED)


def powers(value: float) -> str:
    """Two digits that count, powers of ten written as such, as HTML."""
    if not isfinite(value):
        return _endless(value)
    if value == 0 or 0.01 <= value < 1000:
        return f"{value:z.2g}" if value < 99 else f"{value:.0f}"
    mantissa, exponent = f"{value:.1e}".split("e")
    return minus(f"{mantissa}\u00a0×\u00a010<sup>{int(exponent)}</sup>")


def raised(value: float) -> str:
    """The same as plain text, with raised digits: 1.6 × 10⁻¹⁰."""
    head, _, power = powers(value).removesuffix("</sup>").partition("<sup>")
    return head + power.replace("−", "-").translate(RAISED)


def apart(one: float, other: float) -> tuple[str, str, str]:
    """Two numbers and what the first has more than the second, with so many decimals that the three agree."""
    gap = abs(one - other)
    if not isfinite(gap):
        return digits(one), digits(other), digits(one - other)
    places = min(max(2, 1 - floor(log10(gap))), 12) if gap else 2
    first, second = round(one, places), round(other, places)
    return (
        minus(f"{first:z.{places}f}"),
        minus(f"{second:z.{places}f}"),
        minus(f"{first - second:+z.{places}f}"),
    )


def factor(value: float) -> str:
    """A factor of spread: decimals where it is small, a power of ten where it is none of use."""
    return f"{value:.2f}" if value < 10 else powers(value)


def spans(value: float) -> str:
    """How long something lasts: decimals where there are few steps, thousands set apart."""
    if not isfinite(value):
        return _endless(value)
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def share(value: float) -> str:
    """A share, 0..1, with so many decimals that what is lacking to 1 can be read."""
    lacking = 1 - value
    return f"{value:.{2 - floor(log10(lacking)) if lacking > 0 else 2}f}"


def _endless(value: float) -> str:
    return "–" if isnan(value) else "∞" if value > 0 else "−∞"
