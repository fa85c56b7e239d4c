"""What is done to one column and why, and the levels it is widened by: seen, edited, taken in."""

import csv
import io
import zlib
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from anonymizer import Step
from core import OPERATIONS, ColumnReport, ColumnType, Operation
from desk import GROUNDS, Choice, Session, choices, treatment
from law import citation
from ui import actions
from ui.boundary import button, describe
from ui.kit import chips, follow, notice, paragraph, plain, redraw_page
from ui.language import _, spoken
from ui.state import screen, tell

Parameter = int | float | str | None
LONGEST_NAME = 60


def draw(desk: Session) -> None:
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


def step_shown(steps: tuple[Step, ...]) -> Step:
    """The step of a column that the editor starts from: of a composite, the first that does
    something."""
    return next((s for s in steps if s.operation is not Operation.KEEP), steps[0])


def kind_of(report: ColumnReport) -> ColumnType:
    """The type in whose words a step is told: of a composite, its age or date."""
    kinds = report.parts or (report.type,)
    spoken = (ColumnType.AGE, ColumnType.AGE_BAND, ColumnType.DATE, ColumnType.BIRTH_DATE)
    return next((kind for kind in kinds if kind in spoken), kinds[0])


def _parameter(choice: Choice, report: ColumnReport, now: Step, key: str) -> Parameter:
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


MOST_VALUES = 500
"""Values up to which the levels are edited on the screen."""
STAR = "*"
_SAID = "hierarchy-said"


def draw_hierarchy(desk: Session) -> None:
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


def _edit(desk: Session, name: str, rows: list[list[str]], key: str) -> None:
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
        button(
            _("ui.hierarchy.use_these_levels"), "hierarchy-use", _use, desk, name, written(edited)
        )
        button(_("ui.hierarchy.add_level"), "hierarchy-more", _more, key)
        if name in desk.hierarchies:
            button(_("ui.hierarchy.back_first_levels"), "hierarchy-reset", _use, desk, name, None)


def _more(key: str) -> None:
    st.session_state[f"{key}-more"] = True


def _files(desk: Session, name: str, content: str, key: str) -> None:
    paragraph(_("ui.hierarchy.hierarchy_file_holds_every", name=name), "mk-small")
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


def _use(desk: Session, name: str, content: bytes | None) -> None:
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
        st.session_state[_SAID] = (_("ui.hierarchy.hierarchy_force_press_draft"), "success")
