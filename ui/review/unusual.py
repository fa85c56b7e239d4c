"""Unusual cells by cause to jump from, above the data, fifty rows a page with them marked.

Choosing a cell explains it in the conversation.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core import CELL_KINDS, MARKS, CellCause, CellExample, CellNote, ColumnReport, Role, Table
from desk import Session
from ui import actions
from ui.boundary import button, guarded
from ui.kit import FOCUS, ROLE_COLOURS, UNUSUAL, badge, entry, paragraph, plain, tag, text
from ui.language import _, listed, named, spoken
from ui.review.column_list import legend
from ui.state import screen

STEP = 8
"""Cells listed at first, and with each wish for more."""
LISTED = 200
"""Cells of one kind to jump to."""


def draw(desk: Session) -> None:
    """The jump list above, the table below."""
    st.header(_("ui.about.unusual_data"), anchor=False)
    if any(desk.review.cell_totals.values()):
        _jump_list(desk)
    else:
        paragraph(_("ui.unusual.no_unusual_data_found"))
    if desk.table is None:
        paragraph(_("ui.unusual.only_schema_under_review"))
    else:
        with st.container(key="grid"):
            _draw_table(desk, desk.table)


def _jump_list(desk: Session) -> None:
    """The causes; where a kind is chosen, its cells one by one as well."""
    totals = {kind: n for kind, n in desk.review.cell_totals.items() if n}
    chosen = st.pills(
        _("ui.unusual.filter_kind"),
        list(totals),
        format_func=lambda kind: f"{spoken(CELL_KINDS[kind])} {totals[kind]:,}",
        key="cell-kind",
    )
    for cause in desk.review.causes:
        if chosen in (None, cause.kind):
            _cause(cause)
    if chosen is None:
        return
    shown = tuple(desk.examined.inspection.select(kind=chosen, limit=LISTED))
    if totals[chosen] > len(shown):
        paragraph(
            _("ui.unusual.matter_most", total=f"{totals[chosen]:,}", n=len(shown)), "mk-small"
        )
    key = f"listed-{screen().files}-{chosen}"
    count = st.session_state.get(key, STEP)
    for number, note in enumerate(shown[:count]):
        _cell(note, number)
    if count < len(shown):
        button(
            _("ui.unusual.show_more", n=min(STEP, len(shown) - count)),
            "more-cells",
            _more,
            key,
            count,
        )


def _more(key: str, count: int) -> None:
    st.session_state[key] = count + STEP


def _cause(cause: CellCause) -> None:
    rows = listed(_("ui.actions.row_2", row=f"{e.row:,}") for e in cause.examples)
    count = _("ui.unusual.cells", n=f"{cause.count:,}")
    _entry(spoken(cause.title), count, spoken(cause.reason), cause.examples[0], cause.id)
    if cause.count > 1:
        paragraph(_("ui.unusual.for_example", rows=rows), "mk-small")


def _cell(note: CellNote, number: int) -> None:
    place = _("ui.actions.row_2", row=f"{note.row:,}") + " " + named(note.columns or (note.column,))
    _entry(place, spoken(CELL_KINDS[note.kind]), spoken(note.reason), note, str(number))


def _entry(place: str, label: str, reason: str, cell: CellNote | CellExample, key: str) -> None:
    about, jump = st.columns([5, 1], vertical_alignment="center")
    with about:
        shape = tag("span", text(_("ui.unusual.shape", shape=cell.masked)), "mk-small")
        title = (tag("b", text(place)), badge(label, "medium"), shape)
        st.html(entry(title, [tag("p", text(reason))], "medium"))
    with jump:
        button(_("ui.unusual.show_table"), f"jump-{key}", _jump, cell, help=plain(place))


def _jump(cell: CellNote | CellExample) -> None:
    st.session_state[PAGE] = page_of(cell.row)
    st.session_state[_JUMPED] = cell.row
    actions.explain_cell(cell.row, cell.column)


PAGE = "table-page"
HEIGHT = 430
ROW = 35
"""Height of a row in pixels, as the table draws it."""
_SHOW = """
(() => {
  const show = tries => {
    const box = document.querySelector(".st-key-grid");
    const rows = box && box.querySelector(".dvn-scroller");
    if (!rows && tries) return setTimeout(() => show(tries - 1), 100);
    if (rows) { rows.scrollTop = TOP; box.scrollIntoView({ block: "start" }); }
  };
  show(30);
})(); // NUMBER
"""
_JUMPED = "table-jumped"


def _draw_table(desk: Session, table: Table) -> None:
    """The page of the table, with the unusual cells of its rows marked."""
    st.subheader(_("ui.cell_grid.table"), anchor=False)
    paragraph(_("ui.cell_grid.choose_cell_see_reason"), "mk-small")
    page = 1
    if (pages := page_count(table.rows)) > 1:
        page = st.pagination(pages, key=PAGE)
    key = f"table-{screen().files}-{page}"
    roles = roles_of(desk.columns)
    notes = (note for row in rows_of(table, page) for note in desk.examined.inspection.at(row))
    st.dataframe(
        styled(table, roles, marked(notes), page, _("ui.reading.row"), screen().place.focus),
        hide_index=True,
        column_config={
            header: st.column_config.Column(width="medium") for header in wide(table, roles, page)
        },
        height=HEIGHT,
        key=key,
        on_select=guarded(partial(_select, headings(table, roles), rows_of(table, page), key)),
        selection_mode="single-cell",
        alt=_("ui.cell_grid.data_table"),
    )
    st.html(legend())
    if (row := st.session_state.pop(_JUMPED, None)) is not None:
        _show(row - rows_of(table, page).start)


def _show(place: int) -> None:
    """Bring a row of the page (from 0) into view, two rows above it for context."""
    script = _SHOW.replace("TOP", str(max(0, place - 2) * ROW))
    script = script.replace("NUMBER", str(len(screen().turns)))  # a new text runs anew
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _select(columns: dict[str, str], rows: range, key: str) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells:
        position, header = cells[0]
        actions.explain_cell(rows[position], columns.get(header))


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
