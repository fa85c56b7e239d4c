"""The data as it is, fifty rows a page; choosing a cell explains it in the conversation."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Table
from ui import actions
from ui.kit.data_table import headings, marked, page_count, page_of, roles_of, rows_of, styled, wide
from ui.kit.html import paragraph
from ui.language import _
from ui.review.column_list import legend
from ui.running.boundary import guarded
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session

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


def turn_to(row: int) -> None:
    """Show the page that holds a row, and the row on it; for a widget's callback."""
    st.session_state[PAGE] = page_of(row)
    st.session_state[_JUMPED] = row


def draw(desk: "Session", table: Table) -> None:
    """The page of the table, with the unusual cells of its rows marked."""
    with st.container(key="grid"):
        _draw(desk, table)


def _draw(desk: "Session", table: Table) -> None:
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
