"""Before and after: the figures, the rows side by side with what changed marked, the losses."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core import Operation, Table
from desk import treatment
from ui.html import figure, figures, items, paragraph, table, tag, text
from ui.language import _, listed, named, say
from ui.review.header import percent
from ui.theme import CHANGED

if TYPE_CHECKING:
    from anonymizer import Alternative, Change, Preview, Step

ROWS = 10


def draw_alternative(alternative: "Alternative", chosen: bool) -> None:
    """One way to lower the risk: what it keeps, and the risk and loss it leads to."""
    preview = alternative.preview
    name = _("案{n}：{title}").format(n=alternative.number, title=say(alternative.title))
    mark = tag("span", text(_("選択中")), "mk-badge mk-info") if chosen else ""
    st.html(
        tag(
            "div",
            tag("p", tag("b", text(name)) + mark, "mk-entry-title")
            + tag("p", text(say(alternative.difference)))
            + tag("p", text(facts(preview)), "mk-small"),
            "mk-entry e-info" if chosen else "mk-entry",
        )
    )


def facts(preview: "Preview") -> str:
    """The risk and the loss of a preview in one line."""
    return _(
        "最も小さい集まり {k} 人　一人だけの人 {uniques} 人　残る細かさ {kept}　伏せる行 {rows}"
    ).format(
        k=f"{preview.after.k:,}",
        uniques=f"{preview.after.uniques:,}",
        kept=percent(preview.loss.granularity),
        rows=f"{preview.loss.suppressed_rows:,}",
    )


def draw_preview(data: Table, preview: "Preview") -> None:
    """Figures before and after, what is lost, and the rows side by side."""
    before, after, loss = preview.before, preview.after, preview.loss
    figures(
        [
            figure(
                _("最も小さい集まり"),
                _("{before} 人 → {after} 人").format(before=f"{before.k:,}", after=f"{after.k:,}"),
                _("目安 {threshold} 人以上").format(threshold=after.threshold),
                "good" if after.k >= after.threshold else "bad",
            ),
            figure(
                _("同じ組合せが他にいない人"),
                _("{before} 人 → {after} 人").format(
                    before=f"{before.uniques:,}", after=f"{after.uniques:,}"
                ),
                tone="bad" if after.uniques else "good",
            ),
            figure(
                _("目安に満たない行"),
                f"{percent(before.share_at_risk)} → {percent(after.share_at_risk)}",
                tone="bad" if after.share_at_risk else "good",
            ),
            figure(
                _("残る細かさ"),
                percent(loss.granularity),
                _("100% は元のまま"),
                "lead",
            ),
        ]
    )
    _lost(preview)
    _side_by_side(data, preview)


def _lost(preview: "Preview") -> None:
    st.subheader(_("失われるもの"), anchor=False)
    if preview.warnings:
        st.html(items(text(say(warning)) for warning in preview.warnings))
    else:
        paragraph(_("大きく失われるものはありません。"))


def _side_by_side(data: Table, preview: "Preview") -> None:
    after = preview.processed.table
    said = "".join(warning.ja for warning in preview.warnings)
    gone = [key for key in data.keys if key not in after and f"「{key}」" not in said]
    changed = {c.column for c in preview.processed.changes if c.rows_changed and c.column in after}
    if gone:
        paragraph(_("列ごと消す項目：{names}").format(names=named(gone)))
    if not changed:
        paragraph(_("値を変える項目はありません。"))
        return
    everything = st.toggle(_("変わらない項目と消す項目も見る"), key="compare-all")
    shown = data.keys if everything else [key for key in data.keys if key in changed]
    old, new = st.columns(2, gap="small")
    left, right = pair(data, after, shown)
    with old:
        st.subheader(_("加工前"), anchor=False)
        st.dataframe(left, hide_index=True, alt=_("加工前の表"))
    with new:
        st.subheader(_("加工後"), anchor=False)
        st.dataframe(right, hide_index=True, alt=_("加工後の表"))
    paragraph(
        _("緑は変わるところです。初めの {n} 行を示しています。").format(n=len(left)), "mk-small"
    )


def pair(before: Table, after: Table, keys: list[str]) -> tuple[pd.DataFrame, Styler]:
    """The first rows before, and after with the changed cells marked.

    A column that the plan drops stays in its place as "—".
    """
    old = before.frame(0, ROWS)[keys]
    kept = after.frame(0, ROWS)
    new = pd.DataFrame(
        {key: kept[key] if key in kept else ["—"] * len(old) for key in keys}, index=old.index
    )
    css = (new != old).replace({True: CHANGED.css, False: ""}).astype(object)
    return old, new.style.apply(lambda _: css, axis=None)


def steps(preview: "Preview") -> str:
    """What happens to each column, with examples, as an HTML table."""
    rows = []
    for change in preview.processed.changes:
        done = listed(dict.fromkeys(_operation(step, change) for step in change.steps))
        shown = preview.changes.get(change.column, ())
        examples = listed(f"{e.before} → {e.after}" for e in shown) or "—"
        rows.append((change.column, done, f"{change.rows_changed:,}", examples))
    heads = [_("項目"), _("加工"), _("変わる行"), _("例（少ない値は伏せています）")]
    return table(_("項目ごとの加工"), heads, rows)


def _operation(step: "Step", change: "Change") -> str:
    """A step in words; a column kept by the plan may still be made coarser row by row."""
    if step.operation is Operation.KEEP and change.rows_changed:
        return _("必要な行だけ粗くする")
    return say(treatment(step.operation, step.parameter, step.type))
