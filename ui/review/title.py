"""The top of a review: which files, and the figures that matter first."""

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from core import Review, RiskReport, Role, Severity, Source
from ui.actions import close_case
from ui.kit.html import figure, figures, tag, text
from ui.language import _, named
from ui.running.boundary import guarded


def draw(review: Review) -> None:
    """The files."""
    files, close = st.columns([4, 1], vertical_alignment="center")
    with files:
        st.html(tag("ul", "".join(tag("li", _file(s, review)) for s in review.inputs), "mk-files"))
    with close:
        st.button(
            _("ui.title.close_review"),
            key="close-case",
            on_click=guarded(close_case),
            help=_("ui.title.forgets_files_conversation_returns"),
            wrap=True,
        )


def draw_figures(review: Review) -> None:
    """The key figures."""
    figures(cards(review))


def _file(source: Source, review: Review) -> str:
    kind = _("ui.correction.schema") if source.kind == "schema" else _("ui.correction.data")
    size = ""
    if source.rows is not None and source.kind != "schema":
        size = _("ui.title.rows_columns", rows=f"{source.rows:,}", columns=len(review.columns))
    parts = [tag("b", text(source.name)), text(kind)]
    parts += [text(size)] if size else []
    mark = text(_("ui.title.fingerprint_sha")) + " " + tag("code", text(source.sha256[:12]))
    parts.append(tag("span", mark, "mk-hash"))
    return "　".join(parts)


def cards(review: Review) -> list[str]:
    """The key figures, gravest first, as HTML."""
    roles = Counter(column.role for column in review.columns)
    careful = sum(count for role, count in roles.items() if role is not Role.OTHER)
    grave = Counter(finding.severity for finding in review.findings)
    made = [
        figure(
            _("ui.findings.findings"),
            _("ui.title.high", n=grave[Severity.HIGH]),
            _("ui.title.medium", n=grave[Severity.MEDIUM]),
            "bad" if grave[Severity.HIGH] else "lead",
        ),
        figure(
            _("ui.title.columns_watch"),
            _("ui.title.of", careful=careful, all=len(review.columns)),
            _(
                "ui.title.legend_of_roles",
                direct=roles[Role.DIRECT_IDENTIFIER],
                quasi=roles[Role.QUASI_IDENTIFIER],
                sensitive=roles[Role.SENSITIVE],
            ),
            "lead",
        ),
    ]
    if risk := review.risk:
        made += [
            figure(
                _("ui.title.people_alone_their_combination"),
                _("ui.charts.n_people", n=f"{risk.uniques:,}"),
                _("ui.title.rows", rows=f"{risk.rows:,}"),
                "bad" if risk.uniques else "good",
            ),
            figure(
                _("ui.title.smallest_group"),
                _("ui.title.k_value", k=f"{risk.k:,}"),
                _("ui.title.guide_more", threshold=risk.threshold),
                "bad" if risk.k < risk.threshold else "good",
            ),
        ]
    return made


def quasi_line(risk: RiskReport | None) -> str | None:
    """Which columns were counted together, in words; None without a measured risk."""
    if risk is None:
        return None
    return _(
        "ui.title.columns_counted_together_quasi",
        names=named(risk.quasi) or _("ui.correction.none"),
    )


def further_lines(risk: RiskReport | None, further: Iterable[RiskReport]) -> list[str]:
    """How many would be alone if more columns were known, a line for each set of columns."""
    counted = risk.quasi if risk else ()
    return [
        _(
            "ui.title.known_well_people_have",
            added=named(key for key in more.quasi if key not in counted),
            n=f"{more.uniques:,}",
        )
        for more in further
    ]


def percent(share: float) -> str:
    """A share (0–1) as people read it.

    >>> percent(0.213), percent(0.0004), percent(0)
    ('21%', '0.04%', '0%')
    """
    value = share * 100
    return f"{value:.2g}%" if 0 < value < 1 else f"{value:.0f}%"
