"""点検結果: columns, unusual cells, schema against data, risk."""

from core import CELL_KINDS, check_label
from desk.compose import parts
from desk.compose.brief import Brief
from papers import Block, Document, Heading, Paragraph, Sheet


def compose(brief: Brief) -> Document:
    """What the review saw."""
    t = brief.t
    blocks: list[Block] = [
        *parts.files(brief),
        *_columns(brief),
        *_cells(brief),
        *_schema(brief),
        *parts.risk(brief),
        *parts.revisions(brief),
        parts.closing(brief),
    ]
    return brief.document(t("点検結果（案）", "Review (draft)"), blocks)


def _columns(brief: Brief) -> list[Block]:
    t = brief.t
    rows = tuple(
        (
            c.name,
            parts.category(brief, c),
            brief.say(c.why),
            f"{c.support.n:,}/{c.support.of:,}" if c.support.of else "",
            brief.grounds(c.citations),
        )
        for c in brief.review.columns
    )
    headers = (
        t("項目", "Column"),
        t("区分", "Category"),
        t("理由", "Reason"),
        t("裏付け（行数）", "Support (rows)"),
        t("根拠", "Grounds"),
    )
    name = t("項目", "Columns")
    return [
        Heading(text=name),
        Sheet(name=name, headers=headers, rows=rows, widths=(1.4, 1.6, 3.4, 1.2, 2)),
    ]


def _cells(brief: Brief) -> list[Block]:
    t, review = brief.t, brief.review
    name = t("特異なデータ", "Unusual cells")
    totals = t("、", ", ").join(
        f"{brief.say(CELL_KINDS[kind])} {count:,}" for kind, count in review.cell_totals.items()
    )
    rows = tuple(
        (f"{c.row:,}", c.column, brief.say(CELL_KINDS[c.kind]), c.masked, brief.say(c.reason))
        for c in review.cells
    )
    headers = (
        t("行", "Row"),
        t("項目", "Column"),
        t("種類", "Kind"),
        t("値の形", "Shape"),
        t("理由", "Reason"),
    )
    text = totals or t("見つかりませんでした。", "None were found.")
    blocks: list[Block] = [Heading(text=name), Paragraph(text=text)]
    if rows:
        blocks.append(Sheet(name=name, headers=headers, rows=rows, widths=(0.6, 1.4, 1.4, 1.8, 4)))
    return blocks


def _schema(brief: Brief) -> list[Block]:
    t = brief.t
    rows = tuple(
        (brief.say(check_label(c)), c.declared or "", c.column or "", brief.say(c.message))
        for c in brief.review.schema_check
    )
    if not rows:
        return []
    headers = (
        t("種類", "Kind"),
        t("定義書の項目", "Declared"),
        t("データの項目", "Column"),
        t("内容", "What"),
    )
    name = t("台帳と実データの食い違い", "Schema against data")
    return [
        Heading(text=name),
        Sheet(name=name, headers=headers, rows=rows, widths=(1.6, 1.6, 1.6, 4)),
    ]
