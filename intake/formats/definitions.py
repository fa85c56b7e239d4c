"""Definitions written as documents: YAML, SQL, and JSON without records."""

import re

from core import InputError, Source
from intake.formats.registry import Format, Rank
from intake.pairing import Parsed, told
from intake.schema import parse_document
from intake.upload import Limits, Preview, ReadOptions, Upload
from language import ENCODINGS

_OPENAPI = re.compile(rb"^(openapi|swagger|components|\$schema|definitions)\s*:", re.MULTILINE)
_CREATE = re.compile(rb"^\s*create\s+(or\s+replace\s+)?(temp\w*\s+)?table\b", re.I | re.MULTILINE)


def read_definition(
    source: Source, content: bytes, kind: str, options: ReadOptions, limits: Limits
) -> list[Parsed]:
    """The schemas of a document, or the one that `options.sheet` names."""
    text, schemas, said = parse_document(source.name, content, kind, options, limits)
    parts = tuple(name for name, _ in schemas) if len(schemas) > 1 else ()
    schemas = [s for s in schemas if options.sheet in (None, s[0])]
    if not schemas:
        raise InputError.of("intake.file.no_such_sheet")
    source = told(
        source,
        *text.notes,
        *said,
        kind="schema",
        encoding=text.encoding,
        layout=schemas[0][1].layout,
        sheet=options.sheet,
        sheets=parts,
    )
    return [Parsed(source, None, tuple(schemas))]


def preview_definition(content: bytes, options: ReadOptions, limits: Limits, rows: int) -> Preview:
    """A document has no rows of cells; its encoding can be chosen."""
    return Preview(encodings=ENCODINGS)


def _declared(
    id: str, endings: tuple[str, ...], bare: tuple[str, ...], hallmark: re.Pattern[bytes]
) -> Format:
    """A language told by its ending, or where the ending says nothing (`bare`), by a hallmark."""

    def recognises(upload: Upload) -> bool:
        ending = upload.ending
        return ending in endings or (ending in bare and bool(hallmark.search(upload.head)))

    def read(source: Source, content: bytes, options: ReadOptions, limits: Limits) -> list[Parsed]:
        return read_definition(source, content, id, options, limits)

    return Format(id, Rank.NAMED, recognises, read, preview_definition, endings)


FORMATS = (
    _declared("yaml", ("yaml", "yml"), ("", "txt"), _OPENAPI),
    _declared("sql", ("sql",), ("", "txt", "ddl"), _CREATE),
)
