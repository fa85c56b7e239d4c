"""Unusual cells: their causes, and the cells of one kind, to jump from to the table below."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import CELL_KINDS, CellCause, CellExample, CellNote
from ui import actions
from ui.kit.html import paragraph, plain, tag, text
from ui.language import _, listed, named, spoken
from ui.review import cell_grid
from ui.running.boundary import guarded
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session

STEP = 8
"""Cells listed at first, and with each wish for more."""
LISTED = 200
"""Cells of one kind to jump to."""


def draw(desk: "Session") -> None:
    """The jump list above, the table below."""
    st.header(_("ui.about.unusual_data"), anchor=False)
    if any(desk.review.cell_totals.values()):
        _jump_list(desk)
    else:
        paragraph(_("ui.unusual.no_unusual_data_found"))
    if desk.table is None:
        paragraph(_("ui.unusual.only_schema_under_review"))
    else:
        cell_grid.draw(desk, desk.table)


def _jump_list(desk: "Session") -> None:
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
            _("ui.unusual.matter_most", total=f"{totals[chosen]:,}", n=len(shown)),
            "mk-small",
        )
    key = f"listed-{screen().files}-{chosen}"
    count = st.session_state.get(key, STEP)
    for number, note in enumerate(shown[:count]):
        _cell(note, number)
    if count < len(shown):
        st.button(
            _("ui.unusual.show_more", n=min(STEP, len(shown) - count)),
            key="more-cells",
            on_click=partial(_more, key, count),
        )


def _more(key: str, count: int) -> None:
    st.session_state[key] = count + STEP


def _cause(cause: CellCause) -> None:
    rows = listed(_("ui.actions.row_2", row=f"{e.row:,}") for e in cause.examples)
    count = _("ui.unusual.cells", n=f"{cause.count:,}")
    shape = cause.examples[0].masked
    _entry(spoken(cause.title), count, shape, spoken(cause.reason), cause.examples[0], cause.id)
    if cause.count > 1:
        paragraph(_("ui.unusual.for_example", rows=rows), "mk-small")


def _cell(note: CellNote, number: int) -> None:
    place = _("ui.actions.row_2", row=f"{note.row:,}") + " " + named(note.columns or (note.column,))
    kind = spoken(CELL_KINDS[note.kind])
    _entry(place, kind, note.masked, spoken(note.reason), note, str(number))


def _entry(
    title: str, badge: str, shape: str, reason: str, cell: CellNote | CellExample, key: str
) -> None:
    about, jump = st.columns([5, 1], vertical_alignment="center")
    with about:
        st.html(
            tag(
                "div",
                tag(
                    "p",
                    tag("b", text(title))
                    + tag("span", text(badge), "mk-badge mk-medium")
                    + tag("span", text(_("ui.unusual.shape", shape=shape)), "mk-small"),
                    "mk-entry-title",
                )
                + tag("p", text(reason)),
                "mk-entry e-medium",
            )
        )
    with jump:
        st.button(
            _("ui.unusual.show_table"),
            key=f"jump-{key}",
            on_click=guarded(_jump),
            args=(cell,),
            help=plain(title),
        )


def _jump(cell: CellNote | CellExample) -> None:
    cell_grid.turn_to(cell.row)
    actions.explain_cell(cell.row, cell.column)
