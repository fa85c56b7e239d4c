"""個人情報ファイル簿, 特記仕様書の点検表 and 審査票: the forms that law and guidelines know."""

from collections.abc import Sequence

import rules
from core import TYPES, ColumnReport, LegalCategory, SchemaCheckKind, UsageError, listed
from desk.papers.brief import Brief, closing, paper
from desk.reply import cited, quoted
from papers import Block, Document, Heading, Paragraph

_CARE = LegalCategory.SPECIAL_CARE
_SPECIAL = {_CARE, LegalCategory.SPECIFIC_PERSONAL}
_ORDINANCE = {LegalCategory.ORDINANCE_SPECIAL_CARE}
_IN_TEXT = "column.hidden_special_care"
"""The rule that finds special-care information within texts."""


@paper("register", 5)
def register(brief: Brief) -> Document:
    """A register entry with the recorded items as they are in the data."""
    review, schema, case = brief.review, brief.review.declared, brief.review.case
    blank = brief.t("desk.register_entry.to_be_filled_in")
    numbered = (f"{i} {_name(brief, c)}" for i, c in enumerate(review.columns, 1))
    special = [c for c in review.columns if _SPECIAL & set(c.categories)]
    written = [f.target.column or "" for f in review.findings if f.rule == _IN_TEXT]
    recipients = case.recipients or (schema.recipients if schema else ())
    blocks: list[Block] = [
        Heading(text=brief.t("desk.register_entry.entry")),
        brief.pairs(
            file_name=schema.name if schema else blank,
            organ_and_section=blank,
            purpose=case.purpose or (schema.purpose if schema else "") or blank,
            items=brief.say(listed(numbered)),
            scope=(schema.record_scope if schema else "") or blank,
            collection=(schema.collection if schema else "") or blank,
            special_care=_special(
                brief, [_name(brief, c) for c in special if _CARE in c.categories], written
            ),
            regular_recipients="、".join(recipients) or blank,
            requests_received_by=blank,
            other_procedure=blank,
            electronic_or_manual=blank,
            ordinance_special_care=_ordinance(brief),
            proposals_called_for=blank,
            anonymised_made=blank,
        ),
        Paragraph(text=brief.t("desk.register_entry.items_of_the_law")),
        *_corrections(brief),
    ]
    if special:
        rows = ((c.name, brief.say(TYPES[c.type]), brief.grounds(c.citations)) for c in special)
        blocks += brief.section("desk.register_entry.special", rows)
    blocks.append(closing(brief))
    return brief.document("desk.register_entry.paper", blocks)


def _name(brief: Brief, column: ColumnReport) -> str:
    unnamed = column.name == f"#{column.position}"
    return brief.t("desk.register_entry.unnamed") if unnamed else column.name


def _special(brief: Brief, found: Sequence[str], written: Sequence[str]) -> str:
    """What may be special-care information, as a column or within texts: never decided here."""
    if found:
        return brief.t("desk.register_entry.may_be", columns=quoted(found))
    if written:
        return brief.t("desk.register_entry.in_text", columns=quoted(written))
    return brief.t("desk.register_entry.none_found")


def _ordinance(brief: Brief) -> str:
    """Whether the council's own ordinance names one of the columns; open where it says nothing."""
    named = [c.name for c in brief.review.columns if _ORDINANCE & set(c.categories)]
    if named:
        return brief.t("desk.register_entry.may_be", columns=quoted(named))
    return brief.t("desk.register_entry.to_be_filled_in")


def _corrections(brief: Brief) -> list[Block]:
    kinds = {SchemaCheckKind.ABSENT, SchemaCheckKind.UNDECLARED}
    rows = [
        (c.declared or "", c.column or "", brief.say(c.message))
        for c in brief.review.schema_check
        if c.kind in kinds
    ]
    heading, table = brief.section("desk.register_entry.corrections", rows, (1.5, 1.5, 4))
    agreed = Paragraph(text=brief.t("desk.register_entry.no_mismatch"))
    return [heading, table if rows else agreed]


@paper("contract", 6)
def contract(brief: Brief) -> Document:
    """What the contractor's special specification should say."""
    return _checklist(brief, "specification", "contract")


@paper("screening", 7)
def screening(brief: Brief) -> Document:
    """How a proposal for anonymised information is screened."""
    return _checklist(brief, "screening", "screening")


def _checklist(brief: Brief, checklist_id: str, name: str) -> Document:
    t = brief.t
    found = {c.id: c for c in rules.catalog().checklists}.get(checklist_id)
    if found is None:
        raise UsageError.of("desk.checklists.unknown-checklist")
    words = {"yes": t("desk.checklists.yes"), "no": t("desk.checklists.no")}
    rows = (
        (
            str(number),
            brief.say(item.text),
            words.get(brief.review.answers.get(found.topic(item), ""), "□"),
            brief.say(item.remedy),
            brief.grounds(cited(item.cards, item.text.ja + item.remedy.ja)),
        )
        for number, item in enumerate(found.items, 1)
    )
    title, widths = t(f"desk.paper.{name}"), (0.65, 3, 0.7, 2.85, 2.1)
    return brief.document(
        f"desk.checklists.{name}",
        [
            Paragraph(text=brief.say(found.about)),
            Heading(text=t("desk.checklists.points")),
            brief.table("desk.checklists.points", rows, widths, title),
            closing(brief),
        ],
    )
