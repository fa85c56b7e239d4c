"""People who are alone with their combination of quasi-identifiers."""

from collections.abc import Sequence

import numpy as np

from core import CellKind, Column, Message
from measure import Coded, count_classes
from rules.detect.cells.base import Alarm


def alone(columns: Sequence[Column], coded: Sequence[Coded], rare_count: int) -> list[Alarm]:
    """Rows whose combination fewer than `rare_count` rows share."""
    if not columns:
        return []
    classes = count_classes(coded)
    sizes = classes.sizes[classes.index]
    rows = np.flatnonzero(sizes < rare_count)
    names = tuple(c.key for c in columns)
    together = "・".join(names)

    def reason(code: int, count: int) -> Message:
        return Message(
            ja=f"「{together}」の組合せが同じ人がほかにいません。",
            en=f"Nobody else shares this combination of {', '.join(names)}.",
        )

    return (
        [
            Alarm(
                columns[0],
                CellKind.RARE_COMBINATION,
                "rare-combination",
                0.9,
                reason,
                rows=rows,
                columns=names,
            )
        ]
        if len(rows)
        else []
    )


def uniques(coded: Sequence[Coded]) -> int:
    """How many rows are alone in the combination of these columns."""
    return int((count_classes(coded).sizes == 1).sum())


def contributions(coded: Sequence[Coded]) -> dict[str, float]:
    """How much each column makes people unique: the share of unique rows lost without it (0–1)."""
    total = uniques(coded)
    if not total:
        return {c.name: 0.0 for c in coded}
    return {
        c.name: round(1 - uniques([d for d in coded if d is not c]) / total, 4)
        if len(coded) > 1
        else 1.0
        for c in coded
    }
