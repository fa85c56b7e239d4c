"""個人情報ファイル簿（案）: the register entry as the data would have it."""

from collections.abc import Sequence

from core import TYPES, ColumnReport, LegalCategory, SchemaCheckKind, listed
from desk.papers.brief import Brief, closing
from desk.reply import quoted
from papers import Block, Document, Heading, Paragraph

_CARE = LegalCategory.SPECIAL_CARE
_SPECIAL = {_CARE, LegalCategory.SPECIFIC_PERSONAL}
_ORDINANCE = {LegalCategory.ORDINANCE_SPECIAL_CARE}
_IN_TEXT = "column.hidden_special_care"
"""The rule that finds special-care information within texts."""


def register(brief: Brief) -> Document:
    """A register entry with the recorded items as they are in the data."""
    review, schema, case = brief.review, brief.schema, brief.review.case
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
