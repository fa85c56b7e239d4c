"""Files that are not rows of cells: schemas as YAML, JSON or SQL, records as JSON or Parquet."""

from core import Source
from intake import problems
from intake.formats import Format
from intake.lint import lint
from intake.pairing import Parsed
from intake.records import load_json_records, load_parquet
from intake.schema import parse_document
from intake.upload import Limits, ReadOptions


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
            encoding, table = records
            told = {"rows": table.rows, "encoding": encoding}
            return Parsed(source.model_copy(update=told), table, lint=lint(table))
    encoding, schemas, notes = parse_document(source.name, content, kind, options, limits)
    schemas = [s for s in schemas if options.sheet in (None, s[0])]
    if not schemas:
        raise problems.no_such_sheet(source.name)
    told = {
        "kind": "schema",
        "encoding": encoding,
        "layout": schemas[0][1].layout,
        "notes": tuple(notes),
    }
    return Parsed(source.model_copy(update=told), None, tuple(schemas))
