"""CSV and TSV: read as text by Arrow, or row by row where rows or quotes are uneven."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from core import LintNote, Table
from intake import problems
from intake.columns import ColumnBuilder
from intake.decoding import Text
from intake.dialect import Dialect, find_dialect, is_fixed_width
from intake.grid import Header, Loaded, Span
from intake.lint.note import matches, note_rows
from intake.upload import Limits, ReadOptions

_SAMPLE = 1 << 18
csv.field_size_limit(1 << 24)


@dataclass(frozen=True)
class Delimited:
    """A decoded delimited text."""

    name: str
    text: Text
    dialect: Dialect
    limits: Limits
    by_line: bool = False
    """Every line is a record, because some quote is never closed."""

    @property
    def merged(self) -> tuple[Span, ...]:
        """Text has no merged areas."""
        return ()

    def rows(self, limit: int) -> list[list[str]]:
        """The first records, at most `limit`."""
        rows = list(islice((row for row, _ in self._records()), limit))
        if max(map(len, rows), default=0) > self.limits.columns:
            raise problems.too_many(self.name, "columns", self.limits.columns)
        return rows

    def load(self, header: Header) -> Loaded:
        """The table below a header. Short rows are filled up; what is too long is kept."""
        loaded = (None if self.by_line else self._fast(header)) or self._slow(header)
        if not self.by_line and _swallows_rows(loaded.table, self.dialect.delimiter):
            return replace(self, by_line=True).load(header)
        if loaded.table.rows > self.limits.rows:
            raise problems.too_many(self.name, "rows", self.limits.rows)
        return loaded

    def _records(self) -> Iterator[tuple[list[str], bool]]:
        """Each record, and whether its quotes are broken."""
        try:
            if not self.by_line:
                yield from ((row, False) for row in self.dialect.reader(self._lines()))
                return
            plain = Dialect(self.dialect.delimiter, "")
            for line in self._lines():
                text = line.rstrip("\r\n")
                try:
                    row = next(iter(self.dialect.reader([text], strict=True)), [])
                    yield row, False
                except csv.Error:
                    yield next(iter(plain.reader([text])), []), True
        except csv.Error:
            raise problems.damaged(self.name) from None

    def _lines(self) -> Iterable[str]:
        return io.TextIOWrapper(pa.BufferReader(self.text.utf8), encoding="utf-8", newline="")

    def _body(self, records: int) -> memoryview:
        """The bytes after a number of records."""
        size = 0

        def counted() -> Iterator[str]:
            nonlocal size
            for line in self._lines():
                size += len(line.encode("utf-8"))
                yield line

        for _ in islice(self.dialect.reader(counted()), records):
            pass
        return self.text.utf8[size:]

    def _fast(self, header: Header) -> Loaded | None:
        """The whole table by Arrow; None where the rows are uneven."""
        delimiter, quote = self.dialect.delimiter, self.dialect.quote
        body = self._body(header.skip + header.rows)
        if not header.names or not len(body) or not delimiter.isascii():
            return None
        keys = [str(i) for i in range(len(header.names))]
        try:
            table = arrow_csv.read_csv(
                pa.py_buffer(body),
                read_options=arrow_csv.ReadOptions(column_names=keys, block_size=1 << 23),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=delimiter,
                    quote_char=quote or False,
                    newlines_in_values=bool(quote) and self.text.count(quote) > 0,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(keys, pa.string()),
                    strings_can_be_null=False,
                    check_utf8=False,
                ),
            )
        except pa.ArrowInvalid:  # its text quotes the row: it must not travel on
            return None
        return Loaded(Table.from_arrow(header.names, table.columns))

    def _slow(self, header: Header) -> Loaded:
        width = len(header.names)
        builder = ColumnBuilder(self.name, self.limits)
        uneven: list[int] = []
        broken: list[int] = []
        records = islice(self._records(), header.skip + header.rows, None)
        for number, (row, is_broken) in enumerate(((r, b) for r, b in records if r), 1):
            if len(row) != width:
                uneven.append(number)
            if is_broken:
                broken.append(number)
            builder.add(row)
        return Loaded(builder.table(header.names), lint=(*_ragged(uneven), *_open_quotes(broken)))


def open_text(name: str, text: Text, options: ReadOptions, limits: Limits) -> Delimited:
    """A delimited text with its dialect found. Raises InputError for fields of fixed length."""
    sample = bytes(text.utf8[:_SAMPLE]).decode("utf-8", "ignore")
    if len(text.utf8) > _SAMPLE and "\n" in sample:
        sample = sample[: sample.rindex("\n") + 1]
    dialect = find_dialect(sample, options.delimiter, options.quote)
    if options.delimiter is None and is_fixed_width(sample, dialect):
        raise problems.fixed_width(name)
    opened = Delimited(name, text, dialect, limits)
    return replace(opened, by_line=_is_left_open(opened))


def _is_left_open(opened: Delimited) -> bool:
    """Whether a quote is never closed: their number is odd, and a strict reader objects."""
    quote = opened.dialect.quote
    if not quote or opened.text.count(quote) % 2 == 0:
        return False
    try:
        for _ in opened.dialect.reader(opened._lines(), strict=True):
            pass
    except csv.Error:
        return True
    return False


def _swallows_rows(table: Table, delimiter: str) -> bool:
    """Whether some cell holds a whole further row: two stray quotes with rows between them."""
    between = len(table.columns) - 1
    if not 0 < between < 1000:
        return False
    mark = f"\\x{{{ord(delimiter):X}}}"
    row = rf"\n[^{mark}\n]*(?:{mark}[^{mark}\n]*){{{between}}}\r?\n"
    return any(bool(matches(column.values, row).any()) for column in table)


def _ragged(rows: list[int]) -> list[LintNote]:
    return note_rows(
        "ragged_rows",
        np.array(rows, dtype=np.int64),
        f"セルの数が項目名と違う行が {len(rows):,} 行あります。足りないセルは空欄とし、"
        "余ったセルは名前のない列として読みました。区切り文字と引用符を確かめてください。",
        f"{len(rows):,} rows have more or fewer cells than the header. Missing cells were read as "
        "blank, extra cells as unnamed columns. Check the delimiter and the quotes.",
    )


def _open_quotes(rows: list[int]) -> list[LintNote]:
    return note_rows(
        "open_quote",
        np.array(rows, dtype=np.int64),
        '引用符（"）が閉じていない行があります。1行を1件として、引用符も文字として読みました。',
        "Quotes are left open. Each line was read as one record, with the quote as a character.",
    )
