"""The risk now, ways to lower it, and what the chosen way makes of the data."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Operation, Table
from desk import WIDTHS
from ui import actions
from ui.kit import charts
from ui.kit.html import paragraph, plain
from ui.kit.widgets import follow, follow_page, redraw_page
from ui.language import _, spoken
from ui.review.title import further_lines, quasi_line
from ui.running import waiting
from ui.running.boundary import boundary, guarded
from ui.safe_version import compare, download, editor, goal, hierarchy, look_ahead, readers
from ui.state import screen

if TYPE_CHECKING:
    from anonymizer import Preview, Step
    from desk import Session

AS_IT_IS = 0


def draw(desk: "Session") -> None:
    """The part, or how far the work on it is."""
    st.header(_("ui.plan.risk_processing"), anchor=False)
    if desk.table is None:
        paragraph(_("ui.plan.only_schema_under_review"))
    elif waiting.waits("plan"):
        waiting.draw()
    else:
        _draw(desk)


@st.fragment
def _draw(desk: "Session") -> None:
    """Propose, choose, compare, adjust, undo. Redrawn alone, so that a slider answers at once."""
    follow_page()
    with boundary():
        waiting.trouble("plan")
        _explain(desk)
        preview = desk.preview_now()
        if preview is not None:
            download.goal(desk, preview)
            charts.meters(preview)
        goal.draw(desk)
        _alternatives(desk)
        if preview is not None and desk.table is not None:
            _workbench(desk, desk.table, preview)


def _explain(desk: "Session") -> None:
    risk = desk.examined.risk  # not the review's: its findings would be made anew at every step
    if line := quasi_line(risk):
        paragraph(line)
    for further in further_lines(risk, desk.further_risks):
        paragraph(further)
    if risk is not None:
        paragraph(spoken(risk.threshold_source), "mk-small")


def _alternatives(desk: "Session") -> None:
    chosen = next((a.number for a in desk.alternatives if a.plan == desk.plan), None)
    if len(desk.alternatives) > 1:
        charts.caption()
        key = f"alternatives-{screen().files}-{chosen}"
        pick = guarded(partial(_picked, desk, key))
        charts.alternatives(desk.alternatives, chosen, key, pick)
    for alternative in desk.alternatives:
        number = alternative.number
        about, choose = st.columns([5, 1], vertical_alignment="center")
        with about:
            compare.draw_alternative(alternative, number == chosen)
        with choose:
            st.button(
                _("ui.plan.choose_plan", n=number),
                key=f"choose-{number}",
                disabled=number == chosen,
                wrap=True,
                on_click=guarded(partial(_choose, desk, number)),
            )


def _picked(desk: "Session", key: str) -> None:
    """Choose the alternative whose point was clicked; for the chart's callback."""
    picked = st.session_state[key]["selection"].get("pick") or []
    if picked:
        _choose(desk, int(picked[0]["number"]))


def _choose(desk: "Session", number: int) -> None:
    redraw_page()
    actions.act(_("ui.plan.choose_plan", n=number), partial(desk.choose_plan, number))


def _workbench(desk: "Session", data: Table, preview: "Preview") -> None:
    """The plan in force: widths to try, before and after, each step, what to take away."""
    plan = desk.plan
    if plan is None:
        return
    st.subheader(_("ui.plan.chosen_plan"), anchor=False)
    stops: list[look_ahead.Change] = []
    for step in plan.steps:
        if step.operation is not Operation.DROP and (step.part or step.type) in WIDTHS:
            stops += _width(desk, step)
    compare.draw_preview(data, preview)
    charts.class_sizes(preview)
    st.subheader(_("ui.compare.processing_each_column"), anchor=False)
    st.html(compare.steps(preview))
    editor.draw(desk)
    hierarchy.draw(desk)
    readers.draw(desk)
    download.draw(desk)
    if desk.changes:
        st.button(_("ui.plan.undo"), key="undo", on_click=guarded(partial(_undo, desk)))
    look_ahead.look(desk, stops)


def _undo(desk: "Session") -> None:
    redraw_page()
    actions.act(_("ui.plan.undo"), desk.undo)


def _width(desk: "Session", step: "Step") -> list[look_ahead.Change]:
    """A slider over the widths of an age; the changes it offers, the nearest first."""
    banded = step.operation is Operation.BAND and isinstance(step.parameter, int)
    now = int(step.parameter or 0) if banded else AS_IT_IS
    widths = sorted({AS_IT_IS, now, *WIDTHS[step.part or step.type]})
    key = follow(f"width-{screen().files}-{step.column}", now)
    st.select_slider(
        plain(_("ui.plan.age_width", name=step.column)),
        widths,
        format_func=_width_name,
        key=key,
        on_change=guarded(partial(_widen, desk, step.column, key)),
    )
    near = sorted(widths, key=lambda width: abs(widths.index(width) - widths.index(now)))
    return [_change(step.column, width) for width in near if width != now]


def _change(column: str, width: int) -> look_ahead.Change:
    if width == AS_IT_IS:
        return column, Operation.KEEP, None
    return column, Operation.BAND, width


def _widen(desk: "Session", column: str, key: str) -> None:
    look_ahead.stop()
    desk.change_plan(*_change(column, st.session_state[key]))


def _width_name(width: int) -> str:
    return _("ui.plan.no_fixed_width") if width == AS_IT_IS else _("ui.plan.years", n=width)
