"""Pictures of risk and loss, each with its figures in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.kit import paragraph, tag, text
from ui.language import _, percent

if TYPE_CHECKING:
    from anonymizer import Alternative, Preview

BINS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, 19), (20, 49), (50, None))
"""Class sizes drawn together."""


def meters(preview: "Preview") -> None:
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


def class_sizes(preview: "Preview") -> None:
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
    found: "Sequence[Alternative]", chosen: int | None, key: str, pick: "Callable[[], None]"
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
            {
                "name": "pick",
                "select": {"type": "point", "fields": ["number"]},
                "views": ["points"],
            }
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
    paragraph(
        _("ui.charts.further_right_keeps_more"),
        "mk-small",
    )
