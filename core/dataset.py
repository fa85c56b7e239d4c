"""A dataset as the whole house sees it: coded text columns and a declared schema.

Everything is text as it stood in the file. A column is kept as its distinct values and
one code per row, so that whoever comes next works on the counts and not on the rows.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from core.case import Subject
from core.message import Message
from core.text import fold

_WORDS = re.compile(r"[\s（）()［］\[\]「」【】:：。]+")
Codes = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a table.

    `codes` has shape (rows,), each in range(len(values)); `values` holds the distinct
    texts in order of first appearance, untouched ("" for an empty cell, never null).
    """

    key: str
    """How people and JSON name it: the header, `#7` if unnamed, `header#7` if repeated."""
    header: str
    position: int
    """1-based position in the file."""
    codes: Codes = field(repr=False)
    values: pa.StringArray = field(repr=False)

    @cached_property
    def counts(self) -> Counts:
        """How many rows hold each value: shape (len(values),)."""
        return np.bincount(self.codes, minlength=len(self.values)).astype(np.int64)

    @cached_property
    def texts(self) -> list[str]:
        """The distinct values as Python strings."""
        texts: list[str] = self.values.to_pylist()
        return texts

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """What was made of the column, for those who read it again; it goes with the column."""
        return {}

    def rows_of(self, code: int) -> npt.NDArray[np.int64]:
        """1-based row numbers that hold a value."""
        return np.flatnonzero(self.codes == code) + 1


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length.

    >>> table = Table.of({"区": ["北区", "南区", "北区"], "": ["", "", ""]})
    >>> table.keys, table.rows, table["区"].counts.tolist()
    (['区', '#2'], 3, [2, 1])
    """

    columns: tuple[Column, ...]
    rows: int

    @classmethod
    def of(cls, data: "dict[str, Sequence[str]] | Sequence[tuple[str, Sequence[str]]]") -> "Table":
        """A table from headers and texts, for demonstrations and tests."""
        pairs = list(data.items()) if isinstance(data, dict) else list(data)
        return cls.from_arrow([h for h, _ in pairs], [pa.array(v, pa.string()) for _, v in pairs])

    @classmethod
    def from_arrow(
        cls, headers: Sequence[str], arrays: "Sequence[pa.Array | pa.ChunkedArray]"
    ) -> "Table":
        """A table from string arrays of equal length; nulls become empty texts.

        A dictionary array (of strings, without nulls) is taken as it is.
        """
        keys = column_keys(headers)
        columns = []
        for position, (key, header, array) in enumerate(zip(keys, headers, arrays, strict=True), 1):
            codes, values = _encode(array)
            columns.append(Column(key, header, position, codes, values))
        rows = len(columns[0].codes) if columns else 0
        return cls(tuple(columns), rows)

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {c.key: c for c in self.columns}

    @property
    def keys(self) -> list[str]:
        """The columns' keys in file order."""
        return [c.key for c in self.columns]

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def frame(self, start: int = 0, stop: int | None = None) -> pd.DataFrame:
        """Rows start..stop (0-based, stop excluded) as text, for a screen or a file."""
        taken = {c.key: c.values.take(pa.array(c.codes[start:stop])) for c in self.columns}
        frame: pd.DataFrame = pa.table(taken).to_pandas()
        return frame


def _use_lean_pool() -> None:
    """Let pyarrow give back what it no longer needs.

    Its usual pool holds on to freed blocks: on 100,000 rows by 12 columns the process peaks 80 MB
    higher. jemalloc is not in every build; the system's allocator always is.
    """
    try:
        pool = pa.jemalloc_memory_pool()
    except NotImplementedError:
        pool = pa.system_memory_pool()
    pa.set_memory_pool(pool)


_use_lean_pool()


def column_keys(headers: Sequence[str]) -> list[str]:
    """A unique key for each header.

    >>> column_keys(["氏名", "", "氏名"])
    ['氏名', '#2', '氏名#3']
    """
    keys: list[str] = []
    seen: set[str] = set()
    for position, header in enumerate(headers, 1):
        key = header.strip() or f"#{position}"
        while key in seen:
            key = f"{key}#{position}"
        seen.add(key)
        keys.append(key)
    return keys


