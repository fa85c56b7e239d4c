"""What a safe version must reach, the ways to it, and the one in force, tried out in place.

What the stops of a slider would give is worked out before one is asked for.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from anonymizer import Mode, Preview, Step
from core import Message, Operation, Role, Table, say
from desk import TOOLS, WIDTHS, Session
from ui import actions, waiting
from ui.boundary import boundary, button, guarded
from ui.kit import follow, follow_page, notice, paragraph, plain, redraw_page
from ui.language import _, listed, spoken
from ui.review.findings import further_lines, quasi_line
from ui.safe_version import column_steps, compare, downloads, readers
from ui.state import screen
from ui.waiting import Work

SMALLEST, LARGEST = 2, 20
MOST_SUPPRESSED = 50
"""Percent of the rows that may be given up, at most."""
MODES: dict[Mode, Message] = {
    "local": say("ui.goal.row_row_little_needed"),
    "full-domain": say("ui.goal.same_width_every_row"),
    "mondrian": say("ui.goal.cuts_numbers_dates_follow"),
}
AS_IT_IS = 0
LEAST_ROWS, MOST_ROWS = 5_000, 300_000
"""Fewer rows are quick anyway; of more, what was worked out could not be held."""
Change = tuple[str, Operation, int | None]


def draw(desk: Session) -> None:
    """The part, or how far the work on it is."""
    st.header(_("ui.plan.risk_processing"), anchor=False)
    if desk.table is None:
        paragraph(_("ui.plan.only_schema_under_review"))
    elif waiting.waits("plan"):
        waiting.draw()
    else:
        _draw(desk)


@st.fragment
def _draw(desk: Session) -> None:
    """Propose, choose, compare, adjust, undo. Redrawn alone, so that a slider answers at once."""
    follow_page()
    with boundary():
        waiting.trouble("plan")
        _explain(desk)
        preview = desk.preview_now()
        if preview is not None:
            _reached(desk, preview)
            compare.meters(preview)
        _ask_goal(desk)
        _alternatives(desk)
        if preview is not None and desk.table is not None:
            _workbench(desk, desk.table, preview)


def _reached(desk: Session, preview: Preview) -> None:
    """Whether the plan reaches what was asked for, said before anything else."""
    after, least = preview.after, desk.threshold
    if after.k >= least and preview.processed.met:
        notice(_("ui.download.goal_more_expected_met", n=least), "success")
    else:
        notice(_("ui.download.goal_met_smallest_group", k=f"{after.k:,}", n=least), "error")


def _explain(desk: Session) -> None:
    risk = desk.examined.risk  # not the review's: its findings would be made anew at every step
    if line := quasi_line(risk):
        paragraph(line)
    for further in further_lines(risk, desk.further_risks):
        paragraph(further)
    if risk is not None:
        paragraph(spoken(risk.threshold_source), "mk-small")


def _alternatives(desk: Session) -> None:
    chosen = next((a.number for a in desk.alternatives if a.plan == desk.plan), None)
    if len(desk.alternatives) > 1:
        compare.caption()
        key = f"alternatives-{screen().files}-{chosen}"
        pick = guarded(partial(_picked, desk, key))
        compare.alternatives(desk.alternatives, chosen, key, pick)
    for alternative in desk.alternatives:
        number = alternative.number
        about, choose = st.columns([5, 1], vertical_alignment="center")
        with about:
            compare.draw_alternative(alternative, number == chosen)
        with choose:
            button(
                _("ui.plan.choose_plan", n=number),
                f"choose-{number}",
                _choose,
                desk,
                number,
                disabled=number == chosen,
                wrap=True,
            )


def _picked(desk: Session, key: str) -> None:
    """Choose the alternative whose point was clicked; for the chart's callback."""
    picked = st.session_state[key]["selection"].get("pick") or []
    if picked:
        _choose(desk, int(picked[0]["number"]))


def _choose(desk: Session, number: int) -> None:
    redraw_page()
    actions.act(_("ui.plan.choose_plan", n=number), partial(desk.choose_plan, number))


def _workbench(desk: Session, data: Table, preview: Preview) -> None:
    """The plan in force: widths to try, before and after, each step, what to take away."""
    plan = desk.plan
    if plan is None:
        return
    st.subheader(_("ui.plan.chosen_plan"), anchor=False)
    stops: list[Change] = []
    for step in plan.steps:
        if step.operation is not Operation.DROP and (step.part or step.type) in WIDTHS:
            stops += _width(desk, step)
    compare.draw_preview(data, preview)
    compare.class_sizes(preview)
    st.subheader(_("ui.compare.processing_each_column"), anchor=False)
    st.html(compare.steps(preview))
    column_steps.draw(desk)
    column_steps.draw_hierarchy(desk)
    readers.draw(desk)
    downloads.draw(desk)
    if desk.changes:
        button(spoken(TOOLS["undo"].label), "undo", _undo, desk)
    _look_ahead(desk, stops)


