"""What a paper is, what it is made of in the words of its language, and the blocks papers share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import law
from core import (
    MARKS,
    ROLES,
    STATUSES,
    TYPES,
    Citation,
    ColumnReport,
    Language,
    Message,
    Review,
    RiskReport,
    Status,
    listed,
    say,
)
from desk.reply import percent
from papers import Block, Document, Heading, Pairs, Paragraph, Sheet

Rows = Iterable[tuple[str, ...]]


@dataclass(frozen=True)
class Brief:
    """A review, and the language it is told in."""

    review: Review
    lang: Language = "ja"

    def t(self, id: str, /, **values: Any) -> str:
        """A sentence of the catalogue in the paper's language."""
        return say(id, **values).text(self.lang)

    def say(self, message: Message) -> str:
        """A message in the paper's language."""
        return message.text(self.lang)

    def grounds(self, citations: Iterable[Citation]) -> str:
        """Citations as people write them, each once and on its own line.

        The Act's short name fills the narrow column; its revision is listed under the full title.
        """
        act, short = self.t("desk.brief.act"), self.t("desk.brief.act_short")
        labels = dict.fromkeys(law.label(c, self.lang) for c in citations)
        return "\n".join(text.replace(act, short) for text in labels)

    def table(self, id: str, rows: Rows, widths: Sequence[float] = (), name: str = "") -> Sheet:
        """A table; its headers stand in the catalogue as `id`_headers, its name (else) as `id`."""
        headers = tuple(self.t(f"{id}_headers").split(" | "))
        return Sheet(
            name=name or self.t(id), headers=headers, rows=tuple(rows), widths=tuple(widths)
        )

    def section(self, id: str, rows: Rows, widths: Sequence[float] = ()) -> list[Block]:
        """A table under a heading of its name."""
        return [Heading(text=self.t(id)), self.table(id, rows, widths)]

    def pairs(self, **values: str) -> Pairs:
        """Values beside their labels `desk.pair.<name>`, in the order given."""
        return Pairs(pairs=tuple((self.t(f"desk.pair.{name}"), v) for name, v in values.items()))

    def document(self, title: str, blocks: Iterable[Block]) -> Document:
        """The paper, headed by the case's own title."""
        case = self.review.case
        return Document(
            title=self.t(title),
            subtitle="　".join(part for part in (case.number, case.title) if part),
            lang=self.lang,
            mark=self.t("desk.brief.draft"),
            blocks=tuple(blocks),
        )


@dataclass(frozen=True)
class Paper:
    """One kind of paper: always a draft (案), composed of a review alone."""

    name: str
    compose: Callable[[Brief], Document]
    place: int

    @property
    def title(self) -> Message:
        """What people call it."""
        return say(f"desk.paper.{self.name}")

    @property
    def holds(self) -> Message:
        """What stands in it, in a sentence."""
        return say(f"desk.paper_holds.{self.name}")


KINDS: list[Paper] = []
"""The papers of the modules read so far."""


def paper(
    name: str, place: int
) -> Callable[[Callable[[Brief], Document]], Callable[[Brief], Document]]:
    """Mark the function that composes a paper; `place` is where it stands in the lists."""

    def register(compose: Callable[[Brief], Document]) -> Callable[[Brief], Document]:
        KINDS.append(Paper(name, compose, place))
        return compose

    return register


def files(brief: Brief) -> list[Block]:
    """Which files were read, with their hashes."""
    rows = (
        (
            s.name,
            brief.t("desk.brief.schema" if s.kind == "schema" else "desk.brief.data"),
            f"{s.rows:,}" if s.rows is not None else "",
            s.encoding or "",
            s.sha256,
        )
        for s in brief.review.inputs
    )
    return brief.section("desk.brief.files", rows, (2.4, 0.9, 0.8, 1.2, 4.4))


def category(brief: Brief, column: ColumnReport) -> str:
    """Role and type of a column in words."""
    kinds = [TYPES[p] for p in column.parts] or [TYPES[column.type]]
    role = brief.say(ROLES[column.role])
    return f"{MARKS[column.role]} {role}\n" + "・".join(brief.say(k) for k in kinds)


def risk(brief: Brief) -> list[Block]:
    """The risk now, and after the plan where there is one."""
    review = brief.review
    before = review.proposal.before if review.proposal else review.risk
    if before is None:
        return [
            Heading(text=brief.t("desk.brief.risk")),
            Paragraph(text=brief.t("desk.brief.no_data")),
        ]
    now = _figures(brief, before)
    if review.proposal:
        after = [figure for _, figure in _figures(brief, review.proposal.after)]
    else:
        after = [brief.t("desk.brief.no_plan")] * len(now)
    rows = ((*figure, then) for figure, then in zip(now, after, strict=True))
    return [
        *brief.section("desk.brief.risk", rows, (3, 1.5, 1.5)),
        Paragraph(text=brief.t("desk.brief.quasi", columns=listed(before.quasi)), note=True),
        Paragraph(text=brief.say(before.threshold_source), note=True),
    ]


def _figures(brief: Brief, risk: RiskReport) -> list[tuple[str, str]]:
    return [
        (brief.t("desk.figure.smallest"), f"{risk.k:,}"),
        (brief.t("desk.figure.alone"), f"{risk.uniques:,}"),
        (
            brief.t("desk.figure.in_small_groups", threshold=risk.threshold),
            brief.say(percent(risk.share_at_risk)),
        ),
        (brief.t("desk.figure.groups"), f"{risk.classes:,}"),
        (brief.t("desk.figure.rows"), f"{risk.rows:,}"),
    ]


def revisions(brief: Brief) -> list[Block]:
    """Which rules and which texts of law the paper rests on."""
    review = brief.review
    cited = [
        c for part in (review.columns, review.findings) for item in part for c in item.citations
    ]
    texts: dict[tuple[str, Status], Citation] = {(c.law, c.status): c for c in cited}
    rows = [
        (
            law.law_name(c.law, brief.lang),
            c.revision or "",
            c.effective_from or "",
            brief.say(STATUSES[c.status]),
        )
        for c in texts.values()
    ]
    blocks: list[Block] = [
        Heading(text=brief.t("desk.brief.texts")),
        brief.pairs(rule_pack=review.rule_revision, law_as_of=review.as_of),
    ]
    if rows:
        blocks.append(brief.table("desk.brief.texts", rows, (3.0, 3.4, 1.5, 1.9)))
    return blocks


def closing(brief: Brief) -> Paragraph:
    """What the paper is not."""
    return Paragraph(text=brief.t("desk.brief.closing"), note=True)
