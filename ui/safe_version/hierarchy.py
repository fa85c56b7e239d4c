"""The levels a column is widened by: looked at, edited, taken in and taken away."""

import csv
import io
import zlib
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from ui import actions
from ui.boundary import describe, guarded
from ui.kit import notice, paragraph, plain, redraw_page
from ui.language import _, spoken
from ui.state import screen, tell

if TYPE_CHECKING:
    from desk import Session

MOST_VALUES = 500
"""Values up to which the levels are edited on the screen."""
STAR = "*"
_SAID = "hierarchy-said"


def draw(desk: "Session") -> None:
    """Which column, its levels as a table, and the file in and out; made when asked for."""
    names = list(desk.plan.quasi) if desk.plan else []
    if not names or not st.toggle(
        _("ui.hierarchy.see_edit_levels_hierarchy"), key="hierarchy-open"
    ):
        return
    paragraph(_("ui.hierarchy.values_widened_from_left"))
    case = screen().files
    name = st.selectbox(
        _("ui.hierarchy.column_look_at"), names, format_func=plain, key=f"hierarchy-{case}"
    )
    if name is None:
        return
    if said := st.session_state.pop(_SAID, None):
        notice(*said)
    content = desk.proposed_hierarchy(name)
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    key = f"levels-{case}-{zlib.crc32(content.encode()):x}"
    if len(rows) <= MOST_VALUES:
        _edit(desk, name, rows, key)
    else:
        paragraph(_("ui.hierarchy.there_values_download_file", n=f"{len(rows):,}"))
    _files(desk, name, content, key)


def levels_of(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> pd.DataFrame:
    """The paths as a table without the last level, which is `*` for all.

    >>> levels_of([["41", "40代", "*"]], ["値", "段階1"]).to_dict("records")
    [{'値': '41', '段階1': '40代'}]
    """
    return pd.DataFrame([row[:-1] for row in rows], columns=list(heads), dtype=str)


def written(frame: pd.DataFrame) -> bytes:
    """The table as a file of paths.

    >>> written(pd.DataFrame({"値": ["41"], "段階1": ["40代"]})).decode()
    '41;40代;*\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([*map(str, row), STAR] for row in frame.fillna("").itertuples(index=False))
    return out.getvalue().encode()


def _edit(desk: "Session", name: str, rows: list[list[str]], key: str) -> None:
    width = max(len(rows[0]) - 1, 1) + (1 if st.session_state.get(f"{key}-more") else 0)
    padded = [[*row[:-1], *[row[-2]] * (width + 1 - len(row)), STAR] for row in rows]
    heads = [_("ui.hierarchy.value"), *(_("ui.hierarchy.level", n=n) for n in range(1, width))]
    edited = st.data_editor(
        levels_of(padded, heads),
        hide_index=True,
        disabled=[heads[0]],
        key=f"{key}-{width}",
        height=min(38 * (len(rows) + 1), 360),
        alt=_("ui.hierarchy.table_levels"),
    )
    with st.container(horizontal=True):
        st.button(
            _("ui.hierarchy.use_these_levels"),
            key="hierarchy-use",
            on_click=guarded(partial(_use, desk, name, written(edited))),
        )
        st.button(_("ui.hierarchy.add_level"), key="hierarchy-more", on_click=partial(_more, key))
        if name in desk.hierarchies:
            st.button(
                _("ui.hierarchy.back_first_levels"),
                key="hierarchy-reset",
                on_click=guarded(partial(_use, desk, name, None)),
            )


def _more(key: str) -> None:
    st.session_state[f"{key}-more"] = True


def _files(desk: "Session", name: str, content: str, key: str) -> None:
    paragraph(
        _("ui.hierarchy.hierarchy_file_holds_every", name=name),
        "mk-small",
    )
    st.download_button(
        _("ui.hierarchy.download_hierarchy_csv"),
        content,
        file_name=f"mekiki_hierarchy_{name}.csv",
        key=f"hierarchy-download-{key}",
        on_click="ignore",
    )
    with st.container(key="hierarchy-add"):
        sent = st.chat_input(
            _("ui.hierarchy.choose_hierarchy_file_send"),
            accept_file=True,
            file_type=["csv"],
            key="hierarchy-file",
        )
    if sent and sent.files:
        _use(desk, name, sent.files[0].getvalue())
        st.rerun()


def _use(desk: "Session", name: str, content: bytes | None) -> None:
    """Put a hierarchy in force and say so here and in the conversation."""
    redraw_page()
    actions.ask(_("ui.hierarchy.edit_hierarchy", name=name))
    try:
        desk.set_hierarchy(name, content)
    except Exception as error:
        message = spoken(describe(error))
        tell(message)
        st.session_state[_SAID] = (message, "error")
    else:
        actions.show(desk.preview())
        st.session_state[_SAID] = (
            _("ui.hierarchy.hierarchy_force_press_draft"),
            "success",
        )
