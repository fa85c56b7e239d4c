"""A page of the table: fifty rows with the roles tinted and the unusual cells marked."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from core import CellNote, ColumnReport, Role, Table
from core.labels import MARKS
from ui.theme import FOCUS, ROLE_COLOURS, UNUSUAL

ROWS = 50
Place = tuple[int, str]
"""Row (1 = first data row) and column key."""


def page_count(rows: int) -> int:
    """How many pages a table has; an empty one has one.

    >>> page_count(0), page_count(50), page_count(51)
    (1, 1, 2)
    """
    return max(1, -(-rows // ROWS))


def page_of(row: int) -> int:
    """The page (from 1) that shows a row.

    >>> page_of(1), page_of(50), page_of(51)
    (1, 1, 2)
    """
    return (row - 1) // ROWS + 1


def marked(cells: Iterable[CellNote]) -> set[Place]:
    """Every place a note speaks of; a combination marks all its columns."""
    return {(note.row, key) for note in cells for key in (note.columns or (note.column,))}


def heading(key: str, roles: Mapping[str, Role]) -> str:
    """A column's header with its mark.

    >>> heading("氏名", {"氏名": Role.DIRECT_IDENTIFIER})
    '● 氏名'
    """
    return f"{MARKS[roles.get(key, Role.OTHER)]} {key}"


def headings(table: Table, roles: Mapping[str, Role]) -> dict[str, str]:
    """The column key behind each header shown."""
    return {heading(key, roles): key for key in table.keys}


def roles_of(columns: Sequence[ColumnReport]) -> dict[str, Role]:
    """The role of each column by its key."""
    return {column.name: column.role for column in columns}


def styled(
    table: Table,
    roles: Mapping[str, Role],
    unusual: set[Place],
    page: int,
    row_header: str,
    focus: Place | None = None,
) -> Styler:
    """Page `page` (from 1) as shown; the first column holds the row numbers.

    The roles' colours tint the columns, `unusual` places are red, `focus` is blue.
    """
    start = (page - 1) * ROWS
    frame = table.frame(start, start + ROWS)
    rows = range(start + 1, start + len(frame) + 1)
    css = pd.DataFrame(
        {key: [_css(row, key, roles, unusual, focus) for row in rows] for key in frame.columns},
        index=frame.index,
        dtype=object,
    )
    frame.insert(0, row_header, list(rows), allow_duplicates=True)
    css.insert(0, row_header, "", allow_duplicates=True)
    labels = [row_header, *headings(table, roles)]
    frame.columns = css.columns = pd.Index(labels)
    return frame.style.apply(lambda _: css, axis=None)


def _css(
    row: int, key: str, roles: Mapping[str, Role], unusual: set[Place], focus: Place | None
) -> str:
    if focus == (row, key):
        return FOCUS.css
    if (row, key) in unusual:
        return UNUSUAL.css
    return ROLE_COLOURS[roles.get(key, Role.OTHER)].css
