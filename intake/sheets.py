"""Which sheet of a workbook, or table of a document, is read, and what is said of the others."""

from collections.abc import Sequence

from core import InputError, Message, Schema, Source, listed, say
from intake.pairing import Parsed, told
from intake.rows import read_data_rows, read_rows, read_schema_rows
from intake.schema import elsewhere, items_of_appendix, joined, recognise_sheet, with_codes
from intake.table.grid import HEAD_ROWS
from intake.table.laid_tables import LaidBook, LaidTable
from intake.upload import Layout, Preview, ReadOptions
from intake.workbooks.workbook import Sheet, Workbook
from language import ENCODINGS

_NAMED = 5
"""Sheets named in a sentence."""
_LONGER = 20
"""Data among definitions is read where it has so many rows more than all of them."""
_RANGE = HEAD_ROWS * 20
"""How many rows of a definition are counted, and looked through for the items of an appendix."""


Book = Workbook | LaidBook
NamedTable = Sheet | LaidTable


def read_book(source: Source, book: Book, options: ReadOptions) -> list[Parsed]:
    """The table asked for, or all that define columns, or the largest with data."""
    names = book.names
    facts = {"encoding": book.encoding, "sheets": names if len(names) > 1 else ()}
    source = told(source, *book.notes, *_hidden(book.hidden), **facts)
    if options.sheet is not None and options.sheet not in names:
        return [_part(source, book, options)]
    if options.sheet is None:
        tables = book.tables()
        if tables:
            return _choose(source, book, tables, options)
    elif table := book.table(options.sheet):
        return [read_rows(told(source, sheet=table.name), table, options)]
    raise InputError.of("intake.file.no_table")


def preview_book(book: Book, options: ReadOptions, count: int) -> Preview:
    """The first rows of the table asked for, else of the first, and the tables to choose from."""
    chosen = options.sheet or next(iter(book.names), "")
    named = chosen in book.names
    if not named and options.kind != "schema":
        raise InputError.of("intake.file.no_such_sheet")
    table = book.table(chosen if named else book.names[0])
    rows = tuple(map(tuple, table.rows(count))) if table else ()
    encodings = ENCODINGS if book.encoding else ()
    return Preview(rows, encodings, sheets=book.names if named else ())


def _part(source: Source, book: Book, options: ReadOptions) -> Parsed:
    """One of the definitions in a file, by its own name: a register among several on a sheet."""
    whole = options.model_copy(update={"sheet": None, "kind": None})
    tables = book.tables()
    found = _choose(source, book, tables, whole) if tables else []
    parts = [part for parsed in found for part in parsed.schemas]
    chosen = tuple(part for part in parts if part[0] == options.sheet)
    if not chosen:
        raise InputError.of("intake.file.no_such_sheet")
    layout = chosen[0][1].layout
    others = tuple(name for name, _ in parts)
    source = told(source, kind="schema", layout=layout, sheet=options.sheet, sheets=others)
    return Parsed(source, None, chosen[:1])


def _choose(
    source: Source, book: Book, tables: Sequence[NamedTable], options: ReadOptions
) -> list[Parsed]:
    layouts = _layouts(tables, options)
    defining = [s for s in tables if s.name in layouts]
    others = [s for s in tables if s.name not in layouts]
    appendix = _appendix(defining, others, layouts)
    if "pia" in layouts.values() or appendix:
        others = []  # the rest of a form, however long, is no data
    data = max(others, key=lambda s: (s.name not in book.hidden, s.size), default=None)
    found: list[Parsed] = []
    if data and _is_read(data, defining, options):
        if options.kind == "schema":
            raise InputError.of("intake.file.not_a_schema")
        unread = [name for name in book.names if name != data.name and name not in layouts]
        named = told(source, *_unread(data.name, unread), sheet=data.name)
        found.append(read_data_rows(named, data, options))
    schemas = _read_all(source, defining, layouts, options, appendix)
    if schemas:
        first = schemas[0]
        found.append(Parsed(first.source, None, _parts(schemas), first.lint))
    return found


def _layouts(tables: Sequence[NamedTable], options: ReadOptions) -> dict[str, Layout]:
    """The layouts of the tables that define columns, by name."""
    if options.kind == "data":
        return {}
    certain = options.kind != "schema"
    layouts = {
        table.name: options.layout or recognise_sheet(table.rows(HEAD_ROWS), certain=certain)
        for table in tables
    }
    return {name: layout for name, layout in layouts.items() if layout}


def _is_read(data: NamedTable, defining: Sequence[NamedTable], options: ReadOptions) -> bool:
    """Whether a table of data is read: there is no definition, or it is much longer than all."""
    rows = sum(len(table.rows(_RANGE)) for table in defining)
    return not defining or (options.kind is None and data.height > _LONGER + rows)


def _read_all(
    source: Source,
    defining: Sequence[NamedTable],
    layouts: dict[str, Layout],
    options: ReadOptions,
    appendix: Sequence[str],
) -> list[Parsed]:
    """The sheets as schemas. One without items, as a cover has none, fails only where all do."""
    read: list[Parsed] = []
    failed: InputError | None = None
    for sheet in defining:
        named = told(source, sheet=sheet.name)
        try:
            read.append(read_schema_rows(named, sheet, layouts[sheet.name], options, appendix))
        except InputError as error:
            failed = failed or error
    if failed is not None and not read:
        raise failed
    return read


def _appendix(
    defining: Sequence[NamedTable], others: Sequence[NamedTable], layouts: dict[str, Layout]
) -> tuple[str, ...]:
    """The items that a register says are on another sheet, from the sheet that holds them."""
    forms = [s for s in defining if layouts[s.name] == "register"]
    if len(forms) != 1 or not elsewhere(forms[0].rows(HEAD_ROWS)):
        return ()
    rest = [*others, *(s for s in defining if s not in forms)]
    return items_of_appendix(rest[0].rows(_RANGE)) if len(rest) == 1 else ()


def _parts(sheets: Sequence[Parsed]) -> tuple[tuple[str, Schema], ...]:
    """The schemas with their names; overview and annex of one impact assessment are joined."""
    loose: list[Schema] = []
    tables = [s for sheet in sheets for _, s in sheet.schemas if s.layout != "pia"]
    parts = [(schema.name, schema) for schema in with_codes(tables)]
    for sheet in sheets:
        schemas = [schema for _, schema in sheet.schemas if schema.layout == "pia"]
        if len({bool(s.purpose or s.record_scope) for s in schemas}) == 1:
            loose += schemas
        else:
            parts += [(s.name, s) for s in schemas]  # joined on their own sheet
    return (*parts, *((schema.name, schema) for schema in joined(loose)))


def _quoted(names: Sequence[str]) -> Message:
    return listed(Message(ja=f"「{name}」", en=f'"{name}"') for name in names[:_NAMED])


def _unread(read: str, unread: Sequence[str]) -> list[Message]:
    if not unread:
        return []
    names = _quoted(unread)
    if len(unread) > _NAMED:
        names = say("intake.sheets.and_others", names=names)
    return [say("intake.sheets.unread", read=read, names=names)]


def _hidden(names: frozenset[str]) -> list[Message]:
    quoted = _quoted(sorted(names))
    return [say("intake.sheets.hidden", count=len(names), names=quoted)] if names else []
