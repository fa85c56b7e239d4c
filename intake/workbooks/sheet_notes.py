"""What a reader of a sheet should know: hidden parts, merged cells, formulas, drawings."""

from collections.abc import Iterable, Sequence

from core import LintNote, Message, listed, say
from intake.table.grid import Header, Span
from intake.table.lint.notes import note
from intake.workbooks.sheet_facts import SheetFacts, column_letters

_NAMED = 5
"""Places named in a sentence."""
_COLUMNS_NAMED = 10
"""A letter or two each, more fit in a sentence than places."""
_COLUMNS = 50
"""Columns with a note of their own, for each rule."""


def describe(
    facts: SheetFacts | None, merged: Sequence[Span], header: Header, left: int = 0
) -> tuple[tuple[Message, ...], tuple[LintNote, ...]]:
    """Notes on what was assumed, and breaches of the rules for machine-readable tables.

    The rows of a breach are counted from the first row below the header, with all of them listed.
    `left` is how many columns of the sheet stand before the first.
    """
    lint = _merged(merged, header, left)
    if facts is None:
        return (), tuple(lint)
    lint += _formulas(facts, header, left)
    if facts.drawings:
        lint.append(note("drawings"))
    return tuple(_assumed(facts)), tuple(lint)


def _assumed(facts: SheetFacts) -> Iterable[Message]:
    if facts.hidden_rows:
        count, first = len(facts.hidden_rows), facts.hidden_rows[0]
        yield say("intake.sheet_notes.hidden_rows", count=count, first=first)
    reach = [c for c in facts.hidden_columns if c <= facts.extent.columns]
    if reach:
        columns = listed(map(column_letters, reach[:_COLUMNS_NAMED]))
        yield say("intake.sheet_notes.hidden_columns", count=len(reach), columns=columns)
    if unsaved := sum(facts.unsaved.values()):
        yield say("intake.sheet_notes.unsaved_formulas", count=unsaved)
    if facts.errors:
        yield say("intake.sheet_notes.error_cells", count=facts.errors)


def _merged(merged: Sequence[Span], header: Header, left: int) -> list[LintNote]:
    body = header.skip + header.rows
    inside: dict[int, list[int]] = {}
    in_header: list[Span] = []
    for span in sorted(merged, key=lambda span: (span.top, span.left)):
        if span.bottom >= body:
            inside.setdefault(span.left, []).append(max(span.top - body + 1, 1))
        if header.skip <= span.top < body:
            in_header.append(span)
    lint = [
        _on_rows("merged_cells", rows, _name(header, column), len(rows))
        for column, rows in sorted(inside.items())[:_COLUMNS]
    ]
    if in_header:
        column = _name(header, in_header[0].left)
        places = _places([_area(span, left) for span in in_header])
        lint.append(note("merged_header", column=column, count=len(in_header), places=places))
    return lint


def _formulas(facts: SheetFacts, header: Header, left: int) -> list[LintNote]:
    body = header.skip + header.rows
    lint = []
    for column, rows in sorted(facts.formulas.items())[:_COLUMNS]:
        places = _places([f"{column_letters(column)}{row}" for row in rows[: _NAMED + 1]])
        unsaved = facts.unsaved.get(column, 0)
        state = "unsaved" if unsaved >= len(rows) else "partly_saved" if unsaved else "saved"
        read = say(f"intake.sheet_notes.formulas_{state}", count=unsaved)
        inside = [row - body for row in rows if row > body]
        name = _name(header, max(column - left - 1, 0))
        lint.append(_on_rows("formulas", inside, name, len(rows), places=places, read=read))
    return lint


def _on_rows(
    code: str, rows: Sequence[int], column: str, count: int, **values: Message
) -> LintNote:
    made = note(code, rows[0] if rows else None, column, count, **values)
    return made.model_copy(update={"rows": tuple(rows)})


def _name(header: Header, column: int) -> str:
    """What a column (0-based) is called."""
    known = column < len(header.names) and header.names[column]
    return known or f"#{column + 1}"


def _area(span: Span, left: int) -> str:
    """A merged area as spreadsheet programs write it."""
    first = f"{column_letters(span.left + left + 1)}{span.top + 1}"
    return f"{first}:{column_letters(span.right + left + 1)}{span.bottom + 1}"


def _places(places: Sequence[str]) -> Message:
    """The first places in words."""
    named = listed(places[:_NAMED])
    return say("intake.sheet_notes.and_more", places=named) if len(places) > _NAMED else named
