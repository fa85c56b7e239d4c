"""What two datasets give away together: who becomes unique when linked, whom a difference shows.

Two files of people are linked over the keys they share. Two published tables of counts are taken
from one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from core import (
    Column,
    ColumnReport,
    ColumnType,
    LegalCategory,
    Link,
    Message,
    Role,
    Table,
    column_types,
    listed,
    say,
)
from measure import Coded, count_classes
from rules.detect.cells import numbers_of
from rules.detect.coded import coded, shared_codes
from rules.detect.profile import Profile

_T = ColumnType
_UNFIT = frozenset({_T.FREE_TEXT, _T.FLAG, _T.UNKNOWN, _T.QUANTITY})
_OVERLAP = 0.1
"""Share of the smaller side's distinct values that must occur on the other side too."""
_MOST_KEYS = 8
"""Shared keys that are looked at, the best first: further ones hardly tell anybody apart."""
_NAMED, _LISTED, _LISTED_GROUPS = 5, 20, 200
"""Rows named in the sentence; rows of people, and of groups, listed beside it."""
_NUMBERS = column_types.having("linking")
"""Numbers that may be the same number under two names: their values decide."""
_OTHER_NAME_OVERLAP, _OTHER_NAME_LENGTH = 0.3, 5
"""Short running numbers meet by chance."""
_SMALL = 5
"""Differences below this point to few people; the same working value as the counting threshold."""
Rows = npt.NDArray[np.int64]
Keys = Sequence[tuple[str, str]]
"""Pairs of columns, of the left and of the right side."""


@dataclass(frozen=True)
class Side:
    """One of the two datasets, as it was inspected."""

    name: str
    table: Table
    reports: tuple[ColumnReport, ...]
    quasi: tuple[str, ...]
    redundant: frozenset[str]

    @cached_property
    def by_name(self) -> dict[str, ColumnReport]:
        """What each column is."""
        return {report.name: report for report in self.reports}

    def coded(self, name: str, type_: ColumnType | None = None) -> Coded:
        """A column with its spellings made one, read as its own type or as another."""
        column = self.table[name]
        return coded(column, type_ or self.by_name[name].type, Profile.of(column))


def link_sides(left: Side, right: Side) -> tuple[Link, ...]:
    """The link over all shared keys, and over each key that alone tells people apart.

    A row is matched when exactly one row of the other side has the same keys: that is how a
    person is recognised across files. Among those rows the people are counted who are alone in
    what the left side says of them (its quasi-identifiers), and in what both sides say.
    """
    keys = _shared_keys(left, right)
    if not keys:
        return ()
    links = [_link(left, right, keys)]
    for key in keys:
        single = _link(left, right, [key])
        if len(keys) > 1 and single.matched > 0.5 * min(left.table.rows, right.table.rows):
            links.append(single)
    return tuple(links)


def _shared_keys(left: Side, right: Side) -> list[tuple[str, str]]:
    """Pairs of columns that hold the same kind of thing and share values, best first."""
    found: list[tuple[float, str, str]] = []
    for a in _fit(left):
        for b in _fit(right):
            alike = a.type == b.type or a.name == b.name
            if not alike and not {a.type, b.type} <= _NUMBERS:
                continue
            overlap = _overlap(left.coded(a.name), right.coded(b.name))
            if not alike and (overlap < _OTHER_NAME_OVERLAP or _is_short(left.table[a.name])):
                continue
            if overlap >= _OVERLAP:
                found.append((overlap + (a.name == b.name), a.name, b.name))
    chosen: list[tuple[str, str]] = []
    for _, a_name, b_name in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        if all(a_name != x and b_name != y for x, y in chosen):
            chosen.append((a_name, b_name))
    return chosen[:_MOST_KEYS]


def _fit(side: Side) -> list[ColumnReport]:
    return [
        r
        for r in side.reports
        if r.type not in _UNFIT and r.role != Role.OTHER and r.name not in side.redundant
    ]


def _is_short(column: Column) -> bool:
    lengths = Profile.of(column).lengths
    return not len(lengths) or float(np.median(lengths)) < _OTHER_NAME_LENGTH


