"""Unusual cells: a list to jump from, and the page of the table they are on."""

from functools import partial

import streamlit as st

from core import CellNote, Review, Table
from core.labels import CELL_KINDS
from ui import actions
from ui.boundary import guarded
from ui.html import paragraph, plain, tag, text
from ui.language import _, say
from ui.review.columns import legend
from ui.state import screen
from ui.table import ROWS, headings, marked, page_count, page_of, roles_of, styled

PER_PAGE = 8
WIDE = 24
"""Characters beyond which a column is not drawn in its full width."""
_TABLE_PAGE = "table-page"


def draw(review: Review, table: Table | None) -> None:
    """The jump list above, the table below."""
    st.header(_("特異なデータ"), anchor=False)
    if not review.cells:
        paragraph(_("特異なデータは見つかりませんでした。"))
    else:
        _jump_list(review)
    if table is None:
        paragraph(_("定義書だけを審査しています。実データを渡すと、表をここに示します。"))
    else:
        _table(review, table)


def _jump_list(review: Review) -> None:
    chosen = st.pills(
        _("種類で絞る"),
        [kind for kind, n in review.cell_totals.items() if n],
        format_func=lambda kind: f"{say(CELL_KINDS[kind])} {review.cell_totals[kind]:,}",
        key="cell-kind",
    )
    shown = [note for note in review.cells if chosen in (None, note.kind)]
    total = sum(n for kind, n in review.cell_totals.items() if chosen in (None, kind))
    if total > len(shown):
        paragraph(
            _("全 {total} 件のうち、大事なものから {n} 件を並べています。").format(
                total=f"{total:,}", n=len(shown)
            ),
            "mk-small",
        )
    page = 1
    if len(shown) > PER_PAGE:
        page = st.pagination(-(-len(shown) // PER_PAGE), key=f"cell-page-{chosen}")
    start = (page - 1) * PER_PAGE
    for number, note in enumerate(shown[start : start + PER_PAGE], start):
        _entry(note, number)


def _entry(note: CellNote, number: int) -> None:
    about, jump = st.columns([5, 1], vertical_alignment="center")
    place = _("{row} 行目「{column}」").format(
        row=note.row, column="・".join(note.columns) or note.column
    )
    with about:
        st.html(
            tag(
                "div",
                tag(
                    "p",
                    tag("b", text(place))
                    + tag("span", text(say(CELL_KINDS[note.kind])), "mk-badge mk-medium")
                    + tag("span", text(note.masked), "mk-small"),
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
    place = screen().place
    place.focus = (note.row, note.column)
    st.session_state[_TABLE_PAGE] = page_of(note.row)
    actions.explain_cell(note.row, note.column)


def _table(review: Review, table: Table) -> None:
    st.subheader(_("表"), anchor=False)
    paragraph(_("欄を選ぶと、その理由を右の相談に示します。濃い赤は特異なデータです。"), "mk-small")
    page = 1
    pages = page_count(table.rows)
    if pages > 1:
        page = st.pagination(pages, key=_TABLE_PAGE)
    key = f"table-{screen().files}-{page}"
    held = screen()
    st.dataframe(
        styled(
            table,
            roles_of(review.columns),
            marked(review.cells),
            page,
            _("行"),
            held.place.focus,
        ),
        hide_index=True,
        column_config={
            header: st.column_config.Column(width="medium")
            for header, key in headings(table, roles_of(review.columns)).items()
            if max(map(len, table[key].texts), default=0) > WIDE
        },
        height=430,
        key=key,
        on_select=guarded(partial(_select, review, table, page, key)),
        selection_mode="single-cell",
        alt=_("実データの表"),
    )
    st.html(legend())


def _select(review: Review, table: Table, page: int, key: str) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if not cells:
        return
    position, header = cells[0]
    columns = headings(table, roles_of(review.columns))
    actions.explain_cell((page - 1) * ROWS + position + 1, columns.get(header))
