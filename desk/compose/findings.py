"""指摘一覧: every finding, gravest first."""

from core import SEVERITIES
from desk.compose import parts
from desk.compose.brief import Brief
from papers import Document, Heading, Sheet


def compose(brief: Brief) -> Document:
    """The list of findings."""
    t = brief.t
    rows = tuple(
        (
            brief.say(SEVERITIES[f.severity]),
            f.target.column or "",
            brief.say(f.message),
            brief.say(f.reason) if f.reason else "",
            brief.say(f.remedy),
            brief.grounds(f.citations),
            f.rule,
        )
        for f in brief.review.findings
    )
    headers = (
        t("重さ", "Severity"),
        t("項目", "Column"),
        t("指摘", "Finding"),
        t("理由", "Reason"),
        t("対応の例", "Remedy"),
        t("根拠", "Grounds"),
        t("規則", "Rule"),
    )
    name = t("指摘一覧", "Findings")
    sheet = Sheet(name=name, headers=headers, rows=rows, widths=(0.6, 1.1, 2.3, 2.3, 2.3, 1.8, 1.6))
    return brief.document(
        t("指摘一覧（案）", "Findings (draft)"),
        [*parts.files(brief), Heading(text=name), sheet, *parts.revisions(brief)],
    )