def _overlap(left: Coded, right: Coded) -> float:
    """Shared distinct values over those of the side that has fewer, 0–1."""
    ours, theirs = set(left.labels) - {""}, set(right.labels) - {""}
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller > 1 else 0.0


def _link(left: Side, right: Side, keys: Keys) -> Link:
    rows, partners = _matched(left, right, keys)
    added = _added(left, right, keys)
    own = [left.coded(name) for name in left.quasi]
    before = _alone(own)[rows] if own else np.zeros(len(rows), np.bool_)
    known = [Coded(c.name, c.codes[rows], c.labels) for c in own]
    known += [Coded(c.name, c.codes[partners], c.labels) for c in map(right.coded, added)]
    after = _alone(known) if known else before
    newly = (rows[after & ~before] + 1).tolist()
    alone = (int(before.sum()), int(after.sum()))
    by_identifier = any(left.by_name[a].role == Role.DIRECT_IDENTIFIER for a, _ in keys)
    said = [_tied(left, right, keys, len(rows), by_identifier)]
    if len(rows) and (own or added):
        said.append(_told_apart(left, right, added, alone, newly))
    said += _zeros_lost(left, right, keys)
    return Link(
        left=left.name,
        right=right.name,
        keys=tuple(keys),
        by_identifier=by_identifier,
        quasi=tuple(dict.fromkeys((*left.quasi, *added))),
        matched=len(rows),
        unique_before=alone[0],
        unique_after=alone[1],
        rows=tuple(newly[:_LISTED]),
        message=listed(said, ja="", en=""),
    )


def _matched(left: Side, right: Side, keys: Keys) -> tuple[Rows, Rows]:
    """The left rows that meet exactly one row of the other side, and that row; both 0-based."""
    ours, theirs = _key_codes(left, right, keys)
    size = int(max(ours.max(initial=-1), theirs.max(initial=-1))) + 1
    once = (np.bincount(ours, minlength=size) == 1) & (np.bincount(theirs, minlength=size) == 1)
    rows = np.flatnonzero(once[ours])
    at = np.zeros(size, np.int64)
    at[theirs] = np.arange(len(theirs))
    return rows, at[ours[rows]]


def _key_codes(left: Side, right: Side, keys: Keys) -> tuple[Rows, Rows]:
    """One number per row of each side, equal where all keys are equal; rows with a gap differ."""
    frames = []
    for a, b in keys:
        type_ = left.by_name[a].type
        frames.append(shared_codes(left.coded(a), right.coded(b, type_)))
    ours = pd.MultiIndex.from_arrays([f[0] for f in frames])
    theirs = pd.MultiIndex.from_arrays([f[1] for f in frames])
    codes, _ = pd.factorize(ours.append(theirs))
    return codes[: len(ours)].astype(np.int64), codes[len(ours) :].astype(np.int64)


def _added(left: Side, right: Side, keys: Keys) -> list[str]:
    """What the other side adds: its quasi-identifiers that the left side does not hold itself.

    A key that is a mere identifier tells who is who, not what someone is like: it is no part of it.
    """
    same = {
        b for a, b in keys if a in left.quasi or right.by_name[b].role == Role.DIRECT_IDENTIFIER
    }
    return [name for name in right.quasi if name not in same]


def _alone(columns: Sequence[Coded]) -> npt.NDArray[np.bool_]:
    """Which rows share their combination with no other."""
    classes = count_classes(columns)
    alone: npt.NDArray[np.bool_] = classes.sizes[classes.index] == 1
    return alone


def _tied(left: Side, right: Side, keys: Keys, matched: int, by_identifier: bool) -> Message:
    """How many rows the keys tie together."""
    name = ("same_person" if by_identifier else "matched") if matched else "no_match"
    pairs = [a if a == b else say("rules.linkage.key_pair", left=a, right=b) for a, b in keys]
    return say(
        f"rules.linkage.{name}",
        keys=listed(pairs, ja="・"),
        left=left.name,
        right=right.name,
        matched=matched,
    )


