"""What hardly anybody shares: rare values, very high ages, combinations that single people out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core import (
    CellKind,
    Column,
    ColumnType,
    Combination,
    Message,
    SpecialUniques,
    column_types,
    listed,
    say,
)
from measure import Coded, Suda, count_classes, suda2
from rules.detect.cells.alarm import Alarm, RowSaid, alarms
from rules.detect.decision import NUMBER_PATTERN
from rules.detect.profile import Profile

_T = ColumnType
CATEGORICAL = column_types.having("categorical")
"""Types whose values are words or codes that many people share."""
_ENOUGH_ROWS = 20
"""In fewer rows everything is rare."""
_SMALL = 5
"""Rows; the working value of counting tables, below which a value may be called rare."""
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
    """Values held once, or by fewer than five rows where the usual value is held by a hundred.

    Only where values repeat: in a column of names every value is rare, and that says nothing.
    """
    if type_ not in CATEGORICAL or profile.of_rows < _ENOUGH_ROWS or profile.distinct < 2:
        return []
    if profile.distinct > 0.3 * profile.of_rows or _measures(type_, profile):
        return []
    counts = profile.counts
    shared = profile.present & (counts >= _SMALL)
    usual = float(np.median(counts[shared])) if shared.any() else 0.0
    rare = profile.present & ((counts == 1) | ((counts < _SMALL) & (counts * 20 <= usual)))
    if profile.rows(rare) / profile.of_rows > 0.15:
        return []

    def reason(code: int, count: int) -> Message:
        if count == 1:
            return say("rules.rarity.only_row")
        return say("rules.rarity.few_rows", count=count, of=profile.of_rows)

    return alarms(column, CellKind.RARE_VALUE, "rare-value", 0.8, rare, reason, counted=True)


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

    def of_row(row: int) -> RowSaid:
        size, fewest = int(classes.sizes[classes.index[row]]), found.fewest(row)
        score = float(found.scores[row])
        return RowSaid(_reason(names, size, fewest), size, fewest, score or None)

    alarm = Alarm(
        columns[0],
        CellKind.RARE_COMBINATION,
        "rare-combination",
        0.9,
        _reason(names, 1, ()),
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
