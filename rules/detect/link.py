"""What two datasets give away together: shared keys, and who becomes unique when linked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core import Column, ColumnReport, ColumnType, Link, Message, Role, Table
from measure import Coded, count_classes
from rules.detect.coded import coded, shared_codes
from rules.detect.profile import Profile

_T = ColumnType
_UNFIT = frozenset({_T.FREE_TEXT, _T.FLAG, _T.UNKNOWN, _T.QUANTITY})
_OVERLAP = 0.1
"""Share of the smaller side's distinct values that must occur on the other side too."""
_MOST_KEYS = 8
_NAMED, _LISTED = 5, 20
"""Rows named in the sentence, and listed beside it."""
_NUMBERS = frozenset(
    {
        _T.RESIDENT_ID, _T.HOUSEHOLD_ID, _T.STUDENT_NUMBER, _T.INSURED_PERSON_NUMBER,
        _T.SEQUENCE_NUMBER, _T.BASIC_PENSION_NUMBER, _T.DISABILITY_CERTIFICATE_NUMBER,
        _T.DRIVERS_LICENSE_NUMBER, _T.RESIDENT_RECORD_CODE, _T.MY_NUMBER, _T.BANK_ACCOUNT,
    }
)  # fmt: skip
"""Numbers that may be the same number under two names: their values decide."""
_OTHER_NAME_OVERLAP, _OTHER_NAME_LENGTH = 0.3, 5
"""Short running numbers meet by chance."""


@dataclass(frozen=True)
class Side:
    """One of the two datasets, as it was inspected."""

    name: str
    table: Table
    reports: tuple[ColumnReport, ...]
    quasi: tuple[str, ...]
    redundant: frozenset[str]


def link_sides(left: Side, right: Side) -> tuple[Link, ...]:
    """The link over all shared keys, and over each key that alone tells people apart.

    A row is matched when exactly one row of the other side has the same keys: that is how a
    person is recognised across files. Among those rows the people are counted who are alone in
    what the left side says of them (its quasi-identifiers), and in what both sides say.
    """
    keys = shared_keys(left, right)
    if not keys:
        return ()
    links = [_link(left, right, keys)]
    for key in keys:
        single = _link(left, right, [key])
        if len(keys) > 1 and single.matched > 0.5 * min(left.table.rows, right.table.rows):
            links.append(single)
    return tuple(links)


def shared_keys(left: Side, right: Side) -> list[tuple[str, str]]:
    """Pairs of columns that hold the same kind of thing and share values, best first."""
    found: list[tuple[float, str, str]] = []
    for a in _fit(left):
        for b in _fit(right):
            alike = a.type == b.type or a.name == b.name
            if not alike and not {a.type, b.type} <= _NUMBERS:
                continue
            overlap = _overlap(left.table, a, right.table, b)
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


def _overlap(left: Table, a: ColumnReport, right: Table, b: ColumnReport) -> float:
    """Shared distinct values over those of the side that has fewer, 0–1."""
    ours, theirs = (
        set(coded(t[r.name], r.type, Profile.of(t[r.name])).labels) - {""}
        for t, r in ((left, a), (right, b))
    )
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller > 1 else 0.0


def _link(left: Side, right: Side, keys: Sequence[tuple[str, str]]) -> Link:
    ours, theirs = _key_codes(left, right, keys)
    size = int(max(ours.max(initial=-1), theirs.max(initial=-1))) + 1
    matched = np.bincount(ours, minlength=size)[ours] == 1
    matched &= np.bincount(theirs, minlength=size)[ours] == 1
    rows = np.flatnonzero(matched)
    at = np.zeros(size, np.int64)
    at[theirs] = np.arange(len(theirs))
    added = _added(left, right, keys)
    own = [_coded(left, name) for name in left.quasi]
    before = _alone(own)[rows] if own else np.zeros(len(rows), np.bool_)
    partner = at[ours[rows]]
    known = [_at(column, rows) for column in own]
    known += [_at(_coded(right, name), partner) for name in added]
    after = _alone(known) if known else before
    found = rows[after & ~before] + 1
    roles = {r.name: r.role for r in left.reports}
    by_identifier = any(roles[a] == Role.DIRECT_IDENTIFIER for a, _ in keys)
    link = Link(
        left=left.name,
        right=right.name,
        keys=tuple(keys),
        by_identifier=by_identifier,
        quasi=tuple(dict.fromkeys((*left.quasi, *added))),
        matched=len(rows),
        unique_before=int(before.sum()),
        unique_after=int(after.sum()),
        rows=tuple(found[:_LISTED].tolist()),
        message=Message(ja="", en=""),
    )
    said = [_tied(link), _told_apart(link, left.quasi, added), _zeros_lost(left, right, keys)]
    message = Message(ja="".join(m.ja for m in said), en="".join(m.en for m in said))
    return link.model_copy(update={"message": message})


def _added(left: Side, right: Side, keys: Sequence[tuple[str, str]]) -> list[str]:
    """What the other side adds: its quasi-identifiers that the left side does not hold itself.

    A key that is a mere identifier tells who is who, not what someone is like: it is no part of it.
    """
    roles = {r.name: r.role for r in right.reports}
    same = {b for a, b in keys if a in left.quasi or roles[b] == Role.DIRECT_IDENTIFIER}
    return [name for name in right.quasi if name not in same]


