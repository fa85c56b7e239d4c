"""Unusual cells: a list to jump from, above the page of the table they are on."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import CELL_KINDS, CellNote
from ui import actions
from ui.boundary import guarded
from ui.html import paragraph, plain, tag, text
from ui.language import _, named, say
from ui.review import grid
from ui.state import screen

if TYPE_CHECKING:
    from desk import Session

STEP = 8
"""Cells listed at first, and with each wish for more."""
LISTED = 200
"""Cells to jump to, of each kind."""


def draw(desk: "Session") -> None:
    """The jump list above, the table below."""
    st.header(_("特異なデータ"), anchor=False)
    if any(desk.review.cell_totals.values()):
        _jump_list(desk)
    else:
        paragraph(_("特異なデータは見つかりませんでした。"))
    if desk.table is None:
        paragraph(_("定義書だけを審査しています。実データを渡すと、表をここに示します。"))
    else:
        grid.draw(desk, desk.table)


def _jump_list(desk: "Session") -> None:
    totals = {kind: n for kind, n in desk.review.cell_totals.items() if n}
    chosen = st.pills(
        _("種類で絞る"),
        list(totals),
        format_func=lambda kind: f"{say(CELL_KINDS[kind])} {totals[kind]:,}",
        key="cell-kind",
    )
    shown = desk.examined.inspection.select(kind=chosen, limit=LISTED)
    total = totals[chosen] if chosen else sum(totals.values())
    if total > len(shown):
        paragraph(
            _("全 {total} 件のうち、大事なものから {n} 件を並べています。").format(
                total=f"{total:,}", n=len(shown)
            ),
            "mk-small",
        )
    key = f"listed-{screen().files}-{chosen}"
    count = st.session_state.get(key, STEP)
    for number, note in enumerate(shown[:count]):
        _entry(note, number)
    if count < len(shown):
        st.button(
            _("さらに{n}件を見る").format(n=min(STEP, len(shown) - count)),
            key="more-cells",
            on_click=partial(_more, key, count),
        )


def _more(key: str, count: int) -> None:
    st.session_state[key] = count + STEP


def _entry(note: CellNote, number: int) -> None:
    about, jump = st.columns([5, 1], vertical_alignment="center")
    place = (
        _("{row} 行目").format(row=f"{note.row:,}") + " " + named(note.columns or (note.column,))
    )
    with about:
        st.html(
            tag(
                "div",
                tag(
                    "p",
                    tag("b", text(place))
                    + tag("span", text(say(CELL_KINDS[note.kind])), "mk-badge mk-medium")
                    + tag("span", text(_("形：{shape}").format(shape=note.masked)), "mk-small"),
                    "mk-entry-title",
                )
                + tag("p", text(say(note.reason))),
                "mk-entry e-medium",
            )
        )
    with jump:
        st.button(
            _("表で見る"),
            key=f"jump-{number}",
            on_click=guarded(_jump),
            args=(note,),
            help=plain(place),
        )


def _jump(note: CellNote) -> None:
    grid.turn_to(note.row)
    actions.explain_cell(note.row, note.column)
