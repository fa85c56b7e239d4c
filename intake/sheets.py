"""Which sheet of a workbook, or table of a document, is read, and what is said of the others."""

from collections.abc import Sequence
from typing import Protocol

from core import InputError, Message, Schema, Source
from intake import problems
from intake.formats import Format
from intake.grid import HEAD_ROWS, RowSource
from intake.pairing import Parsed
from intake.rows import read_data_rows, read_rows, read_schema_rows
from intake.schema import elsewhere, items_of_appendix, joined, recognise_sheet, with_codes
from intake.upload import Layout, Limits, ReadOptions
from intake.workbook import Sheet, Workbook

_LOOK_AT = 40
"""How many sheets are looked into before one is chosen."""


class NamedTable(RowSource, Protocol):
    """One of several tables in a file."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def height(self) -> int:
        """How many rows it has."""

    @property
    def size(self) -> int:
        """How many cells it has."""


def read_workbook(
    source: Source, content: bytes, kind: Format, options: ReadOptions, limits: Limits
) -> list[Parsed]:
    """The sheet asked for, or all sheets that define columns, or the largest with data."""
    with Workbook(source.name, content, kind, limits) as book:
        return _read(source, book, options)


def _read(source: Source, book: Workbook, options: ReadOptions) -> list[Parsed]:
    names = tuple(s.name for s in book.sheets)
    source = source.model_copy(update={"notes": (*source.notes, *_macro(book))})
    if options.sheet in names:
        sheet = book.sheet(options.sheet)
        sheets = [] if sheet is None else [sheet]
    else:
        sheets = _loaded(book)
    hidden = frozenset(s.name for s in book.sheets if s.hidden)
    return read_tables(source, names, sheets, options, hidden)


def read_tables(
    source: Source,
    names: tuple[str, ...],
    tables: Sequence[NamedTable],
    options: ReadOptions,
    hidden: frozenset[str] = frozenset(),
) -> list[Parsed]:
    """The table asked for, or all that define columns, or the largest with data.

    `names` are those of all tables, `tables` the ones that hold something.
    """
    told = {"sheets": names if len(names) > 1 else (), "notes": (*source.notes, *_hidden(hidden))}
    source = source.model_copy(update=told)
    if options.sheet is not None and options.sheet not in names:
        return [_part(source, names, tables, options, hidden)]
    if options.sheet is not None:
        for table in tables:
            if table.name == options.sheet:
                return [read_rows(source.model_copy(update={"sheet": table.name}), table, options)]
    if options.sheet is not None or not tables:
        raise problems.no_table(source.name)
    return _choose(source, names, tables, options, hidden)


def _part(
    source: Source,
    names: tuple[str, ...],
    tables: Sequence[NamedTable],
    options: ReadOptions,
    hidden: frozenset[str],
) -> Parsed:
    """One of the definitions in a file, by its own name: a register among several on a sheet."""
    whole = options.model_copy(update={"sheet": None, "kind": None})
    found = _choose(source, names, tables, whole, hidden) if tables else []
    parts = [part for parsed in found for part in parsed.schemas]
    chosen = tuple(part for part in parts if part[0] == options.sheet)
    if not chosen:
        raise problems.no_such_sheet(source.name)
    told = {
        "kind": "schema",
        "layout": chosen[0][1].layout,
        "sheet": options.sheet,
        "sheets": tuple(name for name, _ in parts),
    }
    return Parsed(source.model_copy(update=told), None, chosen[:1])


def _loaded(book: Workbook) -> list[Sheet]:
    ordered = sorted(book.sheets, key=lambda s: s.hidden)
    loaded = (book.sheet(s.name) for s in ordered[:_LOOK_AT])
    return [sheet for sheet in loaded if sheet is not None]


def _choose(
    source: Source,
    names: tuple[str, ...],
    sheets: Sequence[NamedTable],
    options: ReadOptions,
    hidden: frozenset[str],
) -> list[Parsed]:
    layouts: dict[str, Layout] = {}
    for sheet in sheets:
        layout = options.layout or recognise_sheet(
            sheet.rows(HEAD_ROWS), certain=options.kind != "schema"
        )
        if layout and options.kind != "data":
            layouts[sheet.name] = layout
    defining = [s for s in sheets if s.name in layouts]
    others = [s for s in sheets if s.name not in layouts]
    appendix = _appendix(defining, others, layouts)
    if "pia" in layouts.values() or appendix:
        others = []  # the rest of a form, however long, is no data
    data = max(others, key=lambda s: (s.name not in hidden, s.size), default=None)
    found: list[Parsed] = []
    rows = sum(len(s.rows(HEAD_ROWS * 20)) for s in defining)
    if data and (not defining or (options.kind is None and data.height > 20 + rows)):
        if options.kind == "schema":
            raise problems.not_a_schema(source.name)
        unread = [name for name in names if name != data.name and name not in layouts]
        told = {"sheet": data.name, "notes": (*source.notes, *_unread(data.name, unread))}
        found.append(read_data_rows(source.model_copy(update=told), data, options))
    schemas = _read_all(source, defining, layouts, options, appendix)
    if schemas:
        first = schemas[0]
        found.append(Parsed(first.source, None, _parts(schemas), first.lint))
    return found


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
        told = source.model_copy(update={"sheet": sheet.name})
        try:
            read.append(read_schema_rows(told, sheet, layouts[sheet.name], options, appendix))
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
    return items_of_appendix(rest[0].rows(HEAD_ROWS * 20)) if len(rest) == 1 else ()


def _parts(sheets: Sequence[Parsed]) -> tuple[tuple[str, Schema], ...]:
    """The schemas with their names; overview and annex of one impact assessment are joined."""
    loose: list[Schema] = []
    parts = [
        (schema.name, schema)
        for schema in with_codes(
            [s for sheet in sheets for _, s in sheet.schemas if s.layout != "pia"]
        )
    ]
    for sheet in sheets:
        schemas = [schema for _, schema in sheet.schemas if schema.layout == "pia"]
        if len({bool(s.purpose or s.record_scope) for s in schemas}) == 1:
            loose += schemas
        else:
            parts += [(s.name, s) for s in schemas]  # joined on their own sheet
    return (*parts, *((schema.name, schema) for schema in joined(loose)))


def _unread(read: str, unread: Sequence[str]) -> list[Message]:
    if not unread:
        return []
    listed = "、".join(f"「{name}」" for name in unread[:5]) + ("ほか" if len(unread) > 5 else "")
    quoted = ", ".join(f'"{name}"' for name in unread[:5]) + (" …" if len(unread) > 5 else "")
    return [
        Message(
            ja=f"シート「{read}」を読みました。{listed}は読んでいません。必要なら選び直してください。",
            en=f'Sheet "{read}" was read; {quoted} not. Choose another sheet if needed.',
        )
    ]


def _hidden(names: frozenset[str]) -> list[Message]:
    if not names:
        return []
    listed = "、".join(f"「{name}」" for name in sorted(names)[:5])
    quoted = ", ".join(f'"{name}"' for name in sorted(names)[:5])
    return [
        Message(
            ja=f"非表示のシートが {len(names)} 枚あります（{listed}）。"
            "渡したり公開したりする前に中を確かめ、不要なら削除してください。",
            en=f"{len(names)} sheets are hidden ({quoted}). Look into them before the file is "
            "handed over or published, and delete them if they are not needed.",
        )
    ]


def _macro(book: Workbook) -> tuple[Message, ...]:
    if not book.has_macro:
        return ()
    return (
        Message(
            ja="マクロを含むブックです。マクロは実行せず、値だけを読みました。",
            en="The workbook holds macros. They were not run; only values were read.",
        ),
    )
