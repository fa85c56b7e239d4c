"""Before and after: figures, rows side by side, what is lost, and pictures of risk."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from anonymizer import Alternative, Change, Preview, Step
from core import Operation, Table
from desk import treatment
from ui.kit import CHANGED, badge, entry, figure, figures, items, paragraph, table, tag, text
from ui.language import _, listed, named, percent, spoken

ROWS = 10


def draw_alternative(alternative: Alternative, chosen: bool) -> None:
    """One way to lower the risk: what it keeps, and the risk and loss it leads to."""
    preview = alternative.preview
    name = _("ui.compare.plan", n=alternative.number, title=spoken(alternative.title))
    mark = badge(_("ui.compare.chosen"), "info") if chosen else ""
    difference = tag("p", text(spoken(alternative.difference)))
    body = (difference, tag("p", text(facts(preview)), "mk-small"))
    st.html(entry((tag("b", text(name)), mark), body, "info" if chosen else ""))


def facts(preview: Preview) -> str:
    """The risk and the loss of a preview in one line."""
    return _(
        "ui.compare.smallest_group_people_alone",
        k=f"{preview.after.k:,}",
        uniques=f"{preview.after.uniques:,}",
        kept=percent(preview.loss.granularity),
        rows=f"{preview.loss.suppressed_rows:,}",
    )


def draw_preview(data: Table, preview: Preview) -> None:
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


def _lost(preview: Preview) -> None:
    st.subheader(_("ui.compare.what_lost"), anchor=False)
    if preview.warnings:
        st.html(items(text(spoken(warning)) for warning in preview.warnings))
    else:
        paragraph(_("ui.compare.nothing_much_lost"))


def _side_by_side(data: Table, preview: Preview) -> None:
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


def steps(preview: Preview) -> str:
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


def _operation(step: Step, change: Change) -> str:
    """A step in words; a column kept by the plan may still be made coarser row by row."""
    if step.operation is Operation.KEEP and change.rows_changed:
        return _("ui.compare.coarser_only_rows_need")
    return spoken(treatment(step.operation, step.parameter, step.type))


BINS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, 19), (20, 49), (50, None))
"""Class sizes drawn together."""


def meters(preview: Preview) -> None:
    """Risk now and after, and what is lost, as bars from 0 to 100 %."""
    before, after, loss = preview.before, preview.after, preview.loss
    small = _("ui.charts.people_groups_under", n=after.threshold)
    st.html(
        meter(_("ui.charts.risk_now", what=small), before.share_at_risk, "risk")
        + meter(_("ui.charts.risk_afterwards", what=small), after.share_at_risk, "risk")
        + meter(_("ui.charts.detail_lost"), 1 - loss.granularity, "loss")
    )


def meter(label: str, share: float, kind: str) -> str:
    """A bar for a share (0–1), its value beside it, as HTML."""
    width = f"{max(0.0, min(1.0, share)) * 100:.1f}"
    bar = tag("div", tag("div", "", f"mk-{kind}", style=f"width:{width}%"), "mk-bar")
    words = tag("span", text(label)) + tag("b", text(percent(share)))
    return tag("div", tag("p", words, "mk-meter-label") + bar, "mk-meter")


def class_sizes(preview: Preview) -> None:
    """How many people are in groups of which size, before and after."""
    before = people_by_size(preview.before_measures.histogram())
    after = people_by_size(preview.after_measures.histogram())
    most = max(*before, *after, 1)
    st.subheader(_("ui.charts.sizes_groups_same_combination"), anchor=False)
    heads = (_("ui.charts.size_group"), _("ui.charts.people_before"), _("ui.charts.people_after"))
    rows = [
        tag("th", text(bin_name(*size)), scope="row")
        + _cell(old, most, "risk")
        + _cell(new, most, "kept")
        for size, old, new in zip(BINS, before, after, strict=True)
    ]
    head = tag("tr", "".join(tag("th", text(each), scope="col") for each in heads))
    body = "".join(tag("tr", row) for row in rows)
    st.html(tag("table", tag("thead", head) + tag("tbody", body), "mk-table mk-chart"))


def _cell(people: int, most: int, kind: str) -> str:
    bar = tag("div", "", f"mk-{kind}", style=f"width:{people / most * 100:.1f}%")
    return tag("td", tag("span", text(f"{people:,}")) + tag("div", bar, "mk-bar"))


def bin_name(low: int, high: int | None) -> str:
    """Class sizes in words."""
    if high is None:
        return _("ui.charts.people_more", n=low)
    return _("ui.charts.n_people", n=low) if low == high else _("ui.charts.people", a=low, b=high)


def people_by_size(histogram: Mapping[int, int]) -> list[int]:
    """People in classes of each bin of sizes.

    >>> people_by_size({1: 3, 4: 2, 60: 1})
    [3, 0, 8, 0, 0, 0, 60]
    """
    return [
        sum(
            size * n
            for size, n in histogram.items()
            if low <= size and (high is None or size <= high)
        )
        for low, high in BINS
    ]


def alternatives(
    found: Sequence[Alternative], chosen: int | None, key: str, pick: Callable[[], None]
) -> None:
    """Risk against detail kept, a point for each alternative; a click on one calls `pick`."""
    points = [
        {
            "number": a.number,
            "kept": round(a.preview.loss.granularity * 100, 1),
            "risk": round(a.preview.after_measures.prosecutor * 100, 1),
            "name": _("ui.charts.plan", n=a.number),
            "chosen": a.number == chosen,
        }
        for a in found
    ]
    said = (
        _("ui.charts.plan_detail_kept_highest", n=p["number"], kept=p["kept"], risk=p["risk"])
        for p in points
    )
    st.vega_lite_chart(
        spec=_spec(points),
        key=key,
        on_select=pick,
        selection_mode="pick",
        height=220,
        alt=" / ".join(said),
    )


def _spec(points: list[dict[str, Any]]) -> dict[str, Any]:
    """The picture; Vega would describe its parts in English, so that `alt` alone says it."""
    axis = {"grid": True, "labelFontSize": 12, "titleFontSize": 12, "aria": False}
    level = {"titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -14}
    least, most = min(p["kept"] for p in points), max(p["risk"] for p in points)
    place = {
        "x": {
            "field": "kept", "type": "quantitative", "title": _("ui.charts.detail_kept"),
            "scale": {"domain": [max(0, least - 8), 104]},
            "axis": {**axis, "values": list(range(0, 101, 10 if least < 60 else 5))},
        },
        "y": {
            "field": "risk", "type": "quantitative",
            "title": _("ui.charts.highest_chance_identification"),
            "scale": {"domain": [0, max(1, most * 1.5)]}, "axis": {**axis, **level, "tickCount": 4},
        },
    }  # fmt: skip
    colour = {"condition": {"test": "datum.chosen", "value": "#0017c1"}, "value": "#767676"}
    return {
        "data": {"values": points},
        "params": [
            {"name": "pick", "select": {"type": "point", "fields": ["number"]}, "views": ["points"]}
        ],
        "layer": [
            {
                "name": "points",
                "mark": {"type": "point", "filled": True, "size": 220, "opacity": 1, "aria": False},
                "encoding": {**place, "color": colour},
            },
            *(_names(place, number, shift) for number, shift in ((1, -18), (0, 20))),
        ],
    }


def _names(place: dict[str, Any], parity: int, shift: int) -> dict[str, Any]:
    """The names of every other point, moved up or down so that near ones do not meet."""
    return {
        "transform": [{"filter": f"datum.number % 2 === {parity}"}],
        "mark": {"type": "text", "dy": shift, "fontSize": 13, "aria": False},
        "encoding": {**place, "text": {"field": "name"}},
    }


def caption() -> None:
    """How to read the picture of the alternatives."""
    paragraph(_("ui.charts.further_right_keeps_more"), "mk-small")
