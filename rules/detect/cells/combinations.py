"""People who are alone with their combination of quasi-identifiers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core import CellKind, Column, Combination, Message, SpecialUniques
from measure import Classes, Coded, Suda, count_classes, suda2
from rules.detect.cells.base import Alarm, RowSaid

_MOST = 8
"""Columns searched for special uniques: the search grows with the cube of their number."""
_COMBINATIONS = 10
_NAMED = 3


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
    found = suda2(coded[:_MOST])
    special = _special(found, [c.key for c in columns])
    if not len(rows):
        return Singled((), special)
    names = tuple(c.key for c in columns)
    words = _reason(names, 1, ())
    alarm = Alarm(
        columns[0],
        CellKind.RARE_COMBINATION,
        "rare-combination",
        0.9,
        lambda _code, _count: words,
        rows=rows,
        scores=found.scores[rows],
        of_row=_said(names, classes, found),
        columns=names,
    )
    return Singled((alarm,), special)


def _said(names: tuple[str, ...], classes: Classes, found: Suda) -> Callable[[int], RowSaid]:
    def said(row: int) -> RowSaid:
        size = int(classes.sizes[classes.index[row]])
        fewest = found.fewest(row)
        score = float(found.scores[row])
        return RowSaid(_reason(names, size, fewest), size, fewest, score or None)

    return said


def _reason(names: tuple[str, ...], size: int, fewest: tuple[str, ...]) -> Message:
    ja, en = "・".join(names), ", ".join(names)
    if size > 1:
        return Message(
            ja=f"「{ja}」の組合せが同じ人は{size}人だけです。",
            en=f"Only {size} share this combination of {en}.",
        )
    told = Message(
        ja=f"「{ja}」の組合せが同じ人がほかにいません。",
        en=f"Nobody else shares this combination of {en}.",
    )
    if not fewest or len(fewest) == len(names):
        return told
    return Message(
        ja=f"{told.ja}「{'・'.join(fewest)}」だけで一人に絞られます。",
        en=f"{told.en} {', '.join(fewest)} alone is enough.",
    )


def _special(found: Suda, names: Sequence[str]) -> SpecialUniques:
    fewer = (found.smallest > 0) & (found.smallest < len(names))
    shares = sorted(found.by_column.items(), key=lambda item: -item[1])
    most = sorted(found.by_subset.items(), key=lambda item: (-item[1], len(item[0])))
    combinations = tuple(Combination(columns=c, rows=n) for c, n in most[:_COMBINATIONS])
    return SpecialUniques(
        rows=int(fewer.sum()),
        searched=tuple(found.by_column),
        by_size=found.by_size,
        by_column={name: round(share, 4) for name, share in shares},
        combinations=combinations,
        message=_summary(int(fewer.sum()), dict(shares), combinations),
    )


def _summary(rows: int, shares: dict[str, float], combinations: tuple[Combination, ...]) -> Message:
    if not combinations:
        return Message(
            ja="三つまでの項目の組合せで一人に絞られる人はいません。",
            en="No combination of up to three columns singles anybody out.",
        )
    named = [(name, share) for name, share in shares.items() if share][:_NAMED]
    top = combinations[0]
    return Message(
        ja=f"一部の項目だけで一人に絞られる行が{rows:,}件あります。最も多くの行を絞る組合せは"
        f"「{'・'.join(top.columns)}」（{top.rows:,}件）、一人に絞る組合せに多く関わる項目は"
        f"{'、'.join(f'「{name}」（{share:.0%}）' for name, share in named)}です。",
        en=f"{rows:,} rows are singled out by some of the columns alone. Most of them by"
        f" {', '.join(top.columns)} ({top.rows:,}); the columns most involved are"
        f" {', '.join(f'{name} ({share:.0%})' for name, share in named)}.",
    )
