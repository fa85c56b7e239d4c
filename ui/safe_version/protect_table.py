"""A table to publish: what is counted and withheld, what a reader could work out, who decided."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from anonymizer import Protected
from anonymizer.tables import PRESETS, PresetName, Printed, render
from core import ColumnReport, Role
from desk import Override, Session, bundle, protected, table_files
from ui import actions, waiting
from ui.boundary import boundary, guarded, made
from ui.kit import entry, notice, paragraph, plain, tag, text
from ui.language import _, language, spoken
from ui.state import screen, tell

THRESHOLD = 5
MOST_VALUES = 40
"""Distinct values up to which a column makes a readable dimension."""


def draw(desk: Session) -> None:
    """Choose, protect, look, take away."""
    st.header(_("ui.protect_table.tables_publish"), anchor=False)
    paragraph(_("ui.protect_table.table_people_publish_small"))
    if desk.table is None:
        paragraph(_("ui.protect_table.only_schema_under_review"))
        return
    names = dimensions(desk)
    if not names:
        paragraph(_("ui.protect_table.no_column_can_counted"))
        return
    if waiting.waits("tables"):
        waiting.draw()
        return
    with boundary():
        waiting.trouble("tables")
        if desk.protected is not None:
            _result(desk.protected)
            st.subheader(_("ui.protect_table.try_again_other_conditions"), anchor=False)
        _choose(desk, names)


def dimensions(desk: Session) -> list[str]:
    """Columns to count by: not direct identifiers; quasi-identifiers first, the coarsest first."""
    table, counts = desk.table, desk.count_column
    if table is None:
        return []
    if counts:
        return [key for key in table.keys if key != counts]

    def fits(column: ColumnReport) -> bool:
        return (
            column.name in table
            and column.role is not Role.DIRECT_IDENTIFIER
            and 1 < len(table[column.name].values) <= MOST_VALUES
        )

    chosen = [column for column in desk.columns if fits(column)]
    chosen.sort(key=lambda c: (c.role is not Role.QUASI_IDENTIFIER, len(table[c.name].values)))
    return [column.name for column in chosen]


def _choose(desk: Session, names: list[str]) -> None:
    ready = desk.count_column is not None
    with st.form(f"protect-{screen().files}", border=True):
        picked = st.pills(
            _("ui.protect_table.count_choose_about_two"),
            names,
            default=names if ready else names[:2],
            selection_mode="multi",
            format_func=plain,
            disabled=ready,
            key=f"dims-{screen().files}",
        )
        threshold = st.number_input(
            _("ui.protect_table.withhold_cells_under"),
            min_value=2,
            max_value=100,
            value=THRESHOLD,
            key=f"least-{screen().files}",
        )
        preset = st.radio(
            _("ui.protect_table.way_withholding"),
            practices(desk),
            format_func=lambda name: spoken(PRESETS[name].title),
            captions=[plain(spoken(PRESETS[name].explanation)) for name in practices(desk)],
            key=f"preset-{screen().files}",
        )
        paragraph(_("ui.protect_table.five_setting_taken_from"), "mk-small")
        sent = st.form_submit_button(_("ui.protect_table.decide_what_withhold"), type="primary")
    if sent:
        _protect(desk, tuple(picked or ()), int(threshold), preset)


def practices(desk: Session) -> list[PresetName]:
    """The practices on offer; the one for mobile statistics needs to know whose record it is."""
    return [name for name in PRESETS if name != "mobile_statistics" or identifier(desk)]


def identifier(desk: Session) -> str | None:
    """The column that tells whose record it is; None in a table of counts."""
    people = (c.name for c in desk.columns if c.role is Role.DIRECT_IDENTIFIER)
    return None if desk.count_column else next(people, None)


def _protect(desk: Session, names: tuple[str, ...], threshold: int, preset: PresetName) -> None:
    def show(found: Protected) -> None:
        desk.protected = found

    desk.protected = None
    own = identifier(desk)
    waiting.begin(
        _("ui.protect_table.working_out_what_suppress"),
        "tables",
        lambda _work: protected(desk, names, threshold, preset, own),
        show,
    )
    st.rerun()


def _result(found: Protected) -> None:
    st.subheader(_("ui.protect_table.result"), anchor=False)
    notice(spoken(found.summary()), "success" if found.passed else "error")
    draw_tables(found)
    st.subheader(_("ui.protect_table.can_worked_out"), anchor=False)
    paragraph(_("ui.protect_table.three_kinds_readers_were"))
    for (name, report), said in zip(found.audits.items(), found.statements(), strict=True):
        st.html(_audit(audits().get(name, name), report.passed, spoken(said)))
    decided = _decided(found)
    if found.passed or decided is not None:
        st.download_button(
            _("ui.protect_table.take_table_its_certificate"),
            partial(_made, found, decided),
            file_name=_("ui.protect_table.table_publish") + ".zip",
            type="primary",
            key=f"protected-{screen().files}",
            on_click="ignore",
        )
    else:
        _decide(found)


def audits() -> dict[str, str]:
    """What the audits are called."""
    return {
        "linear": _("ui.protect_table.someone_who_knows_totals"),
        "rule_aware": _("ui.protect_table.someone_who_also_knows"),
        "contributors": _("ui.protect_table.someone_who_also_knows_2"),
    }


def _audit(name: str, passed: bool, said: str) -> str:
    verdict = (
        _("ui.protect_table.no_cell_can_worked")
        if passed
        else _("ui.protect_table.some_cells_can_worked")
    )
    mark = tag("span", text("✓" if passed else "×"), "mk-notice-mark")
    title = (mark, tag("b", text(f"{name}：{verdict}")))
    return entry(title, [tag("p", text(said), "mk-small")], "" if passed else "high")


def _made(found: Protected, decided: Override | None) -> bytes:
    return made(lambda: bundle(table_files(found, "csv", decided)), language())


def _decided(found: Protected) -> Override | None:
    """Who decided to publish a table, if somebody did."""
    held = screen().place.override
    return held[1] if held is not None and held[0] is found else None


def _decide(found: Protected) -> None:
    """What else can be done first, and the form of the decision."""
    paragraph(_("ui.override.audit_failed_so_table"))
    with st.expander(_("ui.override.if_decided_publish_all")):
        paragraph(_("ui.override.record_who_decided_why"))
        key = f"override-{screen().files}"
        with st.form(f"{key}-form", border=False):
            st.text_input(_("ui.override.who_decided_office_held"), key=f"{key}-by", max_chars=60)
            st.text_area(_("ui.override.reason_publishing"), key=f"{key}-reason", max_chars=500)
            st.form_submit_button(
                _("ui.override.record_decision"), on_click=guarded(partial(_record, found, key))
            )


def _record(found: Protected, key: str) -> None:
    decided = Override.record(st.session_state[f"{key}-by"], st.session_state[f"{key}-reason"])
    screen().place.override = (found, decided)
    actions.ask(_("ui.override.decided_publish_table_fails"))
    tell(
        _("ui.override.recorded_decided_date_certificate", by=decided.by, on=decided.on.isoformat())
    )


MOST_ROWS = 60
SIDE_BY_SIDE = 6
"""Columns up to which the two tables stand side by side."""


def draw_tables(found: Protected) -> None:
    """For the public first, for the desk beside or below it."""
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


def _marks(found: Protected) -> dict[tuple[str, ...], str]:
    first = {ref.codes: "●" for ref in found.refs(found.primary)}
    return first | {ref.codes: "▲" for ref in found.refs(found.secondary)}


def places(printed: Printed) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Row, column and codes of every count of a printed table."""
    cross = "＼" in printed.header[0]
    for i, row in enumerate(printed.rows):
        if cross:
            yield from ((i, j, (row[0], code)) for j, code in enumerate(printed.header[1:], 1))
        else:
            yield i, len(row) - 1, row[:-1]


def _html(name: str, printed: Printed, marks: dict[tuple[str, ...], str]) -> str:
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
