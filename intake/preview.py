"""The first rows of a file as they stand, beside what can be chosen, to correct a guess."""

from dataclasses import dataclass

from core import InputError
from intake import problems
from intake.decoding import ENCODINGS
from intake.delimited import open_text
from intake.dialect import DELIMITERS
from intake.documents import LAID, laid_tables
from intake.encoding import decode
from intake.formats import Format, detect
from intake.upload import Limits, ReadOptions, Upload
from intake.workbook import Workbook


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


def preview(
    upload: Upload,
    options: ReadOptions | None = None,
    rows: int = 20,
    limits: Limits | None = None,
) -> Preview:
    """The first rows of a file, read with the options. Raises InputError as `read` does."""
    try:
        return _preview(upload, options or ReadOptions(), rows, limits or Limits())
    except InputError:
        raise
    except Exception as error:
        raise problems.unreadable(upload.name, type(error).__name__) from None


def _preview(upload: Upload, options: ReadOptions, count: int, limits: Limits) -> Preview:
    name, content = upload.name, upload.content
    if len(content) > limits.file_bytes:
        raise problems.too_large(name, limits.file_bytes)
    kind = detect(name, content)
    if kind in (Format.XLSX, Format.XLS, Format.XLSB, Format.ODS):
        with Workbook(name, content, kind, limits) as book:
            sheets = tuple(sheet.name for sheet in book.sheets)
            chosen = options.sheet or next(iter(sheets), "")
            if chosen not in sheets and options.kind != "schema":
                raise problems.no_such_sheet(name)
            named = chosen in sheets
            sheet = book.sheet(chosen if named else sheets[0])
            seen = _tuples(sheet.rows(count) if sheet else [])
            return Preview(seen, sheets=sheets if named else ())
    if kind in LAID:
        text, tables = laid_tables(name, content, kind, options, limits)
        sheets = tuple(table.name for table in tables)
        named = options.sheet in (None, *sheets)
        if not named and options.kind != "schema":
            raise problems.no_such_sheet(name)
        table = next((t for t in tables if t.name == options.sheet), tables[0])
        choices = sheets if named else ()
        return Preview(_tuples(table.rows(count)), ENCODINGS if text else (), sheets=choices)
    if kind is not Format.TEXT:
        return Preview(encodings=() if kind is Format.PARQUET else ENCODINGS)
    opened = open_text(name, decode(name, content, options.encoding), options, limits)
    return Preview(_tuples(opened.rows(count)), ENCODINGS, DELIMITERS)


def _tuples(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
