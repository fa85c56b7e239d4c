"""People who are alone with their combination of quasi-identifiers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from core import CellKind, Column, Message
from measure import Coded, count_classes
from measure.suda import suda2
from rules.detect.cells.base import Alarm

_MOST = 8
"""Columns searched for special uniques: the search grows with the cube of their number."""


@dataclass(frozen=True)
class Singled:
    """Who is singled out by a set of columns, and through which of them."""

    alarms: tuple[Alarm, ...] = ()
    special: int = 0
    """Rows told apart by fewer columns than the whole set."""
    contributions: dict[str, float] = field(default_factory=dict)
    """Share of the columns in what singles people out (SUDA2 scores), 0–1."""


def singled_out(columns: Sequence[Column], coded: Sequence[Coded], rare_count: int) -> Singled:
    """Rows whose combination fewer than `rare_count` rows share, the most exposed first."""
    if not columns:
        return Singled()
    classes = count_classes(coded)
    rows = np.flatnonzero((classes.sizes < rare_count)[classes.index])
    found = suda2(coded[:_MOST])
    alarms = _alarms(columns, rows, found.scores[rows]) if len(rows) else ()
    fewer = (found.smallest > 0) & (found.smallest < len(columns))
    shares = {name: round(share, 4) for name, share in found.by_column.items()}
    return Singled(alarms, int(fewer.sum()), shares)


def _alarms(
    columns: Sequence[Column], rows: "np.ndarray", scores: "np.ndarray"
) -> tuple[Alarm, ...]:
    names = tuple(c.key for c in columns)
    words = Message(
        ja=f"「{'・'.join(names)}」の組合せが同じ人がほかにいません。",
        en=f"Nobody else shares this combination of {', '.join(names)}.",
    )
    return (
        Alarm(
            columns[0], CellKind.RARE_COMBINATION, "rare-combination", 0.9, lambda _c, _n: words,
            rows=rows, scores=scores, columns=names,
        ),
    )  # fmt: skip
