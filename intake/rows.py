"""Rows of cells, from a text or a sheet, as a table of data or as a schema."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core import LintNote, Message, Source
from intake import problems, readings
from intake.blocks import other_tables
from intake.columns import blank_rows, drop_rows
from intake.footer import cut_footer
from intake.grid import HEAD_ROWS, Header, RowSource, filled
from intake.header import find_header
from intake.lint import lint
from intake.lint.note import MOST_ROWS
from intake.pairing import Parsed
from intake.schema import elsewhere, parse_sheet, recognise_sheet
from intake.upload import Layout, ReadOptions
from intake.wrapped import unwrap

_SCHEMA_ROWS = 20_000


def read_rows(source: Source, opened: RowSource, options: ReadOptions) -> Parsed:
    """Data, unless the rows have the layout of a schema or the user says so."""
    head = opened.rows(HEAD_ROWS)
    if not any(map(filled, head)):
        raise problems.no_table(source.name)
    if options.kind != "data":
        layout = options.layout or recognise_sheet(head, certain=options.kind != "schema")
        if layout:
            return read_schema_rows(source, opened, layout, options)
        if options.kind == "schema":
            raise problems.not_a_schema(source.name)
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
    if not schemas and layout == "pia":
        raise problems.no_record_items(source.name)
    if not schemas and left_out:
        raise problems.items_elsewhere(source.name)
    if not schemas:
        raise problems.not_a_schema(source.name)
    notes = [*source.notes, *([readings.items_elsewhere(left_out)] if left_out else [])]
    items = len(schemas[0].columns)
    if options.kind is None:
        notes.append(
            Message(
                ja=f"項目の定義（{items} 項目）として読みました。"
                "実データのファイルなら、種類を「実データ」に変えてください。",
                en=f"Read as a definition of {items} columns. "
                'If the file holds data, change it to "data".',
            )
        )
    told = {"kind": "schema", "layout": schemas[0].layout, "notes": tuple(notes)}
    return Parsed(source.model_copy(update=told), None, tuple((s.name, s) for s in schemas))


def read_data_rows(source: Source, opened: RowSource, options: ReadOptions) -> Parsed:
    """The rows as a table of data."""
    head = opened.rows(HEAD_ROWS)
    header = find_header(head, opened.merged, options.skip_rows, options.header_rows)
    loaded = opened.load(header)
    freed, wrapped = unwrap(loaded.table)
    body, footer = cut_footer(freed)
    gaps = blank_rows(body)
    table, blank, first = drop_rows(body, gaps)
    notes = [placed for note in loaded.lint if (placed := _placed(note, gaps))]
    notes += [
        *other_tables(body, gaps),
        *([_blank_rows(blank, first)] if blank else []),
        *footer.lint,
        *lint(table),
    ]
    if not table.rows and len(table.columns) < 2:
        raise problems.no_table(source.name)
    told = {
        "rows": table.rows,
        "skip_rows": header.skip,
        "header_rows": header.rows,
        "notes": (
            *source.notes,
            *_header_notes(header, options),
            *loaded.notes,
            *footer.notes,
            *([readings.unwrapped(wrapped)] if wrapped else []),
            *([] if table.rows else [readings.no_rows()]),
            *([readings.one_column()] if source.delimiter and len(table.columns) == 1 else []),
        ),
    }
    return Parsed(source.model_copy(update=told), table, (), tuple(notes))


def _placed(note: LintNote, gaps: npt.NDArray[np.bool_]) -> LintNote | None:
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


def _blank_rows(count: int, first: int | None) -> LintNote:
    return LintNote(
        code="blank_rows",
        row=first,
        count=count,
        message=Message(
            ja=f"空白の行が {count:,} 行あり、除いて数えました。"
            "表の途中に空白の行を置かないでください。",
            en=f"{count:,} blank rows were left out of the count. Keep blank rows out of a table.",
        ),
    )


def _header_notes(header: Header, options: ReadOptions) -> list[Message]:
    skip, rows = header.skip, header.rows
    notes = []
    if skip and options.skip_rows is None:
        notes.append(
            Message(
                ja=f"上の {skip} 行は表題とみなし、{skip + 1} 行目を項目名として読みました。",
                en=f"The first {skip} rows were taken as a title, row {skip + 1} as column names.",
            )
        )
    if rows > 1 and options.header_rows is None:
        notes.append(
            Message(
                ja=f"{rows} 行にわたる項目名を、上から順につないで一つの名前にしました。",
                en=f"Column names over {rows} rows were joined from top to bottom.",
            )
        )
    if rows == 0 and options.header_rows is None:
        notes.append(
            Message(
                ja="先頭の行がデータに見えるため、項目名のない表として読みました。",
                en="The first row looks like data, so the table was read without column names.",
            )
        )
    return notes
