"""Which column of the data is which declared item."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import ColumnReport, ColumnType, DeclaredColumn, fold
from rules.detect.columns import decide_declared
from rules.detect.names import bare_name

_GENERIC = frozenset(
    {
        ColumnType.FREE_TEXT, ColumnType.CATEGORY, ColumnType.SEQUENCE_NUMBER, ColumnType.FLAG,
        ColumnType.UNKNOWN, ColumnType.QUANTITY,
    }
)  # fmt: skip
_SAME_WORDS = (
    ("発表", "公表"),
    ("住居", "居住"),
    ("年月日", "日"),
    ("現住所", "住所"),
    ("性別", "性"),
    ("氏名", "名前"),
)
_ENOUGH = 0.7
_OTHER_NAME = 0.95
"""How sure a match is that rests on the logical or physical name in the description."""


@dataclass(frozen=True)
class Match:
    """A declared item found in the data, whole or as a part of a composite column."""

    declared: DeclaredColumn
    column: str
    confidence: float
    part: ColumnType | None = None

    @property
    def same_name(self) -> bool:
        """Whether data and schema call it the same."""
        return self.confidence == 1.0


def match_columns(
    declared: Sequence[DeclaredColumn],
    reports: Sequence[ColumnReport],
    follows: Mapping[str, str],
) -> tuple[Match, ...]:
    """The best assignment found greedily; each column is used once, each composite part once."""
    scored = [
        match
        for item in declared
        for report in reports
        if (match := _score(item, report, redundant=report.name in follows)) is not None
    ]
    taken: set[tuple[str, ColumnType | None]] = set()
    done: dict[str, Match] = {}
    for match in sorted(scored, key=lambda m: (-m.confidence, m.declared.position)):
        if match.declared.name not in done and (match.column, match.part) not in taken:
            done[match.declared.name] = match
            taken.add((match.column, match.part))
    return tuple(done[d.name] for d in declared if d.name in done)


def _score(item: DeclaredColumn, report: ColumnReport, *, redundant: bool) -> Match | None:
    if fold(item.name) == fold(report.name):
        return Match(item, report.name, 1.0)
    if fold(report.name) in item.other_names:
        return Match(item, report.name, _OTHER_NAME)
    likeness = _likeness(item.name, report.name)
    kind = decide_declared(item).type
    part = kind if kind in report.parts else None
    if part:
        return Match(item, report.name, round(0.85 + 0.1 * likeness, 2), part)
    if report.parts or redundant:
        return None
    if kind == report.type and kind not in _GENERIC:
        score = 0.55 + 0.4 * likeness
    else:
        score = 0.9 * likeness
    return Match(item, report.name, round(score, 2)) if score >= _ENOUGH else None


def _likeness(left: str, right: str) -> float:
    """Dice likeness of the characters of two names without owners and marks, 0–1."""
    a, b = _canonical(left), _canonical(right)
    if not a or not b:
        return 0.0
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b))


def _canonical(name: str) -> str:
    text = bare_name(unicodedata.normalize("NFKC", name))
    for word, same in _SAME_WORDS:
        text = text.replace(word, same)
    return text
