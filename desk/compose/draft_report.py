"""答申案: the draft report, column by column, with risk before and after."""

from collections import Counter
from collections.abc import Sequence

from core import TYPES, ColumnReport, Operation, ProposedStep, Review, Role, Severity
from desk.compose import parts
from desk.compose.brief import Brief
from desk.steps import treatment
from measure import STAR
from papers import Block, Document, Heading, Pairs, Paragraph, Sheet

GRAVE = 8
"""How many findings the report itself lists; the rest are in the list of findings."""


def compose(brief: Brief) -> Document:
    """The draft report."""
    t = brief.t
    blocks: list[Block] = [
        *_case(brief),
        *parts.files(brief),
        *_summary(brief),
        *_columns(brief),
        *parts.risk(brief),
        *_losses(brief),
        *_conclusion(brief),
        *parts.revisions(brief),
        parts.closing(brief),
    ]
    return brief.document(t("個人情報の取扱いに関する答申（案）", "Draft report"), blocks)


def _case(brief: Brief) -> list[Block]:
    t, case = brief.t, brief.review.case
    blank = t("（未記入）", "(not stated)")
    pairs = (
        (t("件名", "Title"), case.title or blank),
        (t("利用目的", "Purpose"), case.purpose or blank),
        (t("根拠法令", "Legal ground"), case.legal_ground or blank),
        (t("提供先", "Recipients"), t("、", ", ").join(case.recipients) or blank),
        (t("保存期間", "Retention"), case.retention or blank),
    )
    return [Heading(text=t("案件の概要", "Case")), Pairs(pairs=pairs)]


def _summary(brief: Brief) -> list[Block]:
    t, review = brief.t, brief.review
    counts = Counter(f.severity for f in review.findings)
    text = t(
        f"指摘は{len(review.findings)}件（重要{counts[Severity.HIGH]}件、"
        f"注意{counts[Severity.MEDIUM]}件）です。主なものは次のとおりです。",
        f"There are {len(review.findings)} findings ({counts[Severity.HIGH]} high, "
        f"{counts[Severity.MEDIUM]} medium). The main ones:",
    )
    rows = tuple(
        (brief.say(f.message), brief.say(f.remedy), brief.grounds(f.citations))
        for f in review.findings[:GRAVE]
    )
    headers = (t("指摘", "Finding"), t("対応の例", "Remedy"), t("根拠", "Grounds"))
    blocks: list[Block] = [Heading(text=t("主な指摘", "Main findings")), Paragraph(text=text)]
    if rows:
        title = t("主な指摘", "Main findings")
        blocks.append(Sheet(name=title, headers=headers, rows=rows, widths=(3, 3, 2)))
    return blocks


def _conclusion(brief: Brief) -> list[Block]:
    """Left open: what the council concludes is the council's to write."""
    t = brief.t
    blank = t("（審議の後に記入）", "(to be written after the discussion)")
    pairs = (
        (t("結論", "Conclusion"), blank),
        (t("条件・留意事項", "Conditions"), blank),
        (t("審議の日", "Date of the discussion"), blank),
    )
    return [Heading(text=t("審議会の意見", "The council's opinion")), Pairs(pairs=pairs)]


def _columns(brief: Brief) -> list[Block]:
    t, review = brief.t, brief.review
    steps: dict[str, list[ProposedStep]] = {}
    for step in review.proposal.steps if review.proposal else ():
        steps.setdefault(step.column, []).append(step)
    rows = tuple(_row(brief, column, steps.get(column.name, [])) for column in review.columns)
    headers = (
        t("項目", "Column"),
        t("区分", "Category"),
        t("粒度", "Detail"),
        t("加工方法", "Processing"),
        t("加工後の例", "Example after"),
        t("根拠", "Grounds"),
        t("残るリスク", "Remaining risk"),
        t("意見", "Opinion"),
    )
    title = t("項目ごとの加工", "Processing by column")
    widths = (1.3, 1.5, 1.0, 1.4, 1.4, 1.9, 2.0, 1.2)
    return [
        Heading(text=title),
        Sheet(name=title, headers=headers, rows=rows, widths=widths),
    ]


def _row(brief: Brief, column: ColumnReport, steps: list[ProposedStep]) -> tuple[str, ...]:
    proposed = bool(steps)
    return (
        column.name,
        parts.category(brief, column),
        granularity(brief, steps) if proposed else "",
        "\n".join(dict.fromkeys(method(brief, column, s) for s in steps)),
        examples(brief, steps[0].after[:2]) if proposed else "",
        brief.grounds(column.citations),
        remaining(brief, brief.review, column, steps),
        "",
    )


def granularity(brief: Brief, steps: list[ProposedStep]) -> str:
    """How many different values there are before and after."""
    step = steps[0]
    if step.operation is Operation.DROP and len(steps) == 1:
        return brief.t("なし", "none")
    return brief.t(
        f"{step.distinct_before:,}種類→{step.distinct_after:,}種類",
        f"{step.distinct_before:,} → {step.distinct_after:,} values",
    )


def method(brief: Brief, column: ColumnReport, step: ProposedStep) -> str:
    """The operation in words, with its parameter; for a part, which one."""
    if step.operation is Operation.KEEP and step.loss:
        text = brief.t("必要な行だけ粗くする", "Widen only where needed")
    else:
        text = brief.say(treatment(step.operation, step.parameter, step.part or column.type))
    if step.part is None or step.operation is Operation.DROP:
        return text
    return brief.t(f"{TYPES[step.part].ja}：{text}", f"{TYPES[step.part].en}: {text}")


def examples(brief: Brief, after: Sequence[str]) -> str:
    """What values look like afterwards; a suppressed one is named as such."""
    hidden = brief.t("*（秘匿）", "* (suppressed)")
    return "\n".join(hidden if text == STAR else text for text in after)


def remaining(brief: Brief, review: Review, column: ColumnReport, steps: list[ProposedStep]) -> str:
    """What risk stays with a column."""
    t = brief.t
    if not steps:
        return t("加工案なし", "no plan")
    if all(step.operation is Operation.DROP for step in steps):
        return t("なし（削除）", "none (dropped)")
    after = review.proposal.after if review.proposal else None
    if after is not None and column.name in after.quasi:
        return t(
            f"同じ組合せの人が{after.k}人以上になる。外の情報との突合せは残る",
            f"At least {after.k} share each combination; matching with other sources remains",
        )
    if column.role is Role.SENSITIVE:
        return t(
            "同じ集まりの値がそろうと、本人の値が推測されうる",
            "Where a whole group shares a value, it can be inferred",
        )
    if column.role is Role.DIRECT_IDENTIFIER:
        return t("仮名でも本人にたどれる者がいる", "A pseudonym can still be traced by its holder")
    return t("単独では小さい", "small by itself")


def _losses(brief: Brief) -> list[Block]:
    t, proposal = brief.t, brief.review.proposal
    if proposal is None:
        return []
    title = t("加工で失われるもの", "What the processing loses")
    pairs = (
        (t("残る細かさ", "Detail kept"), f"{proposal.granularity:.0%}"),
        (t("秘匿する行", "Rows suppressed"), f"{proposal.suppressed_rows:,}"),
        (t("秘匿するセル", "Cells suppressed"), f"{proposal.suppressed_cells:,}"),
    )
    return [
        Heading(text=title),
        Pairs(pairs=pairs),
        *(Paragraph(text=brief.say(w)) for w in proposal.warnings),
    ]
