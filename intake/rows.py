"""Rows of cells, from a text or a sheet, as a table of data or as a schema."""

from collections.abc import Sequence

import numpy as np

from core import InputError, LintNote, Message, ReadingChoice, ReadingQuestion, Source, say
from intake.pairing import Parsed, told
from intake.schema import elsewhere, parse_sheet, recognise_sheet
from intake.table.cleaning import blank_rows, cut_footer, drop_rows, unwrap
from intake.table.grid import HEAD_ROWS, Header, RowSource, filled
from intake.table.header import find_header
from intake.table.lint import lint
from intake.table.lint.notes import MOST_ROWS, Mask
from intake.table.several_tables import other_tables
from intake.upload import Layout, ReadOptions

_SCHEMA_ROWS = 20_000
"""A definition of more rows than this is none."""


def read_rows(source: Source, opened: RowSource, options: ReadOptions) -> Parsed:
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
) -> Parsed:
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
    source = told(source, *notes, kind="schema", layout=schemas[0].layout)
    return Parsed(source, None, tuple((s.name, s) for s in schemas))


def read_data_rows(source: Source, opened: RowSource, options: ReadOptions) -> Parsed:
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
    place = {
        "rows": table.rows,
        "skip_rows": header.skip,
        "header_rows": header.rows,
        "question": header_question(header.rows) if header.asked else None,
    }
    breaches = (*placed, *other_tables(body, gaps), *blank, *footer.lint, *lint(table))
    return Parsed(told(source, *notes, **place), table, (), breaches)


def header_question(rows: int) -> ReadingQuestion:
    """What is asked where the first row may be data, or names of columns: it was read as one."""
    choices = tuple(
        ReadingChoice(value=value, label=say(f"intake.rows.header_{n}"), option=option)
        for n, value, option in (("yes", 1, "--header"), ("no", 0, "--no-header"))
    )
    message = say("intake.rows.header_asked" if rows else "intake.rows.no_header_asked")
    return ReadingQuestion(about="header_rows", message=message, choices=choices, assumed=rows)


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
