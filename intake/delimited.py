"""CSV and TSV: read as text by Arrow, or row by row where the rows are uneven."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import pyarrow as pa
from pyarrow import csv as arrow_csv

from core import LintNote, Message, Table
from intake import problems
from intake.columns import ColumnBuilder
from intake.dialect import Dialect, find_dialect
from intake.encoding import Text
from intake.grid import Header, Loaded, Span
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
    notes: tuple[Message, ...] = ()

    @property
    def merged(self) -> tuple[Span, ...]:
        """Text has no merged areas."""
        return ()

    def rows(self, limit: int) -> list[list[str]]:
        """The first records, at most `limit`."""
        return list(islice(self._records(), limit))

    def load(self, header: Header) -> Loaded:
        """The table below a header. Short rows are filled up; what is too long is kept."""
        width = max(len(header.names), 1)
        if width > self.limits.columns:
            raise problems.too_many(self.name, "columns", self.limits.columns)
        body = self._body(header.skip + header.rows)
        loaded = self._fast(header.names, body) or self._slow(header, width)
        if loaded.table.rows > self.limits.rows:
            raise problems.too_many(self.name, "rows", self.limits.rows)
        return Loaded(loaded.table, (*self.notes, *loaded.notes), loaded.lint)

    def _records(self) -> Iterator[list[str]]:
        stream = io.TextIOWrapper(pa.BufferReader(self.text.utf8), encoding="utf-8", newline="")
        try:
            yield from self.dialect.reader(stream)
        except csv.Error:
            raise problems.damaged(self.name) from None

    def _body(self, records: int) -> memoryview:
        """The bytes after a number of records."""
        if not records:
            return self.text.utf8
        stream = io.TextIOWrapper(pa.BufferReader(self.text.utf8), encoding="utf-8", newline="")
        size = 0

        def counted() -> Iterator[str]:
            nonlocal size
            for line in stream:
                size += len(line.encode("utf-8"))
                yield line

        reader = self.dialect.reader(counted())
        for _ in islice(reader, records):
            pass
        return self.text.utf8[size:]

    def _fast(self, names: tuple[str, ...], body: memoryview) -> Loaded | None:
        """The whole table by Arrow; None where the rows are uneven."""
        delimiter, quote = self.dialect.delimiter, self.dialect.quote
        if not names or not len(body) or len(delimiter.encode()) > 1 or self._has_open_quote:
            return None
        keys = [str(i) for i in range(len(names))]
        quoted = bool(quote) and self.text.count(quote) > 0
        try:
            table = arrow_csv.read_csv(
                pa.py_buffer(body),
                read_options=arrow_csv.ReadOptions(column_names=keys, block_size=1 << 23),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=delimiter,
                    quote_char=quote or False,
                    newlines_in_values=quoted,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(keys, pa.string()),
                    strings_can_be_null=False,
                    check_utf8=False,
                ),
            )
        except pa.ArrowInvalid:  # its text quotes the row: it must not travel on
            return None
        return Loaded(Table.from_arrow(names, table.columns))

    @cached_property
    def _has_open_quote(self) -> bool:
        quote = self.dialect.quote
        return bool(quote) and self.text.count(quote) % 2 == 1

    def _slow(self, header: Header, width: int) -> Loaded:
        builder = ColumnBuilder(self.name, self.limits)
        records = islice(self._records(), header.skip + header.rows, None)
        uneven = 0
        first: int | None = None
        for number, row in enumerate((r for r in records if r), 1):
            if len(row) != width:
                uneven += 1
                first = first or number
            builder.add(row)
        table = builder.table(header.names)
        if not uneven:
            return Loaded(table)
        return Loaded(table, lint=(ragged(first, uneven),))


def ragged(row: int | None, count: int) -> LintNote:
    """Rows with more or fewer cells than the header."""
    return LintNote(
        code="ragged_rows",
        row=row,
        count=count,
        message=Message(
            ja=f"セルの数が見出しと違う行が {count:,} 行あります。足りないセルは空欄とし、"
            "余ったセルは名前のない列として読みました。",
            en=f"{count:,} rows have more or fewer cells than the header. "
            "Missing cells were read as blank, extra cells as unnamed columns.",
        ),
    )


def open_text(name: str, text: Text, options: ReadOptions, limits: Limits) -> Delimited:
    """A delimited text with its dialect found."""
    sample = bytes(text.utf8[:_SAMPLE]).decode("utf-8", "ignore")
    if len(text.utf8) > _SAMPLE and "\n" in sample:
        sample = sample[: sample.rindex("\n") + 1]
    dialect = find_dialect(sample, options.delimiter, options.quote)
    return Delimited(name, text, dialect, limits)
