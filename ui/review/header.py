"""The top of a review: which files, and the figures that matter first."""

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from core import Review, RiskReport, Role, Severity, Source
from ui.actions import close_case
from ui.boundary import guarded
from ui.html import figure, figures, tag, text
from ui.language import _, named


def draw(review: Review) -> None:
    """The files and the key figures."""
    files, close = st.columns([4, 1], vertical_alignment="center")
    with files:
        st.html(tag("ul", "".join(tag("li", _file(s, review)) for s in review.inputs), "mk-files"))
    with close:
        st.button(
            _("審査を閉じる"),
            key="close-case",
            on_click=guarded(close_case),
            help=_("ファイルと相談の内容を消して、初めの画面に戻ります。"),
            wrap=True,
        )
    figures(cards(review))


def _file(source: Source, review: Review) -> str:
    kind = _("定義書") if source.kind == "schema" else _("実データ")
    size = ""
    if source.rows is not None and source.kind != "schema":
        size = _("{rows} 行 × {columns} 列").format(
            rows=f"{source.rows:,}", columns=len(review.columns)
        )
    parts = [tag("b", text(source.name)), text(kind)]
    parts += [text(size)] if size else []
    mark = text(_("指紋（SHA-256）")) + " " + tag("code", text(source.sha256[:12]))
    parts.append(tag("span", mark, "mk-hash"))
    return "　".join(parts)


def cards(review: Review) -> list[str]:
    """The key figures, gravest first, as HTML."""
    roles = Counter(column.role for column in review.columns)
    careful = sum(count for role, count in roles.items() if role is not Role.OTHER)
    grave = Counter(finding.severity for finding in review.findings)
    made = [
        figure(
            _("指摘"),
            _("重要 {n} 件").format(n=grave[Severity.HIGH]),
            _("ほかに注意 {n} 件").format(n=grave[Severity.MEDIUM]),
            "bad" if grave[Severity.HIGH] else "lead",
        ),
        figure(
            _("気をつける項目"),
            _("{careful} / {all} 項目").format(careful=careful, all=len(review.columns)),
            _("● {direct}　▲ {quasi}　■ {sensitive}").format(
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
                _("同じ組合せが他にいない人"),
                _("{n} 人").format(n=f"{risk.uniques:,}"),
                _("{rows} 行のうち").format(rows=f"{risk.rows:,}"),
                "bad" if risk.uniques else "good",
            ),
            figure(
                _("最も小さい集まり"),
                _("{k} 人").format(k=f"{risk.k:,}"),
                _("目安 {threshold} 人以上").format(threshold=risk.threshold),
                "bad" if risk.k < risk.threshold else "good",
            ),
        ]
    return made


def quasi_line(risk: RiskReport | None) -> str | None:
    """Which columns were counted together, in words; None without a measured risk."""
    if risk is None:
        return None
    return _("組合せとして数えた項目（準識別子）：{names}").format(
        names=named(risk.quasi) or _("なし")
    )


def further_lines(risk: RiskReport | None, further: Iterable[RiskReport]) -> list[str]:
    """How many would be alone if more columns were known, a line for each set of columns."""
    counted = risk.quasi if risk else ()
    return [
        _("{added}も知られると、同じ組合せが他にいない人は {n} 人になります。").format(
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
