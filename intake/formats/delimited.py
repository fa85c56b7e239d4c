"""Delimited text (CSV, TSV …): the delimiter and the quotes are found by how evenly they cut.

Read as text by Arrow, or row by row where rows or quotes are uneven.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import pyarrow as pa
from pyarrow import csv as arrow_csv

from core import InputError, Source, Table
from intake.formats import Format, Rank
from intake.sheets import read_rows
from intake.table.grid import ColumnBuilder, Header, Loaded, Span
from intake.table.lint import matches, note_rows
from intake.upload import File, Limits, Preview, Reading
from language import ENCODINGS, Text

DELIMITERS = (",", "\t", ";", "|", "、", "，")
"""The delimiters that are tried."""
_SAMPLE = 1 << 18
"""Bytes that delimiter and quotes are found by."""
_FIXED_LINES, _FIXED_BYTES = 3, 20
"""Fewer or shorter lines may be equally long by chance."""
_PADDING = re.compile(r"[0-9\w](?: {2,}|　+)(?=\S)|(?: {2,}|　+)$")
_WIDEST = 1000
"""Beyond so many columns no swallowed row is looked for: the pattern grows with them."""
csv.field_size_limit(1 << 24)


@dataclass(frozen=True)
class Dialect:
    """How a delimited text is cut; `quote` is "" where nothing is quoted."""

    delimiter: str
    quote: str

    def reader(self, lines: Iterable[str], strict: bool = False) -> Iterator[list[str]]:
        """A csv reader of this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            strict=strict,
        )


def find_dialect(sample: str, delimiter: str | None = None, quote: str | None = None) -> Dialect:
    """The dialect of a sample of whole lines, as far as it was not stated.

    >>> find_dialect("a;b,c;d\\n1;2,5;3\\n")
    Dialect(delimiter=';', quote='"')
    """
    candidates = [delimiter] if delimiter else DELIMITERS
    quotes = [quote] if quote is not None else ['"']
    if quote is None and _is_single_quoted(sample):
        quotes = ["'"]
    tried = [Dialect(d, q) for d in candidates for q in quotes]
    return max(tried, key=lambda dialect: _score(sample, dialect))


def is_fixed_width(sample: str, dialect: Dialect) -> bool:
    """Whether nothing separates the fields of equally long lines but padding.

    >>> is_fixed_width("0001佐藤　　19800101男\\n" * 3, Dialect(",", '"'))
    True
    >>> is_fixed_width("あいうえお\\nかきくけこ\\n", Dialect(",", '"'))
    False
    """
    lines = [line for line in sample.splitlines() if line.strip()]
    if len(lines) < _FIXED_LINES or any(dialect.delimiter in line for line in lines):
        return False
    lengths = {len(line.encode("cp932", "replace")) for line in lines}
    padded = sum(bool(_PADDING.search(line)) for line in lines)
    return len(lengths) == 1 and min(lengths) >= _FIXED_BYTES and padded >= len(lines) / 2


def _score(sample: str, dialect: Dialect) -> tuple[float, int, float]:
    try:
        widths = [len(row) for row in dialect.reader(io.StringIO(sample, newline="")) if row]
    except csv.Error:
        return (0.0, 0, 0.0)
    if not widths:
        return (0.0, 0, 0.0)
    width, rows = Counter(widths).most_common(1)[0]
    share = rows / len(widths)
    return (round(share, 1) if width > 1 else 0.0, width, share)


def _is_single_quoted(sample: str) -> bool:
    """Whether every line stands in single quotes; the line of names may do without."""
    lines = [line for line in sample.splitlines()[:20] if line.strip()]
    body = lines[1:] if len(lines) > 2 else lines
    return bool(body) and all(line[0] == line.rstrip()[-1] == "'" for line in body)


@dataclass(frozen=True)
class Delimited:
    """A decoded delimited text."""

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
        self.limits.allow(columns=max(map(len, rows), default=0))
        return rows

    def load(self, header: Header) -> Loaded:
        """The table below a header. Short rows are filled up; what is too long is kept."""
        loaded = (None if self.by_line else self._fast(header)) or self._slow(header)
        if not self.by_line and _swallows_rows(loaded.table, self.dialect.delimiter):
            return replace(self, by_line=True).load(header)
        self.limits.allow(rows=loaded.table.rows)
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
            raise InputError.of("intake.file.damaged") from None

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
        builder = ColumnBuilder(self.limits)
        uneven: list[int] = []
        broken: list[int] = []
        records = islice(self._records(), header.skip + header.rows, None)
        for number, (row, is_broken) in enumerate(((r, b) for r, b in records if r), 1):
            if len(row) != width:
                uneven.append(number)
            if is_broken:
                broken.append(number)
            builder.add(row)
        lint = (*note_rows("ragged_rows", uneven), *note_rows("open_quote", broken))
        return Loaded(builder.table(header.names), lint=lint)


def _opened(file: File) -> Delimited:
    """A delimited text with its dialect found. Raises InputError for fields of fixed length."""
    text, options = file.text, file.options
    sample = text.sample(_SAMPLE)
    if len(text.utf8) > _SAMPLE and "\n" in sample:
        sample = sample[: sample.rindex("\n") + 1]
    dialect = find_dialect(sample, options.delimiter, options.quote)
    if options.delimiter is None and is_fixed_width(sample, dialect):
        raise InputError.of("intake.file.fixed_width")
    opened = Delimited(text, dialect, file.limits)
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
    if not 0 < between < _WIDEST:
        return False
    mark = f"\\x{{{ord(delimiter):X}}}"
    row = rf"\n[^{mark}\n]*(?:{mark}[^{mark}\n]*){{{between}}}\r?\n"
    return any(bool(matches(column.values, row).any()) for column in table)


def _read(source: Source, file: File) -> list[Reading]:
    opened = _opened(file)
    cut = {"delimiter": opened.dialect.delimiter, "quote": opened.dialect.quote}
    source = source.told(*opened.text.notes, encoding=opened.text.encoding, **cut)
    return [read_rows(source, opened, file.options)]


def _preview(file: File, rows: int) -> Preview:
    shown = _opened(file).rows(rows)
    return Preview(tuple(map(tuple, shown)), ENCODINGS, DELIMITERS)


FORMATS = (
    Format(
        "delimited",
        Rank.TEXT,
        lambda upload: True,
        _read,
        _preview,
        endings=("csv", "tsv", "tab"),
    ),
)
