"""Folding text for comparison, and masking values for people.

The folded form is for matching only; what people see is always the original.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """NFKC, trimmed, runs of white space as one space, lower case.

    >>> fold("　Ｎｏ．１２ ")
    'no.12'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()


def written(value: float | date) -> str:
    """A number or a day as people write it, without exponents.

    >>> written(9e6), written(0.00005), written(-2.5), written(date(2026, 4, 1))
    ('9,000,000', '0.00005', '-2.5', '2026-04-01')
    """
    if isinstance(value, date):
        return value.isoformat()
    exact = Decimal(repr(value))
    whole = exact.is_finite() and exact == exact.to_integral()
    return f"{exact.to_integral() if whole else exact:,f}"


_JAPANESE = "\0"
_RUN = re.compile(f"{_JAPANESE}+")


class _Shapes(dict[int, str]):
    """The shape of each character by its code, worked out once."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code))[:1] or chr(code)
        if folded.isdecimal():
            shape = "9"
        elif folded.isascii() and folded.isalpha():
            shape = "A"
        elif folded.isascii():
            shape = folded if folded.isprintable() else " "
        else:
            shape = _JAPANESE
        self[code] = shape
        return shape


_SHAPES = _Shapes()


def mask(value: str, limit: int = 40) -> str:
    """The shape of a value, never its characters: digits 9, Latin letters A, others counted.

    >>> mask("名古屋市"), mask("1980-04"), mask("No.12の妻")
    ('文字×4', '9999-99', 'AA.99文字×2')
    """
    masked = _RUN.sub(lambda run: f"文字×{len(run[0])}", value.translate(_SHAPES))
    return masked if len(masked) <= limit else masked[: limit - 1] + "…"