def _told_apart(
    left: Side, right: Side, added: Sequence[str], alone: tuple[int, int], newly: Sequence[int]
) -> Message:
    """Who of them is alone in what both sides say of people."""
    before, after = alone
    by_itself = say(
        f"rules.linkage.by_{'quasi' if left.quasi else 'side'}",
        left=left.name,
        quasi=listed(left.quasi, ja="・"),
    )
    together = say(
        f"rules.linkage.with_{'added' if added else 'those_there'}",
        right=right.name,
        added=listed(added, ja="・"),
    )
    return say(
        f"rules.linkage.{'no_more_alone' if after == before else 'more_alone'}",
        by_itself=by_itself,
        together=together,
        left=left.name,
        before=before,
        after=after,
        rows=_rows(newly, after - before),
    )


def _rows(rows: Sequence[int], of: int) -> Message:
    """The first of some rows by their numbers, and a sign that there are more."""
    named = rows[:_NAMED]
    said = listed(say("rules.linkage.row", row=row) for row in named)
    return say("rules.linkage.more_rows", rows=said) if of > len(named) else said


def _zeros_lost(left: Side, right: Side, keys: Keys) -> list[Message]:
    """How many more values would meet if leading zeros were there, as before a spreadsheet."""
    more = 0
    for a, b in keys:
        if left.by_name[a].type not in _NUMBERS:
            continue
        ours, theirs = (
            {text for text in Profile.of(table[key]).texts.to_pylist() if text}
            for table, key in ((left.table, a), (right.table, b))
        )
        bare = {text.lstrip("0") for text in theirs - ours}
        more += len({text.lstrip("0") for text in ours - theirs} & bare)
    return [say("rules.linkage.zeros_lost", values=more)] if more else []


def differences(left: Side, right: Side) -> tuple[Link, ...]:
    """Groups that both tables count, and how many of them differ by one to four.

    Only where both hold a column of counts under one name and share all their labels.
    """
    counts = [name for name in _counts(left) if name in _counts(right)]
    theirs = _labels(right)
    labels = [r.name for r in left.reports if not _is_count(r) and r.name in theirs]
    if not labels or not counts or len(labels) != len(_labels(left)):
        return ()
    shared, at_left, at_right = np.intersect1d(
        _groups(left, labels), _groups(right, labels), return_indices=True
    )
    found = []
    for name in counts:
        gap = np.abs(_numbers(left.table, name)[at_left] - _numbers(right.table, name)[at_right])
        with np.errstate(invalid="ignore"):
            small = (gap > 0) & (gap < _SMALL)
        if small.any():
            rows = sorted(int(row) + 1 for row in at_left[small])
            found.append(_difference(left, right, labels, name, len(shared), rows))
    return tuple(found)


def _labels(side: Side) -> list[str]:
    return [r.name for r in side.reports if r.type != ColumnType.QUANTITY]


def _counts(side: Side) -> list[str]:
    return [r.name for r in side.reports if _is_count(r)]


def _is_count(report: ColumnReport) -> bool:
    return LegalCategory.STATISTICAL_ONLY in report.categories


def _groups(side: Side, labels: Sequence[str]) -> npt.NDArray[np.object_]:
    """The labels of each row as one text, spellings made one; shape (rows,)."""
    columns = []
    for name in labels:
        code = side.coded(name, ColumnType.CATEGORY)
        columns.append(np.array(code.labels, dtype=object)[code.codes])
    joined: npt.NDArray[np.object_] = pd.DataFrame(columns).T.agg("\x1f".join, axis=1).to_numpy()
    return joined


def _numbers(table: Table, name: str) -> npt.NDArray[np.float64]:
    return numbers_of(Profile.of(table[name]))[table[name].codes]


def _difference(
    left: Side, right: Side, labels: Sequence[str], name: str, shared: int, rows: list[int]
) -> Link:
    return Link(
        left=left.name,
        right=right.name,
        kind="counts",
        keys=tuple((label, label) for label in labels),
        matched=shared,
        unique_before=0,
        unique_after=len(rows),
        rows=tuple(rows[:_LISTED_GROUPS]),
        message=say(
            "rules.linkage.difference",
            column=name,
            groups=shared,
            small=len(rows),
            most=_SMALL - 1,
            left=left.name,
            rows=_rows(rows, len(rows)),
        ),
    )
