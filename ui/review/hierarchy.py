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
from ui.html import notice, paragraph, plain
from ui.language import _, say
from ui.state import screen, tell
from ui.widgets import redraw_page

if TYPE_CHECKING:
    from desk import Session

MOST_VALUES = 500
"""Values up to which the levels are edited on the screen."""
STAR = "*"
_SAID = "hierarchy-said"


def draw(desk: "Session") -> None:
    """Which column, its levels as a table, and the file in and out; made when asked for."""
    names = list(desk.plan.quasi) if desk.plan else []
    if not names or not st.toggle(_("区分の段階（階層）を見る・直す"), key="hierarchy-open"):
        return
    paragraph(
        _(
            "値を粗くするとき、左から右の段階へ広げます。段階の名前は自由に直せます。"
            "同じ名前にした値は、その段階で一つにまとまります。"
        )
    )
    case = screen().files
    name = st.selectbox(_("階層を見る項目"), names, format_func=plain, key=f"hierarchy-{case}")
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
        paragraph(
            _("値が {n} 種類あります。ファイルを受け取って直し、取り込んでください。").format(
                n=f"{len(rows):,}"
            )
        )
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
    heads = [_("値"), *(_("段階{n}").format(n=n) for n in range(1, width))]
    edited = st.data_editor(
        levels_of(padded, heads),
        hide_index=True,
        disabled=[heads[0]],
        key=f"{key}-{width}",
        height=min(38 * (len(rows) + 1), 360),
        alt=_("区分の段階の表"),
    )
    with st.container(horizontal=True):
        st.button(
            _("この段階を使う"),
            key="hierarchy-use",
            on_click=guarded(partial(_use, desk, name, written(edited))),
        )
        st.button(_("段階を一つ増やす"), key="hierarchy-more", on_click=partial(_more, key))
        if name in desk.hierarchies:
            st.button(
                _("初めの段階に戻す"),
                key="hierarchy-reset",
                on_click=guarded(partial(_use, desk, name, None)),
            )


def _more(key: str) -> None:
    st.session_state[f"{key}-more"] = True


def _files(desk: "Session", name: str, content: str, key: str) -> None:
    paragraph(
        _(
            "「{name}」の階層のファイルには、この項目のすべての値が載ります。"
            "元のデータと同じように扱ってください。"
            "ARXの形式（区切りは「;」、見出しなし、値から「*」まで）で受け取り、取り込めます。"
        ).format(name=name),
        "mk-small",
    )
    st.download_button(
        _("階層を受け取る（CSV）"),
        content,
        file_name=f"mekiki_hierarchy_{name}.csv",
        key=f"hierarchy-download-{key}",
        on_click="ignore",
    )
    with st.container(key="hierarchy-add"):
        sent = st.chat_input(
            _("「＋」から階層のファイルを選んで送信"),
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
    actions.ask(_("「{name}」の階層を直す").format(name=name))
    try:
        desk.set_hierarchy(name, content)
    except Exception as error:
        message = say(describe(error))
        tell(message)
        st.session_state[_SAID] = (message, "error")
    else:
        actions.show(desk.preview())
        st.session_state[_SAID] = (
            _("階層を改めました。「案を作る」を押すと、この階層で案を作り直します。"),
            "success",
        )
