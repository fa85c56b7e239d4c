"""One column as the detectors see it: distinct values, normalised once, with their counts."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core import Column, Counts
from language import DITTO_WORDS, MISSING_WORDS

_Read = TypeVar("_Read")
Mask = npt.NDArray[np.bool_]
"""One truth value per distinct value: shape (values,)."""

_MISSING = pa.array(sorted(MISSING_WORDS), pa.string())
_DITTO = pa.array(sorted(DITTO_WORDS), pa.string())
_MARKS = pa.array(["x", "xx", "xxx"], pa.string())


class Profile:
    """The distinct values of a column and how many rows hold each.

    Patterns run on the distinct values through RE2, whose time is linear in the text, so no
    input can make them blow up; row counts follow from `counts`.

    Args:
        values: the distinct texts as they stood in the file.
        counts: rows per value, same length.
    """

    def __init__(self, values: pa.StringArray, counts: Counts) -> None:
        self.raw = values
        self.counts = counts
        self._matched: dict[str, Mask] = {}
        self._kept: dict[str, Any] = {}

    @classmethod
    def of(cls, column: Column) -> "Profile":
        """The profile of a table's column."""
        return cls(column.values, column.counts)

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def texts(self) -> pa.StringArray:
        """The values in NFKC without surrounding white space."""
        return pc.utf8_trim_whitespace(pc.utf8_normalize(self.raw, form="NFKC"))

    @cached_property
    def lower(self) -> pa.StringArray:
        """The normalised values in lower case."""
        return pc.utf8_lower(self.texts)

    @cached_property
    def empty(self) -> Mask:
        """Values with nothing in them."""
        return as_mask(pc.equal(pc.utf8_length(self.texts), 0))

    @cached_property
    def missing(self) -> Mask:
        """Empty values and words for "missing" such as 非公表; not an x that is the only mark."""
        words = as_mask(pc.is_in(self.lower, value_set=_MISSING))
        marks = as_mask(pc.is_in(self.lower, value_set=_MARKS))
        return (words & ~marks if (words | self.empty).all() else words) | self.empty

    @cached_property
    def ditto(self) -> Mask:
        """Words for "the same as above", such as 〃; they are among the missing ones."""
        return self.missing & as_mask(pc.is_in(self.lower, value_set=_DITTO))

    @cached_property
    def present(self) -> Mask:
        """Values that say something."""
        return ~self.missing

    @cached_property
    def of_rows(self) -> int:
        """Rows that say something: the denominator of every support."""
        return self.rows(self.present)

    @cached_property
    def distinct(self) -> int:
        """Distinct values that say something."""
        return int(self.present.sum())

    @cached_property
    def lengths(self) -> npt.NDArray[np.int32]:
        """Characters per normalised value."""
        return np.asarray(pc.utf8_length(self.texts), dtype=np.int32)

    def rows(self, mask: Mask) -> int:
        """How many rows hold a value of the mask."""
        return int(self.counts[mask].sum())

    def ratio(self, mask: Mask) -> float:
        """Share of the rows that say something, 0–1."""
        return self.rows(mask & self.present) / self.of_rows if self.of_rows else 0.0

    def matches(self, pattern: str) -> Mask:
        """Which values a RE2 pattern finds anywhere in the lower-case text."""
        if pattern not in self._matched:
            self._matched[pattern] = as_mask(pc.match_substring_regex(self.lower, pattern))
        return self._matched[pattern]

    def once(self, what: str, read: "Callable[[Profile], _Read]") -> "_Read":
        """What `read` makes of this profile, read once and kept as long as the profile."""
        if what not in self._kept:
            self._kept[what] = read(self)
        kept: _Read = self._kept[what]
        return kept

    def strings(self, mask: Mask) -> list[str]:
        """The normalised texts of a mask."""
        texts: list[str] = self.texts.filter(pa.array(mask)).to_pylist()
        return texts

    def sampled(self, size: int) -> "Profile":
        """A profile of `size` distinct values that say something, evenly spaced."""
        indices = np.flatnonzero(self.present)
        if len(indices) > size:
            indices = indices[np.linspace(0, len(indices) - 1, size).astype(np.int64)]
        return Profile(self.raw.take(pa.array(indices)), self.counts[indices])


def as_mask(array: "pa.Array | pa.BooleanArray") -> Mask:
    """An arrow truth array as numpy; null counts as false."""
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
