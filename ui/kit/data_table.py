"""A page of the table: fifty rows with the roles tinted and the unusual cells marked."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from core import MARKS, CellNote, ColumnReport, Role, Table
from ui.kit.theme import FOCUS, ROLE_COLOURS, UNUSUAL

ROWS = 50
WIDE = 24
"""Characters beyond which a column is not drawn in its full width."""
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


def rows_of(table: Table, page: int) -> range:
    """The rows (1 = first data row) of a page (from 1)."""
    start = (page - 1) * ROWS
    return range(start + 1, min(start + ROWS, table.rows) + 1)


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


def wide(table: Table, roles: Mapping[str, Role], page: int) -> list[str]:
    """Headers of the columns whose texts on a page are too long to show in full."""
    rows = rows_of(table, page)
    frame = table.frame(rows.start - 1, rows.stop - 1)
    return [
        header
        for header, key in headings(table, roles).items()
        if max((len(header), *map(len, frame[key]))) > WIDE
    ]


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
    rows = rows_of(table, page)
    frame = table.frame(rows.start - 1, rows.stop - 1)
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
