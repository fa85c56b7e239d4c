"""Regular expressions of a schema, in the words of RE2, whose time is linear in the text."""

import re

import pyarrow as pa
import pyarrow.compute as pc

_LONGEST = 1_000
_CODE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?")
_SCRIPT = re.compile(r"\\([pP])\{(?:Script|sc|Script_Extensions|scx)=(\w+)\}")
_NAMED = re.compile(r"\(\?<(?=[A-Za-z_])")


def linear(pattern: str, *, whole: bool) -> str | None:
    """A pattern as RE2 writes it; None where RE2 has no such thing, as with looking ahead.

    Args:
        pattern: as ECMAScript or XML Schema writes it.
        whole: whether it must fit all of a value, and not some part of it.

    >>> linear("^[\\\\u30A0-\\\\u30FF]+$", whole=False), linear("[0-9]{7}", whole=True)
    ('^[\\\\x{30A0}-\\\\x{30FF}]+$', '^(?:[0-9]{7})$')
    >>> linear("(?=a)b", whole=False) is None
    True
    """
    if len(pattern) > _LONGEST:
        return None
    read = _CODE.sub(r"\\x{\1}", pattern)
    read = _NAMED.sub("(?P<", _SCRIPT.sub(r"\\\1{\2}", read))
    read = f"^(?:{read})$" if whole else read
    try:
        pc.match_substring_regex(pa.array([""]), read)
    except pa.ArrowInvalid:
        return None
    return read
