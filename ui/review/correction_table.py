"""The types, roles and units of the columns as a table to correct."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import ROLES, TYPES, ColumnReport, ColumnType, Role
from ui import actions
from ui.boundary import guarded
from ui.kit import paragraph
from ui.language import _, spoken
from ui.state import screen

if TYPE_CHECKING:
    from desk import Outcome, Session


@dataclass(frozen=True)
class Row:
    """One column as the table shows it."""

    type: ColumnType
    role: Role
    unit: bool
    """Whether it tells whose row it is."""


def draw(desk: "Session") -> None:
    """The table, closed until somebody wants to correct it."""
    columns = [c for c in desk.columns if desk.table is None or c.name in desk.table]
    if not columns:
        return
    with st.expander(_("ui.correction_table.title")):
        paragraph(_("ui.correction_table.how"), "mk-small")
        key = f"correct-columns-{screen().files}-{len(desk.history.states)}"
        before = _rows(columns, _unit(desk))
        name, kind, role, unit = heads()
        st.data_editor(
            pd.DataFrame(
                {
                    name: list(before),
                    kind: [spoken(TYPES[r.type]) for r in before.values()],
                    role: [spoken(ROLES[r.role]) for r in before.values()],
                    unit: [r.unit for r in before.values()],
                }
            ),
            hide_index=True,
            disabled=[name] if desk.table is not None else [name, unit],
            column_config={
                kind: st.column_config.SelectboxColumn(
                    options=[spoken(TYPES[t]) for t in ColumnType], required=True
                ),
                role: st.column_config.SelectboxColumn(
                    options=[spoken(ROLES[r]) for r in Role], required=True
                ),
                unit: st.column_config.CheckboxColumn(),
            },
            key=key,
        )
        st.button(
            _("ui.subject.apply"),
            key="correct-apply",
            on_click=guarded(partial(_apply, desk, before, key)),
        )


def heads() -> tuple[str, str, str, str]:
    """What stands above the table."""
    return (
        _("ui.correction_table.column"),
        _("ui.correction_table.type"),
        _("ui.correction_table.role"),
        _("ui.correction_table.unit"),
    )


def _unit(desk: "Session") -> tuple[str, ...]:
    subject = desk.review.subject
    return subject.unit.columns if subject is not None and subject.unit is not None else ()


def _rows(columns: Sequence[ColumnReport], unit: Sequence[str]) -> dict[str, Row]:
    return {c.name: Row(c.type, c.role, c.name in unit) for c in columns}


def corrected(before: Mapping[str, Row], edited: Mapping[int, Mapping[str, Any]]) -> dict[str, Row]:
    """The rows that were edited, as they are now.

    Args:
        before: the rows as they were shown, in their order.
        edited: by the place of a row, what was put in under the heads of the table.
    """
    kinds = {spoken(label): type_ for type_, label in TYPES.items()}
    roles = {spoken(label): role for role, label in ROLES.items()}
    _name, kind, role, unit = heads()
    found: dict[str, Row] = {}
    for place, cells in edited.items():
        name = list(before)[place]
        was = before[name]
        now = Row(
            kinds.get(cells.get(kind, ""), was.type),
            roles.get(cells.get(role, ""), was.role),
            bool(cells.get(unit, was.unit)),
        )
        found |= {name: now} if now != was else {}
    return found


def _apply(desk: "Session", before: Mapping[str, Row], key: str) -> None:
    """Correct what was edited, column by column, and say what came of it."""
    now = corrected(before, st.session_state[key]["edited_rows"])
    for name, row in now.items():
        was = before[name]
        kind, role = (None if row.type is was.type else row.type), None
        if row.role is not was.role:
            role = row.role
        if kind is not None or role is not None:
            actions.act(
                _("ui.correction_table.asked", name=name),
                partial(desk.correct_column, name, kind, role),
            )
    unit = [name for name, row in {**before, **now}.items() if row.unit]
    if unit != [name for name, row in before.items() if row.unit]:
        actions.act(_("ui.correction_table.asked_unit"), partial(_set_unit, desk, unit))


def _set_unit(desk: "Session", unit: list[str]) -> "Outcome":
    return desk.set_case_fact("unit", unit)
