"""A table to publish: what is counted, what is withheld, and what a reader could work out."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import ColumnReport, Role
from ui.kit.html import notice, paragraph, plain, tag, text
from ui.language import _, language, spoken
from ui.running import waiting
from ui.running.boundary import boundary, describe
from ui.safe_version import override
from ui.safe_version.published import draw_tables
from ui.state import screen

if TYPE_CHECKING:
    from anonymizer import Protected
    from anonymizer.tables import PresetName
    from desk import Override, Session

THRESHOLD = 5
MOST_VALUES = 40
"""Distinct values up to which a column makes a readable dimension."""


def draw(desk: "Session") -> None:
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


def dimensions(desk: "Session") -> list[str]:
    """Columns to count by: not direct identifiers; quasi-identifiers first, the coarsest first."""
    table = desk.table
    if table is None:
        return []
    if counts := desk.count_table:
        return list(counts.names)

    def fits(column: ColumnReport) -> bool:
        return (
            column.name in table
            and column.role is not Role.DIRECT_IDENTIFIER
            and 1 < len(table[column.name].values) <= MOST_VALUES
        )

    chosen = [column for column in desk.columns if fits(column)]
    chosen.sort(key=lambda c: (c.role is not Role.QUASI_IDENTIFIER, len(table[c.name].values)))
    return [column.name for column in chosen]


def _choose(desk: "Session", names: list[str]) -> None:
    from anonymizer.tables import PRESETS

    ready = desk.count_table is not None
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


def practices(desk: "Session") -> "list[PresetName]":
    """The practices on offer; the one for mobile statistics needs to know whose record it is."""
    from anonymizer.tables import PRESETS

    return [name for name in PRESETS if name != "mobile_statistics" or identifier(desk)]


def identifier(desk: "Session") -> str | None:
    """The column that tells whose record it is; None in a table of counts."""
    people = (c.name for c in desk.columns if c.role is Role.DIRECT_IDENTIFIER)
    return None if desk.count_table else next(people, None)


def _protect(desk: "Session", names: tuple[str, ...], threshold: int, preset: "PresetName") -> None:
    from desk import protected

    def show(found: "Protected") -> None:
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


def _result(found: "Protected") -> None:
    st.subheader(_("ui.protect_table.result"), anchor=False)
    notice(spoken(found.summary()), "success" if found.passed else "error")
    draw_tables(found)
    st.subheader(_("ui.protect_table.can_worked_out"), anchor=False)
    paragraph(_("ui.protect_table.three_kinds_readers_were"))
    for (name, report), said in zip(found.audits.items(), found.statements(), strict=True):
        st.html(_audit(audits().get(name, name), report.passed, spoken(said)))
    decided = override.of(found)
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
        override.draw(found)


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
    return tag(
        "div",
        tag("p", mark + tag("b", text(f"{name}：{verdict}")), "mk-entry-title")
        + tag("p", text(said), "mk-small"),
        "mk-entry" if passed else "mk-entry e-high",
    )


def _made(found: "Protected", decided: "Override | None") -> bytes:
    from desk import bundle, table_files

    try:
        several = len(found.system.tables) > 1
        return bundle(table_files(found, "xlsx" if several else "csv", decided))
    except Exception as error:
        raise RuntimeError(describe(error).text(language())) from None
