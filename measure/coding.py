"""From a column of texts to one small integer per row, spellings of one value made one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from core import Codes, Column, Counts, fold
from measure.dates import read_date

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Reader = Callable[[str], str]


@dataclass(frozen=True, eq=False)
class Coded:
    """A column after normalising.

    `codes` has shape (rows,), each in range(size); `labels` holds one normalised text per code.
    """

    name: str
    codes: Codes = field(repr=False)
    labels: tuple[str, ...] = field(repr=False)

    @property
    def size(self) -> int:
        """How many different values there are after normalising."""
        return len(self.labels)

    @property
    def counts(self) -> Counts:
        """Rows per code, shape (size,)."""
        return np.bincount(self.codes, minlength=self.size).astype(np.int64)


def canonical(text: str) -> str:
    """The form in which two spellings of one value compare equal: folded, a full date as ISO.

    >>> canonical("１２"), canonical("S55.4.1"), canonical("2020/1/26 00:00")
    ('12', '1980-04-01', '2020-01-26')
    """
    if _ISO.fullmatch(text):
        return text
    folded = fold(text)
    if len(folded) < 6 or not any(c.isdecimal() for c in folded):
        return folded
    reading = read_date(folded)
    return reading.date.isoformat() if reading and reading.precision == "day" else folded


def code(column: Column, read: Reader = fold) -> Coded:
    """Normalise a column's distinct values with `read` and recode its rows.

    >>> from core import Table
    >>> coded = code(Table.of({"年齢": ["１２", "12", "40"]})["年齢"])
    >>> coded.codes.tolist(), coded.labels
    ([0, 0, 1], ('12', '40'))
    """
    seen: dict[str, int] = {}
    texts = column.texts
    recode = np.fromiter(
        (seen.setdefault(read(text), len(seen)) for text in texts), np.int32, len(texts)
    )
    if len(seen) == len(texts):
        return Coded(column.key, column.codes, tuple(seen))
    return Coded(column.key, recode[column.codes], tuple(seen))
