"""What a safe version must reach, and what may be given up for it."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Message, Role, say
from ui import actions, waiting
from ui.kit import follow, paragraph, plain
from ui.language import _, listed, spoken
from ui.state import screen

if TYPE_CHECKING:
    from anonymizer import Mode
    from desk import Session

SMALLEST, LARGEST = 2, 20
MOST_SUPPRESSED = 50
"""Percent of the rows that may be given up, at most."""
MODES: "dict[Mode, Message]" = {
    "local": say("ui.goal.row_row_little_needed"),
    "full-domain": say("ui.goal.same_width_every_row"),
    "mondrian": say("ui.goal.cuts_numbers_dates_follow"),
}


def draw(desk: "Session") -> None:
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
            paragraph(
                _("ui.goal.empty_conditions_used_all"),
                "mk-small",
            )
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


def _sensitive(desk: "Session", case: int) -> list[str]:
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
