"""The risk now, ways to lower it, and what the chosen way makes of the data."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import ColumnType, Operation, Table
from ui import actions
from ui.boundary import boundary
from ui.html import paragraph, plain
from ui.language import _, say
from ui.review import charts, compare, editor, takeaway
from ui.review.header import further_lines, quasi_line
from ui.state import screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from anonymizer import Preview, Step
    from desk import Outcome, Session

SMALLEST, LARGEST = 2, 20
AS_PLANNED = 0
AGE_WIDTHS: dict[ColumnType, tuple[int, ...]] = {
    ColumnType.AGE: (5, 10, 15, 20, 30),
    ColumnType.AGE_BAND: (10, 20, 30),
}


@st.fragment
def draw(desk: "Session") -> None:
    """Propose, choose, compare, adjust, undo. Redrawn alone, so that a slider answers at once."""
    with boundary():
        st.header(_("リスクと加工"), anchor=False)
        if desk.table is None:
            paragraph(
                _(
                    "定義書だけを審査しています。実データを渡すと、リスクを測り、加工の案を作れます。"
                )
            )
            return
        _explain(desk)
        preview = desk.preview_now()
        if preview is not None:
            takeaway.goal(desk, preview)
            charts.meters(preview)
        _propose(desk)
        if preview is not None:
            _workbench(desk, desk.table, preview)


def _explain(desk: "Session") -> None:
    review = desk.review
    if line := quasi_line(review):
        paragraph(say(line))
    for further in further_lines(review, desk.further_risks):
        paragraph(further)
    if review.risk:
        paragraph(say(review.risk.threshold_source), "mk-small")


def _propose(desk: "Session") -> None:
    st.subheader(_("加工の案を作る"), anchor=False)
    slider, button = st.columns([3, 1], vertical_alignment="bottom")
    with slider:
        k = st.slider(
            _("同じ組合せの人が最低何人になるようにするか（k）"),
            SMALLEST,
            LARGEST,
            value=desk.threshold,
            key=f"goal-{screen().files}",
        )
    with button:
        if st.button(_("案を作る"), type="primary", key="propose"):
            asked = _("k={k} で安全にする案を作って").format(k=k)
            _act(asked, partial(desk.propose_plan, k))
    _chart(desk)
    for alternative in desk.alternatives:
        chosen = alternative.plan == desk.plan
        about, choose = st.columns([5, 1], vertical_alignment="center")
        with about:
            compare.draw_alternative(alternative, chosen)
        with choose:
            name = _("案{n}を選ぶ").format(n=alternative.number)
            key = f"choose-{alternative.number}"
            if st.button(name, key=key, disabled=chosen, wrap=True):
                _act(name, partial(desk.choose_plan, alternative.number))


def _chart(desk: "Session") -> None:
    """Risk against detail; a click on a point chooses its alternative."""
    if len(desk.alternatives) < 2:
        return
    chosen = next((a.number for a in desk.alternatives if a.plan == desk.plan), None)
    key = f"alternatives-{screen().files}-{len(desk.history.states)}"
    charts.caption()
    picked = charts.alternatives(desk.alternatives, chosen, key)
    if picked is not None and picked != chosen:
        _act(_("案{n}を選ぶ").format(n=picked), partial(desk.choose_plan, picked))


def _act(asked: str, action: "Callable[[], Outcome]") -> None:
    """Do something on the desk; the conversation beside must be drawn anew as well."""
    with st.spinner(_("計算しています…")):
        actions.act(asked, action)
    st.rerun()


def _workbench(desk: "Session", data: Table, preview: "Preview") -> None:
    """The plan in force: widths to try, before and after, each step, what to take away."""
    plan = desk.plan
    if plan is None:
        return
    st.subheader(_("選んだ加工"), anchor=False)
    for step in plan.steps:
        if step.operation is not Operation.DROP and (step.part or step.type) in AGE_WIDTHS:
            _width(desk, step)
    compare.draw_preview(data, preview)
    charts.class_sizes(preview)
    st.subheader(_("項目ごとの加工"), anchor=False)
    st.html(compare.steps(preview))
    editor.draw(desk)
    takeaway.draw(desk)
    if len(desk.history.states) > 1 and st.button(_("一つ前に戻す"), key="undo"):
        _act(_("一つ前に戻す"), desk.undo)


def _width(desk: "Session", step: "Step") -> None:
    widths = AGE_WIDTHS[step.part or step.type]
    banded = step.operation is Operation.BAND and step.parameter in widths
    now = int(step.parameter or 0) if banded else AS_PLANNED
    width = st.select_slider(
        plain(_("「{name}」の年齢の幅").format(name=step.column)),
        (AS_PLANNED, *widths),
        value=now,
        format_func=_width_name,
        key=f"width-{step.column}-{len(desk.history.states)}",
    )
    if width not in (now, AS_PLANNED):
        desk.change_plan(step.column, Operation.BAND, width)
        st.rerun(scope="fragment")


def _width_name(width: int) -> str:
    return _("案のまま") if width == AS_PLANNED else _("{n} 歳ごと").format(n=width)