def _undo(desk: Session) -> None:
    redraw_page()
    actions.act(spoken(TOOLS["undo"].label), desk.undo)


def _width(desk: Session, step: Step) -> list[Change]:
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


def _change(column: str, width: int) -> Change:
    if width == AS_IT_IS:
        return column, Operation.KEEP, None
    return column, Operation.BAND, width


def _widen(desk: Session, column: str, key: str) -> None:
    _stop_looking()
    desk.change_plan(*_change(column, st.session_state[key]))


def _width_name(width: int) -> str:
    return _("ui.plan.no_fixed_width") if width == AS_IT_IS else _("ui.plan.years", n=width)


def _ask_goal(desk: Session) -> None:
    """k at once, the other conditions behind a fold, and the button."""
    st.subheader(_("ui.goal.draft_plan"), anchor=False)
    case = screen().files
    plan = desk.plan
    with st.form(f"goal-form-{case}", border=True):
        k = st.slider(
            _("ui.goal.smallest_number_people_same"),
            SMALLEST,
            LARGEST,
            key=follow(f"goal-{case}", min(LARGEST, max(SMALLEST, desk.threshold))),
        )
        with st.expander(_("ui.goal.more_conditions")):
            sensitive = _sensitive(desk, case)
            least, far = st.columns(2, vertical_alignment="bottom")
            with least:
                variety = st.number_input(
                    _("ui.goal.different_values_content_each"),
                    1,
                    20,
                    key=follow(f"goal-l-{case}", plan.l if plan else None),
                )
            with far:
                distance = st.number_input(
                    _("ui.goal.how_far_group_s"),
                    0.0,
                    1.0,
                    step=0.05,
                    key=follow(f"goal-t-{case}", plan.t if plan else None),
                )
            given_up = st.slider(
                _("ui.goal.share_rows_may_suppressed"),
                0,
                MOST_SUPPRESSED,
                5,
                key=f"goal-suppressed-{case}",
            )
            mode = st.radio(
                _("ui.goal.how_widen"),
                list(MODES),
                format_func=lambda m: plain(spoken(MODES[m])),
                key=f"goal-mode-{case}",
            )
            paragraph(_("ui.goal.empty_conditions_used_all"), "mk-small")
        sent = st.form_submit_button(_("ui.goal.draft_plans"), type="primary")
    if sent:
        named = [f"k={k}"]
        named += [f"l={variety}"] if variety else []
        named += [f"t={distance:g}"] if distance is not None else []
        actions.ask(_("ui.goal.draft_plans_make_safe", goal=listed(named)))
        work = partial(
            desk.propose_plan,
            k,
            variety,
            distance,
            sensitive=sensitive,
            max_suppression=given_up / 100,
            mode=mode,
        )
        waiting.begin(_("ui.goal.working_out_plans"), "plan", lambda _work: work(), actions.show)
        st.rerun()


def _sensitive(desk: Session, case: int) -> list[str]:
    """The columns l and t are about; those found to be sensitive where none is picked."""
    reports = {column.name: column for column in desk.columns}
    quasi = desk.plan.quasi if desk.plan else desk.examined.inspection.quasi
    names = [
        name
        for name, column in reports.items()
        if name not in quasi and column.role is not Role.DIRECT_IDENTIFIER
    ]
    if not names:
        return []
    names.sort(key=lambda name: reports[name].role is not Role.SENSITIVE)
    picked: list[str] = st.pills(
        _("ui.goal.columns_whose_content_must"),
        names,
        selection_mode="multi",
        format_func=plain,
        key=f"goal-sensitive-{case}",
    )
    return picked


def _look_ahead(desk: Session, changes: Sequence[Change]) -> None:
    """Begin, in a thread that nobody waits for; what was begun for another plan is stopped."""
    wanted = (desk.plan, tuple(changes))
    held = screen().place
    if not LEAST_ROWS <= (desk.rows or 0) <= MOST_ROWS:
        return
    if held.ahead is not None and held.ahead[0] == wanted:
        return
    _stop_looking()

    def work(_work: Work[None]) -> None:
        desk.foresee(wanted[1])

    held.ahead = (wanted, Work("", "plan", work, lambda _nothing: None).start())


def _stop_looking() -> None:
    """Stop looking ahead, so that what is wanted now has the machine to itself."""
    held = screen().place
    if held.ahead is not None:
        held.ahead[1].stop()
        held.ahead[1].wait(0.2)
        held.ahead = None
