"""Unusual cells: a list to jump from, above the page of the table they are on."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import CELL_KINDS, CellNote
from ui import actions
from ui.kit.html import paragraph, plain, tag, text
from ui.language import _, named, spoken
from ui.review import cell_grid
from ui.running.boundary import guarded
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session

STEP = 8
"""Cells listed at first, and with each wish for more."""
LISTED = 200
"""Cells to jump to, of each kind."""


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
    totals = {kind: n for kind, n in desk.review.cell_totals.items() if n}
    chosen = st.pills(
        _("ui.unusual.filter_kind"),
        list(totals),
        format_func=lambda kind: f"{spoken(CELL_KINDS[kind])} {totals[kind]:,}",
        key="cell-kind",
    )
    shown = desk.examined.inspection.select(kind=chosen, limit=LISTED)
    total = totals[chosen] if chosen else sum(totals.values())
    if total > len(shown):
        paragraph(
            _("ui.unusual.matter_most", total=f"{total:,}", n=len(shown)),
            "mk-small",
        )
    key = f"listed-{screen().files}-{chosen}"
    count = st.session_state.get(key, STEP)
    for number, note in enumerate(shown[:count]):
        _entry(note, number)
    if count < len(shown):
        st.button(
            _("ui.unusual.show_more", n=min(STEP, len(shown) - count)),
            key="more-cells",
            on_click=partial(_more, key, count),
        )


def _more(key: str, count: int) -> None:
    st.session_state[key] = count + STEP


def _entry(note: CellNote, number: int) -> None:
    about, jump = st.columns([5, 1], vertical_alignment="center")
    place = _("ui.actions.row_2", row=f"{note.row:,}") + " " + named(note.columns or (note.column,))
    with about:
        st.html(
            tag(
                "div",
                tag(
                    "p",
                    tag("b", text(place))
                    + tag("span", text(spoken(CELL_KINDS[note.kind])), "mk-badge mk-medium")
                    + tag("span", text(_("ui.unusual.shape", shape=note.masked)), "mk-small"),
                    "mk-entry-title",
                )
                + tag("p", text(spoken(note.reason))),
                "mk-entry e-medium",
            )
        )
    with jump:
        st.button(
            _("ui.unusual.show_table"),
            key=f"jump-{number}",
            on_click=guarded(_jump),
            args=(note,),
            help=plain(place),
        )


def _jump(note: CellNote) -> None:
    cell_grid.turn_to(note.row)
    actions.explain_cell(note.row, note.column)
