"""点検結果 and 指摘一覧: columns, unusual cells, schema against data, risk; and every finding."""

from core import CELL_KINDS, SEVERITIES, CellCause, Message, check_label, listed, say
from desk.papers.brief import Brief, category, closing, files, paper, revisions, risk
from papers import Block, Document, Paragraph


@paper("review", 2)
def review(brief: Brief) -> Document:
    """What the review saw."""
    blocks: list[Block] = [
        *files(brief),
        *_columns(brief),
        *_cells(brief),
        *_schema(brief),
        *risk(brief),
        *revisions(brief),
        closing(brief),
    ]
    return brief.document("desk.review_paper.paper", blocks)


def _columns(brief: Brief) -> list[Block]:
    rows = (
        (
            c.name,
            category(brief, c),
            brief.say(c.why),
            f"{c.support.n:,}/{c.support.of:,}" if c.support.of else "",
            brief.grounds(c.citations),
        )
        for c in brief.review.columns
    )
    return brief.section("desk.review_paper.columns", rows, (1.4, 1.6, 3.4, 1.2, 2))


def _cells(brief: Brief) -> list[Block]:
    totals = [
        say("desk.review_paper.total", kind=CELL_KINDS[kind], count=count)
        for kind, count in brief.review.cell_totals.items()
    ]
    text = brief.say(listed(totals) if totals else say("desk.review_paper.no_cells"))
    rows = [
        (brief.say(c.title), f"{c.count:,}", brief.say(_examples(c)), brief.say(c.reason))
        for c in brief.review.causes
    ]
    heading, table = brief.section("desk.review_paper.cells", rows, (2.2, 0.8, 2.4, 4))
    return [heading, Paragraph(text=text), *([table] if rows else [])]


def _examples(cause: CellCause) -> Message:
    return listed(
        say("desk.review_paper.example", row=e.row, shape=e.masked) for e in cause.examples[:3]
    )


def _schema(brief: Brief) -> list[Block]:
    rows = [
        (brief.say(check_label(c)), c.declared or "", c.column or "", brief.say(c.message))
        for c in brief.review.schema_check
    ]
    return brief.section("desk.review_paper.schema", rows, (1.6, 1.6, 1.6, 4)) if rows else []


@paper("findings", 4)
def findings(brief: Brief) -> Document:
    """The list of findings, gravest first."""
    rows = (
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
    listing = brief.section(
        "desk.findings_paper.findings", rows, (0.6, 1.1, 2.3, 2.3, 2.3, 1.8, 1.6)
    )
    return brief.document("desk.findings_paper.paper", [*files(brief), *listing, *revisions(brief)])
