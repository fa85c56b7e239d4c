"""What a reader learns by taking one published table of counts from another."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from core import ColumnReport, ColumnType, LegalCategory, Link, Message, Table
from rules.detect.cells.outliers import numbers_of
from rules.detect.coded import coded
from rules.detect.link import Side
from rules.detect.profile import Profile

SMALL = 5
"""Differences below this point to few people; the same working value as the counting threshold."""


_NAMED = 5
_LISTED = 200
"""Rows named in the sentence, and listed beside it."""


def differences(left: Side, right: Side) -> tuple[Link, ...]:
    """Groups that both tables count, and how many of them differ by one to four.

    Only where both hold a column of counts under one name and share all their labels.
    """
    labels = [r.name for r in left.reports if not _counted(r) and r.name in _labels(right)]
    counts = [r.name for r in left.reports if _counted(r) and r.name in _counts(right)]
    if not labels or not counts or len(labels) != len(_labels(left)):
        return ()
    ours, theirs = _groups(left.table, labels), _groups(right.table, labels)
    shared, at_left, at_right = np.intersect1d(ours, theirs, return_indices=True)
    found = []
    for name in counts:
        gap = np.abs(_numbers(left.table, name)[at_left] - _numbers(right.table, name)[at_right])
        with np.errstate(invalid="ignore"):
            small = (gap > 0) & (gap < SMALL)
        if small.any():
            rows = sorted(int(row) + 1 for row in at_left[small])
            found.append(_link(left, right, labels, name, len(shared), rows))
    return tuple(found)


def _counted(report: ColumnReport) -> bool:
    return LegalCategory.STATISTICAL_ONLY in report.categories


def _labels(side: Side) -> Mapping[str, ColumnType]:
    return {r.name: r.type for r in side.reports if r.type != ColumnType.QUANTITY}


def _counts(side: Side) -> set[str]:
    return {r.name for r in side.reports if _counted(r)}


def _groups(table: Table, labels: list[str]) -> npt.NDArray[np.object_]:
    """The labels of each row as one text, spellings made one; shape (rows,)."""
    columns = []
    for name in labels:
        code = coded(table[name], ColumnType.CATEGORY, Profile.of(table[name]))
        columns.append(np.array(code.labels, dtype=object)[code.codes])
    joined: npt.NDArray[np.object_] = pd.DataFrame(columns).T.agg("\x1f".join, axis=1).to_numpy()
    return joined


def _numbers(table: Table, name: str) -> npt.NDArray[np.float64]:
    return numbers_of(Profile.of(table[name]))[table[name].codes]


def _link(
    left: Side, right: Side, labels: list[str], name: str, shared: int, rows: list[int]
) -> Link:
    small, named = len(rows), rows[:_NAMED]
    ja = "、".join(f"{row}行目" for row in named) + ("など" if small > len(named) else "")
    en = ", ".join(f"{row}" for row in named) + (" …" if small > len(named) else "")
    return Link(
        left=left.name,
        right=right.name,
        kind="counts",
        keys=tuple((label, label) for label in labels),
        matched=shared,
        unique_before=0,
        unique_after=small,
        rows=tuple(rows[:_LISTED]),
        message=Message(
            ja=(
                f"二つの表の「{name}」を引き算すると、{shared}区分のうち{small}区分で"
                f"差が1〜{SMALL - 1}になり、少数の人の増減が分かります（「{left.name}」の{ja}）。"
            ),
            en=(
                f"Subtracting {name} of the two tables leaves 1 to {SMALL - 1} in {small} of"
                f" {shared} groups: the change of a few people shows"
                f" (rows of {left.name}: {en})."
            ),
        ),
    )
