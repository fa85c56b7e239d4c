"""Quasi-identifiers coded for counting: one number per row, spellings of one value made one."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core import Codes, Column, ColumnType
from measure import Coded
from rules.detect.profile import Profile
from rules.detect.values.time import days_of

_DATES = frozenset({ColumnType.BIRTH_DATE, ColumnType.DATE, ColumnType.DATE_OF_DEATH})


def coded(column: Column, type_: ColumnType, profile: Profile) -> Coded:
    """A column with full dates as days and other values folded.

    >>> from core import Table
    >>> column = Table.of({"生年月日": ["S55.4.1", "1980-04-01", "不明"]})["生年月日"]
    >>> coded(column, ColumnType.BIRTH_DATE, Profile.of(column)).codes.tolist()
    [0, 0, 1]
    """
    texts = pc.replace_substring_regex(profile.lower, r"\s+", " ")
    if type_ in _DATES:
        days = days_of(profile)
        texts = pc.if_else(pa.array(days > 0), pc.cast(pa.array(days), pa.string()), texts)
    encoded = texts.dictionary_encode()
    codes = np.asarray(encoded.indices, dtype=np.int32)[column.codes]
    return Coded(column.key, codes, tuple(encoded.dictionary.to_pylist()))


def shared_codes(left: Coded, right: Coded) -> tuple[Codes, Codes]:
    """The rows of both columns renumbered so that equal texts have equal codes.

    Empty texts equal nothing: those of the right side are numbered apart.
    """
    number = {label: i for i, label in enumerate(left.labels)}
    other = np.array(
        [number.get(text, len(number) + i) if text else -2 for i, text in enumerate(right.labels)],
        dtype=np.int32,
    )
    ours = np.array([i if text else -1 for i, text in enumerate(left.labels)], dtype=np.int32)
    return ours[left.codes], other[right.codes]
