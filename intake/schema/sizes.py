"""The sizes that a definition states: digits, lengths inside types, ends of a range."""

import re

from core import fold

_WHOLE = re.compile(r"\d{1,8}")
_SIZED = re.compile(
    r"(?:char|character|varying|varchar2?|text|string|文字列?|半角\w{0,4}|全角\w{0,4}|漢字|^[xn9])(?:\(\D{1,10}\))?"
    r"\s*\(\s*(\d{1,5})(?:\s*(?:char|byte|文字|桁|バイト))?\s*\)"
)
"""A type that says its own length: VARCHAR(20), 文字列(8), X(15)."""
_DIGITS = re.compile(
    r"(?:num(?:ber|eric)?|dec(?:imal)?|数値|数字|整数)"
    r"\s*\(\s*(\d{1,3})(?:\s*[,.]\s*(\d{1,2}))?\s*(?:桁\s*)?\)"
)
"""A type that says its digits, and how many of them stand behind the point."""


def size_of(text: str) -> int | None:
    """The length that a type says of itself.

    >>> size_of("VARCHAR2(80)"), size_of("NUMBER(5,2)"), size_of("INT(6)")
    (80, 6, None)
    """
    folded = fold(text)
    if found := _SIZED.search(folded):
        return int(found.group(1)) or None
    if found := _DIGITS.search(folded):
        digits, behind = int(found.group(1)), int(found.group(2) or 0)
        return digits + (1 if behind else 0) or None
    return None


def whole(text: str) -> int | None:
    """The first whole number of a text."""
    found = _WHOLE.search(fold(text))
    return int(found.group()) or None if found else None


def number(text: str) -> float | None:
    """A text that is a number and nothing else."""
    try:
        return float(fold(text).replace(",", ""))
    except ValueError:
        return None
