"""What hardly anybody shares: rare values, very high ages, combinations that single people out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from core import (
    CellKind,
    Column,
    ColumnType,
    Combination,
    Message,
    Role,
    SpecialUniques,
    column_types,
    listed,
    say,
)
from measure import Coded, Suda, count_classes, suda2
from rules.detect.cells.alarm import Alarm, RowSaid, alarms
from rules.detect.decision import NUMBER_PATTERN
from rules.detect.profile import Mask, Profile

_T = ColumnType
CATEGORICAL = column_types.having("categorical")
"""Types whose values are words or codes that many people share."""
_ENOUGH_ROWS = 20
"""In fewer rows everything is rare."""
_SMALL = 5
"""Rows; the working value of counting tables: what fewer share is not the usual value."""
_FEW, _SHARE, _USUAL = 20, 0.01, 10
"""Rows, and the share of all rows, that hold a rare value at most; and how many times more rows
the usual value has."""
_SHARE_SENSITIVE, _MOST_SENSITIVE = 0.001, 100
"""The same for what is sensitive."""
_SMALL_TABLE = 500
"""Rows."""
_TAIL, _MOST_RARE = 0.03, 0.15
"""Share of the rows from which on values of few rows are the column's tail; and are so anywhere."""
_VERY_OLD, _FEW_OLD = 105, 20
"""Years, and rows: more of them are no rarity but another kind of column."""
_CODES = frozenset({_T.MUNICIPALITY_CODE, _T.INSURER_NUMBER, _T.CATEGORY, _T.FLAG, _T.SEX})
_FEW_CODES = 20
"""Distinct values; so few are codes, not amounts, even where they are numbers."""
MOST_SEARCHED = 8
"""Columns searched for special uniques: the search grows with the cube of their number."""
_COMBINATIONS = 10
"""Combinations listed in the summary of special uniques."""
_NAMED = 3
"""Columns named in its sentence."""


def rare_values(column: Column, type_: ColumnType, profile: Profile) -> list[Alarm]:
    """Values so few people hold that each of them stands out, for the size of the table.

    No number is in the law; the principle is that a value is rare where meeting it is a surprise:

    - what at most one row in a thousand holds of something sensitive (an illness in 6 of 100,000
      rows), up to a hundred rows: as rare as an illness must be to be designated as a rare one;
      and what fewer rows hold than a counting table prints, where such values are not the rule;
    - of other values, those of at most twenty rows, the largest group that practice calls small,
      where the column knows few values, hardly any row holds a rare one, and they stand apart
      from the next: up to one row in a hundred, or a tenth of what the usual value has. In a
      column of shops, where the few customers of one are nothing special, the tail is usual;
    - in a table of up to five hundred rows, what one row alone holds of what helps to find a
      person, which tells who it is whatever the tail.

    Only where values repeat: in a column of names every value is rare, and that says nothing.
    """
    if type_ not in CATEGORICAL or profile.of_rows < _ENOUGH_ROWS or profile.distinct < 2:
        return []
    if profile.distinct > 0.3 * profile.of_rows or _measures(type_, profile):
        return []
    counts, rows = profile.counts, int(profile.counts.sum())
    shared = profile.present & (counts >= _SMALL)
    usual = float(np.median(counts[shared])) if shared.any() else 0.0
    rare = _clear_of_tail(profile, min(_FEW, usual / _USUAL))
    few = _clear_of_tail(profile, min(_FEW, max(1, rows * _SHARE)))
    if few.sum() * 2 <= profile.distinct and profile.rows(few) <= _TAIL * rows:
        rare |= few
    role = column_types.described()[type_].role
    if role is Role.SENSITIVE:
        most = min(_MOST_SENSITIVE, rows * _SHARE_SENSITIVE)
        small = profile.present & (counts < max(_SMALL, most))
        if profile.rows(small) <= _MOST_RARE * rows:
            rare |= small
        rare |= profile.present & (counts <= most)
    elif role is not Role.OTHER and rows <= _SMALL_TABLE:
        rare |= profile.present & (counts == 1)
    if profile.rows(rare) > _MOST_RARE * rows:
        return []

    def reason(code: int, count: int) -> Message:
        if count == 1:
            return say("rules.rarity.only_row")
        return say("rules.rarity.few_rows", count=count, of=profile.of_rows)

    most = int(counts[rare].max(initial=0))
    said = say("rules.rarity.few_hold", values=int(rare.sum()), most=most)
    kind = CellKind.RARE_VALUE
    return alarms(column, kind, "rare-value", 0.8, rare, said, reason, counted=True)


