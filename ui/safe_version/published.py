"""The protected table as it is published, beside the same table with its reasons."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ui.kit import paragraph, tag, text
from ui.language import _

if TYPE_CHECKING:
    from anonymizer import Protected
    from anonymizer.tables import Printed

MOST_ROWS = 60
SIDE_BY_SIDE = 6
"""Columns up to which the two tables stand side by side."""


def draw_tables(found: "Protected") -> None:
    """For the public first, for the desk beside or below it."""
    from anonymizer.tables import render

    bare = replace(
        found, primary=np.zeros_like(found.primary), secondary=np.zeros_like(found.secondary)
    )
    marks = _marks(found)
    for public, own in zip(render(found), render(bare), strict=True):
        wide = len(public.header) > SIDE_BY_SIDE
        left, right = (st.container(), st.container()) if wide else st.columns(2, gap="small")
        with left:
            st.subheader(_("ui.published.public"), anchor=False)
            st.html(_html(_("ui.published.public"), public, {}))
        with right:
            st.subheader(_("ui.published.internal_published"), anchor=False)
            st.html(_html(_("ui.published.internal_table"), own, marks))
        if len(public.rows) > MOST_ROWS:
            paragraph(_("ui.published.first_rows_shown", n=MOST_ROWS), "mk-small")
    paragraph(_("ui.published.withheld_because_small_withheld"), "mk-small")


def _marks(found: "Protected") -> dict[tuple[str, ...], str]:
    first = {ref.codes: "●" for ref in found.refs(found.primary)}
    return first | {ref.codes: "▲" for ref in found.refs(found.secondary)}


def places(printed: "Printed") -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Row, column and codes of every count of a printed table."""
    cross = "＼" in printed.header[0]
    for i, row in enumerate(printed.rows):
        if cross:
            yield from ((i, j, (row[0], code)) for j, code in enumerate(printed.header[1:], 1))
        else:
            yield i, len(row) - 1, row[:-1]


def _html(name: str, printed: "Printed", marks: dict[tuple[str, ...], str]) -> str:
    codes = {(i, j): where for i, j, where in places(printed)}
    head = tag("tr", "".join(tag("th", text(each), scope="col") for each in printed.header))
    body = []
    for i, row in enumerate(printed.rows[:MOST_ROWS]):
        cells = []
        for j, value in enumerate(row):
            mark = marks.get(codes.get((i, j), ()), "")
            css = {"●": "mk-first", "▲": "mk-second"}.get(mark, "")
            shown = f"{value} {mark}" if mark else value
            cells.append(tag("td", text(shown), f"num {css}".strip() if (i, j) in codes else ""))
        body.append(tag("tr", "".join(cells)))
    made = tag("table", tag("thead", head) + tag("tbody", "".join(body)), "mk-table")
    return tag("div", made, "mk-scroll", tabindex="0", role="region", **{"aria-label": name})
