"""Before and after: the figures, the rows side by side with what changed marked, the losses."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core import Operation, Table
from desk import treatment
from ui.kit import CHANGED, figure, figures, items, paragraph, table, tag, text
from ui.language import _, listed, named, percent, spoken

if TYPE_CHECKING:
    from anonymizer import Alternative, Change, Preview, Step

ROWS = 10


def draw_alternative(alternative: "Alternative", chosen: bool) -> None:
    """One way to lower the risk: what it keeps, and the risk and loss it leads to."""
    preview = alternative.preview
    name = _("ui.compare.plan", n=alternative.number, title=spoken(alternative.title))
    mark = tag("span", text(_("ui.compare.chosen")), "mk-badge mk-info") if chosen else ""
    st.html(
        tag(
            "div",
            tag("p", tag("b", text(name)) + mark, "mk-entry-title")
            + tag("p", text(spoken(alternative.difference)))
            + tag("p", text(facts(preview)), "mk-small"),
            "mk-entry e-info" if chosen else "mk-entry",
        )
    )


def facts(preview: "Preview") -> str:
    """The risk and the loss of a preview in one line."""
    return _(
        "ui.compare.smallest_group_people_alone",
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
                _("ui.title.smallest_group"),
                _(
                    "ui.compare.people_before_and_after",
                    before=f"{before.k:,}",
                    after=f"{after.k:,}",
                ),
                _("ui.title.guide_more", threshold=after.threshold),
                "good" if after.k >= after.threshold else "bad",
            ),
            figure(
                _("ui.title.people_alone_their_combination"),
                _(
                    "ui.compare.people_before_and_after",
                    before=f"{before.uniques:,}",
                    after=f"{after.uniques:,}",
                ),
                tone="bad" if after.uniques else "good",
            ),
            figure(
                _("ui.compare.rows_below_guide"),
                f"{percent(before.share_at_risk)} → {percent(after.share_at_risk)}",
                tone="bad" if after.share_at_risk else "good",
            ),
            figure(
                _("ui.compare.detail_kept"),
                percent(loss.granularity),
                _("ui.compare.is_as_it_was"),
                "lead",
            ),
        ]
    )
    _lost(preview)
    _side_by_side(data, preview)


def _lost(preview: "Preview") -> None:
    st.subheader(_("ui.compare.what_lost"), anchor=False)
    if preview.warnings:
        st.html(items(text(spoken(warning)) for warning in preview.warnings))
    else:
        paragraph(_("ui.compare.nothing_much_lost"))


def _side_by_side(data: Table, preview: "Preview") -> None:
    after = preview.processed.table
    said = "".join(warning.ja for warning in preview.warnings)
    gone = [key for key in data.keys if key not in after and f"「{key}」" not in said]
    changed = {c.column for c in preview.processed.changes if c.rows_changed and c.column in after}
    if gone:
        paragraph(_("ui.compare.columns_removed_altogether", names=named(gone)))
    if not changed:
        paragraph(_("ui.compare.no_column_has_values"))
        return
    everything = st.toggle(_("ui.compare.show_unchanged_removed_columns"), key="compare-all")
    shown = data.keys if everything else [key for key in data.keys if key in changed]
    old, new = st.columns(2, gap="small")
    left, right = pair(data, after, shown)
    with old:
        st.subheader(_("ui.compare.before"), anchor=False)
        st.dataframe(left, hide_index=True, alt=_("ui.compare.table_before"))
    with new:
        st.subheader(_("ui.compare.after"), anchor=False)
        st.dataframe(right, hide_index=True, alt=_("ui.compare.table_after"))
    paragraph(_("ui.compare.green_marks_what_changes", n=len(left)), "mk-small")


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
    heads = [
        _("ui.reading.columns"),
        _("ui.compare.processing"),
        _("ui.compare.rows_changed"),
        _("ui.compare.examples_rare_values_masked"),
    ]
    return table(_("ui.compare.processing_each_column"), heads, rows)


def _operation(step: "Step", change: "Change") -> str:
    """A step in words; a column kept by the plan may still be made coarser row by row."""
    if step.operation is Operation.KEEP and change.rows_changed:
        return _("ui.compare.coarser_only_rows_need")
    return spoken(treatment(step.operation, step.parameter, step.type))
