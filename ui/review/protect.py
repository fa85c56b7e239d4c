"""A table to publish: what is counted, what is withheld, and what a reader could work out."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import ColumnReport, Role
from ui import waiting
from ui.boundary import boundary, describe
from ui.html import notice, paragraph, plain, tag, text
from ui.language import _, language, say
from ui.review import override
from ui.review.printed import draw_tables
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
    st.header(_("表の秘匿"), anchor=False)
    paragraph(
        _(
            "人数の表を公表するときに、少ない欄を伏せ、合計から逆算されないようにします。"
            "X は伏せた欄、- は 0 の欄です。"
        )
    )
    if desk.table is None:
        paragraph(_("定義書だけを審査しています。実データを渡すと、ここで表を作れます。"))
        return
    names = dimensions(desk)
    if not names:
        paragraph(_("数える区分にできる項目がありません。区分の少ない項目が要ります。"))
        return
    if waiting.waits("tables"):
        waiting.draw()
        return
    with boundary():
        waiting.trouble("tables")
        if desk.protected is not None:
            _result(desk.protected)
            st.subheader(_("条件を変えてやり直す"), anchor=False)
        _choose(desk, names)


def dimensions(desk: "Session") -> list[str]:
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


def _choose(desk: "Session", names: list[str]) -> None:
    from anonymizer.tables import PRESETS

    ready = desk.count_column is not None
    with st.form(f"protect-{screen().files}", border=True):
        picked = st.pills(
            _("何ごとに数えるか（二つほど選びます）"),
            names,
            default=names if ready else names[:2],
            selection_mode="multi",
            format_func=plain,
            disabled=ready,
            key=f"dims-{screen().files}",
        )
        threshold = st.number_input(
            _("この数に満たない欄を伏せる"),
            min_value=2,
            max_value=100,
            value=THRESHOLD,
            key=f"least-{screen().files}",
        )
        preset = st.radio(
            _("伏せ方"),
            practices(desk),
            format_func=lambda name: say(PRESETS[name].title),
            captions=[plain(say(PRESETS[name].explanation)) for name in practices(desk)],
            key=f"preset-{screen().files}",
        )
        paragraph(_("5 という数は実務で使われる設定値で、法令に定めはありません。"), "mk-small")
        sent = st.form_submit_button(_("伏せる欄を決める"), type="primary")
    if sent:
        _protect(desk, tuple(picked or ()), int(threshold), preset)


def practices(desk: "Session") -> "list[PresetName]":
    """The practices on offer; the one for mobile statistics needs to know whose record it is."""
    from anonymizer.tables import PRESETS

    return [name for name in PRESETS if name != "mobile_statistics" or identifier(desk)]


def identifier(desk: "Session") -> str | None:
    """The column that tells whose record it is; None in a table of counts."""
    people = (c.name for c in desk.columns if c.role is Role.DIRECT_IDENTIFIER)
    return None if desk.count_column else next(people, None)


def _protect(desk: "Session", names: tuple[str, ...], threshold: int, preset: "PresetName") -> None:
    from desk import protected

    def show(found: "Protected") -> None:
        desk.protected = found

    desk.protected = None
    own = identifier(desk)
    waiting.begin(
        _("伏せる欄を計算しています（最大で30秒ほど）"),
        "tables",
        lambda _work: protected(desk, names, threshold, preset, own),
        show,
    )
    st.rerun()


def _result(found: "Protected") -> None:
    st.subheader(_("結果"), anchor=False)
    notice(say(found.summary()), "success" if found.passed else "error")
    draw_tables(found)
    st.subheader(_("逆算できないかの点検"), anchor=False)
    paragraph(
        _("表を見る人が何を知っているかを三通り考え、伏せた数を言い当てられないかを調べました。")
    )
    for (name, report), said in zip(found.audits.items(), found.statements(), strict=True):
        st.html(_audit(audits().get(name, name), report.passed, say(said)))
    decided = override.of(found)
    if found.passed or decided is not None:
        st.download_button(
            _("表と証明書を受け取る"),
            partial(_made, found, decided),
            file_name=_("公表用の表") + ".zip",
            type="primary",
            key=f"protected-{screen().files}",
            on_click="ignore",
        )
    else:
        override.draw(found)


def audits() -> dict[str, str]:
    """What the audits are called."""
    return {
        "linear": _("合計を知る人"),
        "rule_aware": _("伏せ方の決まりも知る人"),
        "contributors": _("自分の分や過去の公表も知る人"),
    }


def _audit(name: str, passed: bool, said: str) -> str:
    verdict = _("言い当てられる欄はありません") if passed else _("言い当てられる欄があります")
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
        return bundle(table_files(found, "csv", decided))
    except Exception as error:
        raise RuntimeError(describe(error).text(language())) from None
