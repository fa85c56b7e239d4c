"""加工計画書: what is done to each column."""

from desk.compose import parts
from desk.compose.brief import Brief
from desk.compose.draft_report import examples, granularity, method
from papers import Block, Document, Heading, Paragraph, Sheet


def compose(brief: Brief) -> Document:
    """The processing plan; says so where there is none."""
    t, proposal = brief.t, brief.review.proposal
    title = t("加工計画書（案）", "Processing plan (draft)")
    if proposal is None:
        text = t(
            "加工案がまだありません。案を選んでから、もう一度作ってください。",
            "There is no plan yet. Choose one, then make this paper again.",
        )
        return brief.document(title, [*parts.files(brief), Paragraph(text=text)])
    reports = {column.name: column for column in brief.review.columns}
    rows = tuple(
        (
            step.column,
            method(brief, reports[step.column], step),
            granularity(brief, [step]),
            examples(brief, step.after),
            f"{step.loss:.0%}",
        )
        for step in proposal.steps
    )
    headers = (
        t("項目", "Column"),
        t("加工方法", "Processing"),
        t("粒度", "Detail"),
        t("加工後の例", "Examples after"),
        t("失われる細かさ", "Detail lost"),
    )
    name = t("項目ごとの加工", "Processing by column")
    blocks: list[Block] = [
        *parts.files(brief),
        Heading(text=name),
        Sheet(name=name, headers=headers, rows=rows, widths=(1.5, 2, 1.5, 2, 1)),
        *parts.risk(brief),
        *parts.revisions(brief),
        *(Paragraph(text=brief.say(w)) for w in proposal.warnings),
        parts.closing(brief),
    ]
    return brief.document(title, blocks)
