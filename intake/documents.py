"""Files that are not rows of cells: schemas (YAML, JSON, SQL), records, tables in documents."""

from core import Source
from intake import problems
from intake.decoding import Text
from intake.encoding import decode
from intake.formats import Format
from intake.laid import LaidTable
from intake.lint import lint
from intake.markup import html_tables, xml_sheets
from intake.pairing import Parsed
from intake.records import load_json_records, load_parquet
from intake.schema import parse_document
from intake.sheets import read_tables
from intake.upload import Limits, ReadOptions
from intake.word import word_tables


def read_document(
    source: Source, content: bytes, kind: Format, options: ReadOptions, limits: Limits
) -> Parsed:
    """A schema or a table of records."""
    if kind is Format.PARQUET:
        table = load_parquet(source.name, content, limits)
        return Parsed(source.model_copy(update={"rows": table.rows}), table, lint=lint(table))
    if kind is Format.JSON and options.kind != "schema":
        records = load_json_records(source.name, content, options, limits)
        if records is not None:
            text, table = records
            notes = (*source.notes, *text.notes)
            told = {"rows": table.rows, "encoding": text.encoding, "notes": notes}
            return Parsed(source.model_copy(update=told), table, lint=lint(table))
    text, schemas, said = parse_document(source.name, content, kind, options, limits)
    parts = tuple(name for name, _ in schemas) if len(schemas) > 1 else ()
    schemas = [s for s in schemas if options.sheet in (None, s[0])]
    if not schemas:
        raise problems.no_such_sheet(source.name)
    told = {
        "kind": "schema",
        "encoding": text.encoding,
        "layout": schemas[0][1].layout,
        "notes": (*source.notes, *text.notes, *said),
        "sheet": options.sheet,
        "sheets": parts,
    }
    return Parsed(source.model_copy(update=told), None, tuple(schemas))


LAID = (Format.HTML, Format.XML, Format.DOCX)
"""Documents that tables stand in."""


def read_laid(
    source: Source, content: bytes, kind: Format, options: ReadOptions, limits: Limits
) -> list[Parsed]:
    """The tables of a web page, an XML spreadsheet or a Word document."""
    text, tables = laid_tables(source.name, content, kind, options, limits)
    if text:
        told = {"encoding": text.encoding, "notes": (*source.notes, *text.notes)}
        source = source.model_copy(update=told)
    return read_tables(source, tuple(t.name for t in tables), tables, options)


def laid_tables(
    name: str, content: bytes, kind: Format, options: ReadOptions, limits: Limits
) -> tuple[Text | None, list[LaidTable]]:
    """The decoded text, if the document is one, and its tables. Raises InputError for none."""
    if kind is Format.DOCX:
        tables = word_tables(name, content, limits)
        if not tables:
            ja, en = "表のない Word の文書", "a Word document without a table"
            raise problems.unsupported(name, ja, en, "from_source")
        return None, tables
    text = decode(name, content, options.encoding)
    find = html_tables if kind is Format.HTML else xml_sheets
    tables = find(name, bytes(text.utf8).decode("utf-8"), limits)
    if not tables and kind is Format.HTML:
        raise problems.unsupported(name, "ウェブページ", "a web page", "page")
    if not tables:
        raise problems.unsupported(name, "XML のファイル", "an XML file", "to_table")
    return text, tables
