"""What a safe version must reach, and what may be given up for it."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import Message, Role
from ui import actions, waiting
from ui.html import paragraph, plain
from ui.language import _, listed, say
from ui.state import screen
from ui.widgets import follow

if TYPE_CHECKING:
    from anonymizer import Mode
    from desk import Session

SMALLEST, LARGEST = 2, 20
MOST_SUPPRESSED = 50
"""Percent of the rows that may be given up, at most."""
MODES: "dict[Mode, Message]" = {
    "local": Message(
        ja="行ごとに必要な分だけ粗くする（行は失われず、細かさが最も残る）",
        en="Row by row, as little as needed (no row is lost, and most detail stays)",
    ),
    "full-domain": Message(
        ja="どの行も同じ粗さにそろえる（合わない行は伏せる。集計しやすい）",
        en="The same width in every row (rows that do not fit are suppressed; easy to tabulate)",
    ),
    "mondrian": Message(
        ja="数や日付の区切りを、人の集まり方に合わせて決める",
        en="Cuts of numbers and dates that follow where people are",
    ),
}


def draw(desk: "Session") -> None:
    """k at once, the other conditions behind a fold, and the button."""
    st.subheader(_("加工の案を作る"), anchor=False)
    case = screen().files
    plan = desk.plan
    with st.form(f"goal-form-{case}", border=True):
        k = st.slider(
            _("同じ組合せの人が最低何人になるようにするか（k）"),
            SMALLEST,
            LARGEST,
            key=follow(f"goal-{case}", min(LARGEST, max(SMALLEST, desk.threshold))),
        )
        with st.expander(_("条件をさらに決める")):
            sensitive = _sensitive(desk, case)
            least, far = st.columns(2, vertical_alignment="bottom")
            with least:
                variety = st.number_input(
                    _("内容の値が、集まりごとに最低何種類あるか（l）"),
                    1,
                    20,
                    key=follow(f"goal-l-{case}", plan.l if plan else None),
                )
            with far:
                distance = st.number_input(
                    _("内容の値の偏りが、全体とどれだけ違ってよいか（t、0～1）"),
                    0.0,
                    1.0,
                    step=0.05,
                    key=follow(f"goal-t-{case}", plan.t if plan else None),
                )
            given_up = st.slider(
                _("伏せてよい行の割合（%）"), 0, MOST_SUPPRESSED, 5, key=f"goal-suppressed-{case}"
            )
            mode = st.radio(
                _("粗くする方法"),
                list(MODES),
                format_func=lambda m: plain(say(MODES[m])),
                key=f"goal-mode-{case}",
            )
            paragraph(
                _("空欄の条件は使いません。どの数も設定であり、法令に定めはありません。"),
                "mk-small",
            )
        sent = st.form_submit_button(_("案を作る"), type="primary")
    if sent:
        named = [f"k={k}"]
        named += [f"l={variety}"] if variety else []
        named += [f"t={distance:g}"] if distance is not None else []
        actions.ask(_("{goal} で安全にする案を作って").format(goal=listed(named)))
        work = partial(
            desk.propose_plan,
            k,
            variety,
            distance,
            sensitive=sensitive,
            max_suppression=given_up / 100,
            mode=mode,
        )
        waiting.begin(_("加工の案を計算しています"), "plan", lambda _work: work(), actions.show)
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
        _("知られたくない内容の項目（選ばなければ、慎重な扱いを要する項目すべて）"),
        names,
        selection_mode="multi",
        format_func=plain,
        key=f"goal-sensitive-{case}",
    )
    return picked
