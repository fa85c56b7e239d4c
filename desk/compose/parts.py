"""Blocks that several papers share."""

import knowledge
from core import MARKS, ROLES, STATUSES, TYPES, Citation, ColumnReport, RiskReport, Status
from desk.compose.brief import Brief
from desk.words import percent, percent_en
from papers import Block, Heading, Pairs, Paragraph, Sheet


def files(brief: Brief) -> list[Block]:
    """Which files were read, with their hashes."""
    t = brief.t
    rows = tuple(
        (
            s.name,
            t("定義書", "schema") if s.kind == "schema" else t("データ", "data"),
            f"{s.rows:,}" if s.rows is not None else "",
            s.encoding or "",
            s.sha256,
        )
        for s in brief.review.inputs
    )
    headers = (
        t("ファイル名", "File"),
        t("種類", "Kind"),
        t("行数", "Rows"),
        t("文字コード", "Encoding"),
        t("ハッシュ値（SHA-256）", "SHA-256"),
    )
    return [
        Heading(text=t("対象のファイル", "Files")),
        Sheet(
            name=t("対象のファイル", "Files"),
            headers=headers,
            rows=rows,
            widths=(2.4, 0.9, 0.8, 1.2, 4.4),
        ),
    ]


def category(brief: Brief, column: ColumnReport) -> str:
    """Role and type of a column in words."""
    kinds = [TYPES[p] for p in column.parts] or [TYPES[column.type]]
    role = brief.say(ROLES[column.role])
    return f"{MARKS[column.role]} {role}\n" + "・".join(brief.say(k) for k in kinds)


def risk(brief: Brief) -> list[Block]:
    """The risk now, and after the plan where there is one."""
    t, review = brief.t, brief.review
    before = review.proposal.before if review.proposal else review.risk
    after = review.proposal.after if review.proposal else None
    title = t("再識別の危険（加工の前と後）", "Re-identification risk before and after")
    if before is None:
        text = t(
            "データの添付がないため、危険の大きさは測っていません。",
            "No data was attached, so no risk was measured.",
        )
        return [Heading(text=title), Paragraph(text=text)]
    rows = tuple(
        (name, value, after_value)
        for (name, value), (_, after_value) in zip(
            _figures(brief, before),
            _figures(brief, after) if after else [("", t("（加工案なし）", "(no plan)"))] * 5,
            strict=True,
        )
    )
    headers = (t("指標", "Measure"), t("加工前", "Before"), t("加工後", "After"))
    quasi = t("、", ", ").join(before.quasi)
    return [
        Heading(text=title),
        Sheet(name=title, headers=headers, rows=rows, widths=(3, 1.5, 1.5)),
        Paragraph(
            text=t(
                f"組合せとして数えた項目（準識別子）：{quasi}。",
                f"Columns counted together (quasi-identifiers): {quasi}.",
            ),
            note=True,
        ),
        Paragraph(text=brief.say(before.threshold_source), note=True),
    ]


def _figures(brief: Brief, risk: RiskReport) -> list[tuple[str, str]]:
    t = brief.t
    share = percent(risk.share_at_risk) if brief.lang == "ja" else percent_en(risk.share_at_risk)
    return [
        (t("最も小さい集まりの人数（k）", "Smallest group (k)"), f"{risk.k:,}"),
        (t("同じ組合せの人がほかにいない人", "People who are alone"), f"{risk.uniques:,}"),
        (
            t(f"{risk.threshold}人未満の集まりにいる人の割合", f"In groups under {risk.threshold}"),
            share,
        ),
        (t("集まりの数", "Groups"), f"{risk.classes:,}"),
        (t("対象の行数", "Rows"), f"{risk.rows:,}"),
    ]


def revisions(brief: Brief) -> list[Block]:
    """Which rules and which texts of law the paper rests on."""
    t, review = brief.t, brief.review
    cited = [
        c for part in (review.columns, review.findings) for item in part for c in item.citations
    ]
    texts: dict[tuple[str, Status], Citation] = {(c.law, c.status): c for c in cited}
    rows = tuple(
        (
            knowledge.law_name(c.law, brief.lang),
            c.revision or "",
            c.effective_from or "",
            brief.say(STATUSES[c.status]),
        )
        for c in texts.values()
    )
    headers = (
        t("法令・資料", "Law or document"),
        t("確認した版", "Revision checked"),
        t("施行日", "In force from"),
        t("確認の程度", "Verification"),
    )
    title = t("規則と法令の版", "Rules and texts")
    pairs = (
        (t("規則の版", "Rule pack"), review.rule_revision),
        (t("基準日", "Law as of"), review.as_of),
    )
    blocks: list[Block] = [Heading(text=title), Pairs(pairs=pairs)]
    if rows:
        blocks.append(Sheet(name=title, headers=headers, rows=rows, widths=(3.0, 3.4, 1.5, 1.9)))
    return blocks


def closing(brief: Brief) -> Paragraph:
    """What the paper is not."""
    return Paragraph(
        text=brief.t(
            "この書類は、審議のための案です。判断は、審議会及び実施機関が行います。",
            "This paper is a draft for discussion. The council and the body decide.",
        ),
        note=True,
    )