def _coded(side: Side, name: str) -> Coded:
    types = {r.name: r.type for r in side.reports}
    return coded(side.table[name], types[name], Profile.of(side.table[name]))


def _at(column: Coded, rows: npt.NDArray[np.int64]) -> Coded:
    return Coded(column.name, column.codes[rows], column.labels)


def _alone(columns: Sequence[Coded]) -> npt.NDArray[np.bool_]:
    """Which rows share their combination with no other."""
    classes = count_classes(columns)
    alone: npt.NDArray[np.bool_] = classes.sizes[classes.index] == 1
    return alone


def _tied(link: Link) -> Message:
    """How many rows the keys tie together."""
    names = "・".join(a if a == b else f"{a}＝{b}" for a, b in link.keys)
    english = ", ".join(a if a == b else f"{a} = {b}" for a, b in link.keys)
    if not link.matched:
        return Message(
            ja=f"「{names}」を鍵に二つのデータを突き合わせても、相手側の1件とだけ結び付く行は"
            "ありません。",
            en=f"Linked on {english}, no row meets exactly one row of the other file.",
        )
    if link.by_identifier:
        return Message(
            ja=f"「{names}」は誰の記録かを指し示すため、「{link.left}」の{link.matched:,}件が"
            f"「{link.right}」の1件とだけつながり、同じ人の記録が一つになります。",
            en=f"{english} says whose record it is: {link.matched:,} rows of {link.left} each meet "
            f"exactly one row of {link.right}, and the records of one person join.",
        )
    return Message(
        ja=f"「{names}」を鍵に二つのデータを突き合わせると、「{link.left}」の{link.matched:,}件が"
        f"「{link.right}」の1件とだけ結び付きます。",
        en=f"Linked on {english}, {link.matched:,} rows of {link.left} meet exactly one row of "
        f"{link.right}.",
    )


def _told_apart(link: Link, own: Sequence[str], added: Sequence[str]) -> Message:
    """Who of them is alone in what both sides say of people."""
    before, after = link.unique_before, link.unique_after
    if not link.matched or not (own or added):
        return Message(ja="", en="")
    alone = f"「{link.left}」の「{'・'.join(own)}」だけでは" if own else f"「{link.left}」だけでは"
    if added:
        ja = f"「{link.right}」の「{'・'.join(added)}」を合わせると"
        en = f"with {', '.join(added)} of {link.right}"
    else:
        ja = f"「{link.right}」にいる人に限ると"
        en = f"among those in {link.right}"
    if after == before:
        return Message(
            ja=f"そのうち準識別子の組合せで一人に絞れる人は、{alone}{before:,}件で、{ja}"
            f"{after:,}件のままです。",
            en=f" Of these, {before:,} are told apart by quasi-identifiers of {link.left} alone, "
            f"and no more {en}.",
        )
    rows = link.rows[:_NAMED]
    more = after - before > len(rows)
    listed = "、".join(f"{row}行目" for row in rows) + ("など" if more else "")
    listed_en = ", ".join(str(row) for row in rows) + (" …" if more else "")
    return Message(
        ja=f"そのうち準識別子の組合せで一人に絞れる人は、{alone}{before:,}件ですが、{ja}"
        f"{after:,}件になります（新たに絞れるのは「{link.left}」の{listed}）。",
        en=f" Of these, {before:,} are told apart by quasi-identifiers of {link.left} alone, but "
        f"{after:,} {en} (newly, rows {listed_en} of {link.left}).",
    )


def _zeros_lost(left: Side, right: Side, keys: Sequence[tuple[str, str]]) -> Message:
    """How many more values would meet if leading zeros were there, as before a spreadsheet."""
    types = {r.name: r.type for r in left.reports}
    more = 0
    for a, b in keys:
        if types[a] not in _NUMBERS:
            continue
        ours, theirs = (
            {text for text in Profile.of(t[k]).texts.to_pylist() if text}
            for t, k in ((left.table, a), (right.table, b))
        )
        bare = {text.lstrip("0") for text in theirs - ours}
        more += len({text.lstrip("0") for text in ours - theirs} & bare)
    if not more:
        return Message(ja="", en="")
    return Message(
        ja=f"先頭の0が落ちた番号がそろえば、さらに{more}件の値が一致します。",
        en=f" With lost leading zeros restored, {more} more values would meet.",
    )


def _key_codes(
    left: Side, right: Side, keys: Sequence[tuple[str, str]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """One number per row of each side, equal where all keys are equal; rows with a gap differ."""
    frames = []
    types = {r.name: r.type for r in left.reports}
    for a, b in keys:
        pair = [
            coded(t[k], types[a], Profile.of(t[k])) for t, k in ((left.table, a), (right.table, b))
        ]
        frames.append(shared_codes(pair[0], pair[1]))
    ours = pd.MultiIndex.from_arrays([f[0] for f in frames])
    theirs = pd.MultiIndex.from_arrays([f[1] for f in frames])
    codes, _ = pd.factorize(ours.append(theirs))
    return codes[: len(ours)].astype(np.int64), codes[len(ours) :].astype(np.int64)
