"""The words that tell what a table is about, from `subject.yaml`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import (
    ColumnType,
    SubjectKind,
    fold,
    yaml12,
)

_T, _K = ColumnType, SubjectKind
_FILE = Path(__file__).with_name("subject.yaml")
_LONG = 4
"""A word of so many characters tells a facility wherever it stands in a name."""


@dataclass(frozen=True)
class KindWords:
    """Patterns of one kind: in headers, in titles, at the end of names."""

    headers: re.Pattern[str] | None
    titles: re.Pattern[str] | None
    heads: str | None


@cache
def _raw() -> dict[str, dict[str, list[str]] | list[str]]:
    raw: dict[str, dict[str, list[str]] | list[str]] = yaml12.load(
        _FILE.read_text(encoding="utf-8")
    )
    return raw


@cache
def subject_words(name: str) -> re.Pattern[str]:
    """A list of words of `subject.yaml` that stands for itself: naming, people, living …

    `counting` are the headers of a table of counts.
    """
    words = _raw()["count" if name == "counting" else name]
    words = words["headers"] if isinstance(words, dict) else words
    return _any(words if isinstance(words, list) else ()) or re.compile("(?!)")


@cache
def kind_words() -> dict[SubjectKind, KindWords]:
    """The words of each kind."""
    found = {}
    for name, entry in _raw().items():
        if isinstance(entry, dict):
            short = "|".join(re.escape(h) for h in entry["heads"])
            anywhere = "|".join(re.escape(h) for h in entry["heads"] if len(h) >= _LONG)
            heads = short and rf"(?:{short})(?: ?[0-9a-z一二三四五六七八九十第（(].*)?$"
            heads = f"{heads}|{anywhere}" if heads and anywhere else heads
            found[SubjectKind(name)] = KindWords(
                _any(entry["headers"]),
                _any(entry["titles"], apart=True),
                heads or None,
            )
    return found


def _any(words: Iterable[str], *, apart: bool = False) -> re.Pattern[str] | None:
    """Any of the words; `apart`: Latin ones only as words of their own (port, not export)."""
    parts = [w if w[0] == "^" or w[-1] == "$" else re.escape(fold(w)) for w in words]
    if apart:
        parts = [rf"(?<![a-z]){p}(?:e?s)?(?![a-z])" if p.isascii() else p for p in parts]
    return re.compile("|".join(parts)) if parts else None
