"""Choosing what is done to one column, and why it is done."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import OPERATIONS, ColumnReport, ColumnType, Operation
from desk import GROUNDS, Choice, choices, treatment
from law import citation
from ui import actions
from ui.kit import chips, follow, paragraph, plain
from ui.language import _, spoken
from ui.state import screen

if TYPE_CHECKING:
    from anonymizer import Step
    from desk import Session

Parameter = int | float | str | None
LONGEST_NAME = 60


def draw(desk: "Session") -> None:
    """Pick a column, an operation and its parameter, and apply."""
    plan = desk.plan
    if plan is None:
        return

    st.subheader(_("ui.editor.choose_processing_column"), anchor=False)
    reports = {column.name: column for column in desk.columns}
    names = [name for name in plan.columns if name in reports]
    case = screen().files
    name = st.selectbox(
        _("ui.reading.columns"), names, format_func=plain, key=f"edit-column-{case}"
    )
    if name is None:
        return
    report = reports[name]
    given = desk.hierarchies.get(name)
    offered = {c.operation: c for c in choices(report, given.height if given else 0)}
    now = step_shown(plan.of(name))
    offered.setdefault(now.operation, Choice(now.operation))
    key = f"{case}-{name}"
    left, right = st.columns(2)
    with left:
        operation = st.selectbox(
            _("ui.compare.processing"),
            list(offered),
            format_func=lambda o: spoken(OPERATIONS[o]),
            key=follow(f"edit-operation-{key}", now.operation),
        )
    with right:
        parameter = _parameter(offered[operation], report, now, f"{key}-{operation}")
    ground = GROUNDS[operation]
    paragraph(spoken(ground.reason))
    if ground.place:
        paragraph(spoken(ground.place), "mk-small")
    chips([citation(card) for card in ground.cards], f"edit-{operation}", 4)
    ready = operation is not Operation.PSEUDONYMIZE or bool(str(parameter or "").strip())
    if st.button(_("ui.editor.apply"), key="edit-apply", disabled=not ready):
        asked = _(
            "ui.editor.set",
            name=name,
            operation=spoken(treatment(operation, parameter, kind_of(report))),
        )
        actions.act(asked, partial(desk.change_plan, name, operation, parameter))
        st.rerun()


def step_shown(steps: "tuple[Step, ...]") -> "Step":
    """The step of a column that the editor starts from: of a composite, the first that does
    something."""
    return next((s for s in steps if s.operation is not Operation.KEEP), steps[0])


def kind_of(report: ColumnReport) -> ColumnType:
    """The type in whose words a step is told: of a composite, its age or date."""
    kinds = report.parts or (report.type,)
    spoken = (ColumnType.AGE, ColumnType.AGE_BAND, ColumnType.DATE, ColumnType.BIRTH_DATE)
    return next((kind for kind in kinds if kind in spoken), kinds[0])


def _parameter(choice: Choice, report: ColumnReport, now: "Step", key: str) -> Parameter:
    """The widget for an operation's parameter, starting from the plan where it does the same."""
    same = now.parameter if now.operation is choice.operation else None
    if choice.offered:
        options = list(dict.fromkeys((*choice.offered, *([same] if same is not None else []))))
        key = follow(f"edit-parameter-{key}", same if same is not None else options[0])
        kind = kind_of(report)
        picked: Parameter = st.selectbox(
            _("ui.editor.how_far"),
            options,
            format_func=lambda p: plain(spoken(treatment(choice.operation, p, kind))),
            key=key,
        )
        return picked
    usual = choice.usual if same is None else same
    if choice.operation is Operation.PSEUDONYMIZE:
        key = follow(f"edit-parameter-{key}", str(usual or ""))
        return st.text_input(_("ui.editor.name_recipient"), key=key, max_chars=LONGEST_NAME).strip()
    if usual is None or isinstance(usual, str):
        return None
    key = f"edit-parameter-{key}"
    if choice.operation is Operation.NOISE:
        follow(key, float(usual))
        return float(st.number_input(_("ui.editor.size_noise"), 0.1, 10.0, step=0.1, key=key))
    follow(key, int(usual))
    return int(st.number_input(_("ui.editor.bound_width"), 0, step=1, key=key))
