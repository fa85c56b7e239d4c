"""From a column of texts to one small integer per row, spellings of one value made one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from core import Codes, Column, Counts, each, fold
from language import FIRST_CHARACTERS, read_date, read_place

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

    @cached_property
    def ranks(self) -> npt.NDArray[np.int64] | None:
        """Place of each label in their order where all are numbers or all dates, else None.

        >>> [Coded("", np.array([0]), labels).ranks for labels in (("20", "100", "3"), ("a", "3"))]
        [array([1, 2, 0]), None]
        """
        readers: tuple[Callable[[str], float | None], ...] = (read_place, _day)
        for read in readers:
            found = list(takewhile(lambda n: n is not None, map(read, each(self.labels))))
            if len(found) == self.size:
                return np.unique(np.array(found, np.float64), return_inverse=True)[1].reshape(-1)
        return None


def canonical(text: str) -> str:
    """The form in which two spellings of one value compare equal: folded, a full date as ISO.

    Digits alone stay as they are: 3550401 is an income as often as a date.

    >>> canonical("１２"), canonical("S55.4.1"), canonical("2020/1/26 00:00")
    ('12', '1980-04-01', '2020-01-26')
    """
    if _ISO.fullmatch(text):
        return text
    folded = fold(text)
    if len(folded) < 6 or folded[0] not in FIRST_CHARACTERS or folded.isdecimal():
        return folded
    reading = read_date(folded)
    return reading.date.isoformat() if reading and reading.precision == "day" else folded


def code(column: Column, read: Reader = fold) -> Coded:
    """Normalise a column's distinct values with `read` and recode its rows.

    What `fold` and `canonical` make of a column is kept with it.

    >>> from core import Table
    >>> coded = code(Table.of({"年齢": ["１２", "12", "40"]})["年齢"])
    >>> coded.codes.tolist(), coded.labels
    ([0, 0, 1], ('12', '40'))
    """
    if read not in (fold, canonical):
        return _coded(column, read)
    if read not in column.memo:
        column.memo[read] = _coded(column, read)
    found: Coded = column.memo[read]
    return found


def _coded(column: Column, read: Reader) -> Coded:
    seen: dict[str, int] = {}
    texts = column.texts
    forms = [read(text) for text in each(texts)]
    if read is canonical:
        forms = _as_dates(forms)
    recode = np.fromiter((seen.setdefault(form, len(seen)) for form in forms), np.int32, len(texts))
    if len(seen) == len(texts):
        return Coded(column.key, column.codes, tuple(seen))
    return Coded(column.key, recode[column.codes], tuple(seen))


def _as_dates(forms: list[str]) -> list[str]:
    """Digits alone as ISO dates too, in a column of dates.

    Each value is read by itself: once others are suppressed, it must still be read the same.

    >>> _as_dates(["2020-01-26", "20200127", ""]), _as_dates(["2020-01-26", "99999999"])
    (['2020-01-26', '2020-01-27', ''], ['2020-01-26', '99999999'])
    """
    if not any(_ISO.fullmatch(form) for form in forms):
        return forms
    days = {form: read_date(form) for form in forms if form.isdecimal()}
    return [
        day.date.isoformat() if (day := days.get(form)) and day.precision == "day" else form
        for form in forms
    ]


def _day(text: str) -> float | None:
    reading = read_date(text)
    return None if reading is None else float(reading.date.toordinal())