def _clear_of_tail(profile: Profile, limit: float) -> Mask:
    """The values of so few rows that stand apart from all others.

    Between them and the next one lies a step of one in the root of the counts, which two counts of
    equal chance hardly ever differ by.
    """
    counts = np.sort(profile.counts[profile.present])
    steps = np.diff(np.sqrt(counts)) >= 1
    cuts = counts[:-1][steps & (counts[:-1] <= limit)]
    clear: Mask = profile.present & (profile.counts <= (cuts[-1] if len(cuts) else 0))
    return clear


def _measures(type_: ColumnType, profile: Profile) -> bool:
    """Whether the values are amounts or results, of which a single one is nothing rare."""
    if type_ in _CODES or profile.distinct <= _FEW_CODES:
        return False
    return profile.ratio(profile.matches(NUMBER_PATTERN)) >= 0.8


def very_old(column: Column, type_: ColumnType, profile: Profile) -> list[Alarm]:
    """The few people of a very high age, known in their town and in the news."""
    if type_ != _T.AGE or profile.of_rows < _ENOUGH_ROWS:
        return []
    old = profile.present & profile.matches(
        rf"^(?:満)?1(?:0[{_VERY_OLD % 10}-9]|1[0-5])(?:歳|才)?$"
    )
    if not 0 < profile.rows(old) <= _FEW_OLD:
        return []
    said = say("rules.rarity.very_old")
    return alarms(column, CellKind.RARE_VALUE, "very-old", 0.83, old, said, counted=True)


@dataclass(frozen=True)
class Singled:
    """Who is singled out by a set of columns, and through which of them."""

    alarms: tuple[Alarm, ...] = ()
    special: SpecialUniques | None = None


def singled_out(columns: Sequence[Column], coded: Sequence[Coded], rare_count: int) -> Singled:
    """Rows whose combination fewer than `rare_count` rows share, the most exposed first."""
    if not columns:
        return Singled()
    classes = count_classes(coded)
    rows = np.flatnonzero((classes.sizes < rare_count)[classes.index])
    found = suda2(coded[:MOST_SEARCHED])
    special = _special(found, len(columns))
    if not len(rows):
        return Singled((), special)
    names = tuple(c.key for c in columns)

    reason = cache(partial(_reason, names))
    subsets = [*found.by_subset, ()]

    def of_row(row: int) -> RowSaid:
        size, fewest = int(classes.sizes[classes.index[row]]), subsets[found.first[row]]
        score = float(found.scores[row])
        return RowSaid(reason(size, fewest), size, fewest, score or None)

    alarm = Alarm(
        columns[0],
        CellKind.RARE_COMBINATION,
        "rare-combination",
        0.9,
        say("rules.rarity.rows_alone"),
        rows=rows,
        scores=found.scores[rows],
        of_row=of_row,
        columns=names,
    )
    return Singled((alarm,), special)


def _reason(names: tuple[str, ...], size: int, fewest: tuple[str, ...]) -> Message:
    columns = listed(names, ja="・")
    if size > 1:
        return say("rules.rarity.few_share", columns=columns, size=size)
    if not fewest or len(fewest) == len(names):
        return say("rules.rarity.nobody_shares", columns=columns)
    return say("rules.rarity.nobody_shares_fewer", columns=columns, fewest=listed(fewest, ja="・"))


def _special(found: Suda, columns: int) -> SpecialUniques:
    rows = int(((found.smallest > 0) & (found.smallest < columns)).sum())
    shares = dict(sorted(found.by_column.items(), key=lambda item: -item[1]))
    most = sorted(found.by_subset.items(), key=lambda item: (-item[1], len(item[0])))
    combinations = tuple(Combination(columns=c, rows=n) for c, n in most[:_COMBINATIONS])
    return SpecialUniques(
        rows=rows,
        searched=tuple(found.by_column),
        by_size=found.by_size,
        by_column={name: round(share, 4) for name, share in shares.items()},
        combinations=combinations,
        message=_summary(rows, shares, combinations),
    )


def _summary(rows: int, shares: dict[str, float], combinations: tuple[Combination, ...]) -> Message:
    if not combinations:
        return say("rules.rarity.no_special_uniques")
    named = [(name, share) for name, share in shares.items() if share][:_NAMED]
    return say(
        "rules.rarity.special_uniques",
        rows=rows,
        columns=listed(combinations[0].columns, ja="・"),
        top=combinations[0].rows,
        involved=listed(say("rules.rarity.share", column=n, share=share) for n, share in named),
    )
