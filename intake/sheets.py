"""From rows of cells to a table of data or a schema; which sheet of a workbook is read, and what is
said of the others."""

from collections.abc import Sequence

import numpy as np

from core import InputError, LintNote, Message, Schema, Source, listed, say
from intake.schema import parse_sheet, recognise_sheet
from intake.schema.code_table import with_codes
from intake.schema.impact_assessment import joined
from intake.schema.register_form import elsewhere, items_of_appendix
from intake.table.cleaning import blank_rows, cut_footer, drop_rows, other_tables, unwrap
from intake.table.grid import HEAD_ROWS, Book, Header, NamedTable, RowSource, filled
from intake.table.header import find_header
from intake.table.lint import MOST_ROWS, Mask, lint
from intake.upload import Layout, Preview, Reading, ReadOptions
from language import ENCODINGS

_SCHEMA_ROWS = 20_000
"""A definition of more rows than this is none."""


def read_rows(source: Source, opened: RowSource, options: ReadOptions) -> Reading:
    """Data, unless the rows have the layout of a schema or the user says so."""
    head = opened.rows(HEAD_ROWS)
    if not any(map(filled, head)):
        raise InputError.of("intake.file.no_table")
    if options.kind != "data":
        layout = options.layout or recognise_sheet(head, certain=options.kind != "schema")
        if layout:
            return read_schema_rows(source, opened, layout, options)
        if options.kind == "schema":
            raise InputError.of("intake.file.not_a_schema")
    return read_data_rows(source, opened, options)


def read_schema_rows(
    source: Source,
    opened: RowSource,
    layout: Layout,
    options: ReadOptions,
    appendix: Sequence[str] = (),
) -> Reading:
    """The rows as a schema of a known layout; `appendix` holds items from another sheet."""
    grid = opened.rows(_SCHEMA_ROWS)
    name, certain = source.sheet or source.name, options.kind != "schema"
    schemas = parse_sheet(name, grid, layout, certain, appendix)
    left_out = elsewhere(grid) if layout == "register" and not appendix else 0
    if not schemas:
        basic = layout == "pia"
        code = "no_record_items" if basic else "items_elsewhere" if left_out else "not_a_schema"
        raise InputError.of(f"intake.file.{code}")
    notes = [say("intake.rows.items_elsewhere", count=left_out)] if left_out else []
    if options.kind is None:
        notes.append(say("intake.rows.read_as_definition", items=len(schemas[0].columns)))
    source = source.told(*notes, kind="schema", layout=schemas[0].layout)
    return Reading(source, None, tuple((s.name, s) for s in schemas))


def read_data_rows(source: Source, opened: RowSource, options: ReadOptions) -> Reading:
    """The rows as a table of data."""
    head = opened.rows(HEAD_ROWS)
    header = find_header(head, opened.merged, options.skip_rows, options.header_rows)
    loaded = opened.load(header)
    freed, wrapped = unwrap(loaded.table)
    body, footer = cut_footer(freed)
    gaps = blank_rows(body)
    table, blank = drop_rows(body, gaps)
    if not table.rows and len(table.columns) < 2:
        raise InputError.of("intake.file.no_table")
    placed = [note for given in loaded.lint if (note := _placed(given, gaps))]
    one_column = source.delimiter and len(table.columns) == 1
    notes = (
        *_header_notes(header, options),
        *loaded.notes,
        *footer.notes,
        *([say("intake.rows.unwrapped", columns=wrapped)] if wrapped else []),
        *([] if table.rows else [say("intake.rows.no_rows")]),
        *([say("intake.rows.one_column")] if one_column else []),
    )
    place = {"rows": table.rows, "skip_rows": header.skip, "header_rows": header.rows}
    breaches = (*placed, *other_tables(body, gaps), *blank, *footer.lint, *lint(table))
    return Reading(source.told(*notes, **place), table, (), breaches)


def _placed(note: LintNote, gaps: Mask) -> LintNote | None:
    """A note with its rows counted as those of the data, without the blank ones.

    What breaks a rule below the data only is none of the data. A formula there leaves with the
    file all the same: its note stays, without a row.
    """
    listed = note.rows or ((note.row,) if note.row else ())
    if not listed:
        return note
    rows = np.array(listed)
    rows = rows[rows <= len(gaps)]
    if not len(rows):
        if note.code != "formulas":
            return None
        return note.model_copy(update={"row": None, "rows": ()})
    rows = rows - np.cumsum(gaps)[rows - 1]
    update: dict[str, object] = {"row": int(rows[0])}
    if note.rows:
        update["rows"] = tuple(rows[:MOST_ROWS].tolist())
    if len(note.rows) == note.count:
        update["count"] = len(rows)
    return note.model_copy(update=update)


def _header_notes(header: Header, options: ReadOptions) -> list[Message]:
    skip, rows = header.skip, header.rows
    notes = []
    if skip and options.skip_rows is None:
        notes.append(say("intake.rows.title_above", skip=skip, header=skip + 1))
    if options.header_rows is None and rows > 1:
        notes.append(say("intake.rows.names_joined", rows=rows))
    if options.header_rows is None and rows == 0:
        notes.append(say("intake.rows.no_names"))
    return notes


_NAMED = 5
"""Sheets named in a sentence."""
_LONGER = 20
"""Data among definitions is read where it has so many rows more than all of them."""
_RANGE = HEAD_ROWS * 20
"""How many rows of a definition are counted, and looked through for the items of an appendix."""


def read_book(source: Source, book: Book, options: ReadOptions) -> list[Reading]:
    """The table asked for, or all that define columns, or the largest with data."""
    names = book.names
    facts = {"encoding": book.encoding, "sheets": names if len(names) > 1 else ()}
    source = source.told(*book.notes, *_hidden(book.hidden), **facts)
    if options.sheet is None:
        if tables := book.tables():
            return _choose(source, book, tables, options)
    elif options.sheet not in names:
        raise InputError.of("intake.file.no_such_sheet")
    elif table := book.table(options.sheet):
        return [read_rows(source.told(sheet=table.name), table, options)]
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


def _choose(
    source: Source, book: Book, tables: Sequence[NamedTable], options: ReadOptions
) -> list[Reading]:
    layouts = _layouts(tables, options)
    defining = [s for s in tables if s.name in layouts]
    others = [s for s in tables if s.name not in layouts]
    appendix = _appendix(defining, others, layouts)
    if "pia" in layouts.values() or appendix:
        others = []  # the rest of a form, however long, is no data
    data = max(others, key=lambda s: (s.name not in book.hidden, s.size), default=None)
    found: list[Reading] = []
    if data and _is_read(data, defining, options):
        if options.kind == "schema":
            raise InputError.of("intake.file.not_a_schema")
        unread = [name for name in book.names if name != data.name and name not in layouts]
        named = source.told(*_unread(data.name, unread), sheet=data.name)
        found.append(read_data_rows(named, data, options))
    schemas = _read_all(source, defining, layouts, options, appendix)
    if schemas:
        first = schemas[0]
        found.append(Reading(first.source, None, _parts(schemas), first.lint))
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
) -> list[Reading]:
    """The sheets as schemas. One without items, as a cover has none, fails only where all do."""
    read: list[Reading] = []
    failed: InputError | None = None
    for sheet in defining:
        named = source.told(sheet=sheet.name)
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


def _parts(sheets: Sequence[Reading]) -> tuple[tuple[str, Schema], ...]:
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
