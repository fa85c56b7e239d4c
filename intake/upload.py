"""What comes in, a file's name and bytes, the user's corrections and the limits; and what a reader
makes of it: a reading, or a preview."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from core import InputError, LintNote, Schema, Source, Table
from language import Text, decode

Kind = Literal["data", "schema"]
Layout = Literal["register", "pia", "codes", "items", "list"]
"""How a schema is laid out in cells: a form, a table of codes or of items, a list of names."""


@dataclass(frozen=True)
class Upload:
    """A file as it arrived. The name is only ever shown, never used as a path."""

    name: str
    content: bytes = field(repr=False)

    @property
    def head(self) -> bytes:
        """The first 4 KB, by which most formats are recognised, without the BOM of UTF-8."""
        return self.content[:4096].removeprefix(codecs.BOM_UTF8)

    @property
    def ending(self) -> str:
        """The lower-case extension of the name, without the dot.

        >>> Upload("住民.CSV", b"").ending, Upload("../etc/passwd", b"").ending
        ('csv', '')
        """
        return PurePosixPath(self.name.replace("\\", "/")).suffix.lower().removeprefix(".")


class ReadOptions(BaseModel):
    """How to read one file. What is None is guessed, and the guess is told in its Source."""

    model_config = ConfigDict(frozen=True)

    encoding: str | None = None
    """A name from `ENCODINGS`."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    quote: str | None = Field(default=None, max_length=1)
    """The quoting character; "" for a file that does not quote."""
    sheet: str | None = None
    """A sheet of a workbook, or a named part of a schema file."""
    skip_rows: int | None = Field(default=None, ge=0)
    """Rows above the header to pass over (titles, dates, blank rows)."""
    header_rows: int | None = Field(default=None, ge=0, le=10)
    """How many rows the header takes; 0 if the file has none."""
    kind: Kind | None = None
    """Whether the file holds data or describes them."""
    layout: Layout | None = None
    """Of a schema in cells: how it is laid out, where the guess was wrong."""

    @classmethod
    def of(cls, source: Source) -> "ReadOptions":
        """The options that read a file again exactly as it was read.

        >>> ReadOptions.of(Source(name="a.csv", sha256="", kind="data", encoding="cp932")).encoding
        'cp932'
        """
        return cls(
            encoding=source.encoding,
            delimiter=source.delimiter,
            quote=source.quote,
            sheet=source.sheet,
            skip_rows=source.skip_rows,
            header_rows=source.header_rows,
            kind="schema" if source.kind == "schema" else "data",
        )

    def corrected(self, given: Mapping[str, Any]) -> "ReadOptions":
        """These options with what a form holds; 0 rows stand for rows that nobody stated.

        Where another table is read, its header is found anew, unless it was stated as well.

        >>> read = ReadOptions(sheet="表紙", skip_rows=1, header_rows=3)
        >>> other = read.corrected({"sheet": "名簿", "skip_rows": 1, "header_rows": 2})
        >>> other.sheet, other.skip_rows, other.header_rows
        ('名簿', None, 2)
        """
        chosen = self.model_copy(update=dict(given))
        another = any(getattr(self, name) != getattr(chosen, name) for name in _TABLE)
        untouched = [n for n in _HEADER if getattr(chosen, n) == (getattr(self, n) or 0)]
        found = {name: None if another else getattr(self, name) for name in untouched}
        return chosen.model_copy(update=found)


_TABLE = ("kind", "sheet", "encoding", "delimiter", "quote")
"""What decides which cells there are."""
_HEADER = ("skip_rows", "header_rows")


@dataclass(frozen=True)
class Limits:
    """What is refused, so that one file cannot take the desk down."""

    file_bytes: int = 512 << 20
    unpacked_bytes: int = 1 << 30
    """All members of a packed file (XLSX, ODS) together, after unpacking."""
    packing_ratio: int = 500
    """Unpacked over packed size of a member; a real sheet stays below about 100."""
    columns: int = 2_000
    rows: int = 5_000_000
    cells: int = 100_000_000
    schema_bytes: int = 8 << 20
    """A schema in text (YAML, JSON, SQL)."""
    schema_columns: int = 10_000

    def allow(self, rows: int = 0, columns: int = 0, cells: int | None = None) -> None:
        """Raises InputError where a table of so many rows and columns is not read."""
        cells = rows * columns if cells is None else cells
        for what, number in (("columns", columns), ("rows", rows), ("cells", cells)):
            limit = getattr(self, what)
            if number > limit:
                raise InputError.of(f"intake.file.too_many_{what}", limit=limit)


def allow_bytes(size: int, limit: int) -> None:
    """Raises InputError where `size` is above `limit`."""
    if size > limit:
        shown = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit / 1000:,.0f} KB"
        raise InputError.of("intake.file.too_large", limit=shown)


@dataclass(frozen=True)
class File(Upload):
    """An upload, how it is to be read, and its text, decoded once."""

    options: ReadOptions = field(default_factory=ReadOptions)
    limits: Limits = Limits()

    @cached_property
    def text(self) -> Text:
        """What the file says, by the encoding chosen or found. Raises InputError as `decode`."""
        return decode(self.content, self.options.encoding)


@dataclass(frozen=True)
class Preview:
    """Raw rows, title and header included, for the screen only: they hold cell values.

    `rows` is empty for files that are not rows of cells (YAML, JSON, SQL, Parquet). The choices
    are those that make sense for the file. A definition that is a part of a sheet is no sheet: the
    first sheet is shown, and the parts to choose from are in its Source.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    encodings: tuple[str, ...] = ()
    delimiters: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One file, or one part of it, as it was read: a table, or schemas."""

    source: Source
    table: Table | None = None
    schemas: tuple[tuple[str, Schema], ...] = ()
    """Candidates with the names of their parts; the best match is taken."""
    lint: tuple[LintNote, ...] = ()