def _encode(array: "pa.Array | pa.ChunkedArray") -> tuple[Codes, pa.StringArray]:
    encoded = array
    if not pa.types.is_dictionary(array.type):
        texts = array.cast(pa.string()).fill_null("")
        if isinstance(texts, pa.ChunkedArray):  # one piece first: joining dictionaries is slow
            texts = texts.combine_chunks()
        encoded = texts.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):  # more text than one piece can hold
        encoded = encoded.unify_dictionaries().combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):
            empty = pa.array([], pa.string()).dictionary_encode()
            encoded = encoded.chunk(0) if encoded.num_chunks else empty
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int32)
    return codes, encoded.dictionary


class Source(BaseModel):
    """A file that was read, as it is reported to people."""

    model_config = ConfigDict(frozen=True)

    name: str
    sha256: str
    kind: str
    """`data` or `schema`."""
    rows: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    """The sheet of a workbook, or the named part of a schema file, that was read."""
    sheets: tuple[str, ...] = ()
    """The sheets or parts that can be chosen instead; empty where there is only one."""
    quote: str | None = None
    skip_rows: int | None = None
    """How many rows above the header were passed over."""
    header_rows: int | None = None
    """How many rows the header takes; 0 where the file has none."""
    layout: str | None = None
    notes: tuple[Message, ...] = ()
    """What was understood, assumed or left out while reading."""
    subject: Subject | None = None
    """What its rows are about, once it was looked at."""

    def told(self, *notes: Message, **facts: Any) -> Self:
        """The same with further notes and facts on how it was read."""
        return self.model_copy(update={**facts, "notes": (*self.notes, *notes)})


class DeclaredColumn(BaseModel):
    """One item (項目) of a schema."""

    model_config = ConfigDict(frozen=True)

    name: str
    position: int
    description: str = ""
    type_text: str = ""
    """The declared type in the schema's own words (string, 数字, CHAR …)."""
    format: str = ""
    pattern: str = ""
    """A regular expression (RE2) that a value must hold, anchored where it must hold all of it."""
    exact: bool = False
    """Whether the type is for machines and taken at its word."""
    length: int | None = None
    """Characters of the longest value."""
    shortest: int | None = None
    """Characters of the shortest value."""
    required: bool = False
    unique: bool = False
    """Whether no two rows may hold the same value."""
    allowed: tuple[str, ...] = ()
    """Declared list of values, read from an enum or from prose."""
    exact_values: bool = False
    """Whether the list is an enum, which `Ａ` and `a` do not meet where it says `A`."""
    labels: tuple[str, ...] = ()
    """What each allowed value stands for, in the same order; empty where the schema is silent."""
    minimum: float | date | None = None
    maximum: float | date | None = None
    beyond_minimum: bool = False
    """Whether the minimum itself is out of range."""
    beyond_maximum: bool = False
    missing: tuple[str, ...] = ()
    """Values that stand for an empty cell."""
    blank_allowed: bool = True

    @property
    def other_names(self) -> frozenset[str]:
        """What the description calls the item, folded: a logical name first, a physical one last.

        >>> item = DeclaredColumn(name="sex", position=1, description="性別（1:男 2:女） SEX_CD")
        >>> sorted(item.other_names)
        ['sex_cd', '性別']
        """
        words = [fold(word) for word in _WORDS.split(self.description[:300]) if word]
        return frozenset({words[0], words[-1]} if words else ())


class Schema(BaseModel):
    """What a proposal, register or definition says the data holds."""

    model_config = ConfigDict(frozen=True)

    name: str
    layout: str
    """openapi, json_schema, table_schema, register, pia, database, gif, sql, code_list, list …"""
    columns: tuple[DeclaredColumn, ...]
    purpose: str = ""
    record_scope: str = ""
    collection: str = ""
    special_care: bool | None = None
    """What the register itself says about 要配慮個人情報; None where it is silent."""
    ordinance_special_care: bool | None = None
    """The same about 条例要配慮個人情報."""
    recipients: tuple[str, ...] = ()
    blank_fields: tuple[str, ...] = ()
    """Of a register: which of purpose, record_scope, collection, special_care and recipients
    it leaves blank or does not have. "None" written out is not blank."""


class LintNote(BaseModel):
    """A breach of the rules for machine-readable tables."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: Message
    row: int | None = None
    column: str | None = None
    count: int = 1
    """How many rows (or columns, for a note on headers) are concerned."""
    rows: tuple[int, ...] = ()
    """The first of the rows, at most 20."""


@dataclass(frozen=True)
class Dataset:
    """What was uploaded as one dataset: a table, a schema, or both."""

    name: str
    table: Table | None = None
    schema: Schema | None = None
    sources: tuple[Source, ...] = ()
    lint: tuple[LintNote, ...] = ()
