"""個人情報ファイル簿（案）: the register entry as the data would have it."""

from collections.abc import Sequence

from core import TYPES, ColumnReport, LegalCategory, SchemaCheckKind
from desk.compose import parts
from desk.compose.brief import Brief
from desk.words import listed
from papers import Block, Document, Heading, Pairs, Paragraph, Sheet

_SPECIAL = {LegalCategory.SPECIAL_CARE, LegalCategory.SPECIFIC_PERSONAL}
_CARE = LegalCategory.SPECIAL_CARE
_IN_TEXT = "column.hidden_special_care"
_OPEN = ("（記入してください）", "(to be filled in)")


def compose(brief: Brief) -> Document:
    """A register entry with the recorded items as they are in the data."""
    t, review, schema = brief.t, brief.review, brief.schema
    case, blank = review.case, brief.t(*_OPEN)
    items = t("、", ", ").join(f"{i} {_name(brief, c)}" for i, c in enumerate(review.columns, 1))
    special = [c for c in review.columns if _SPECIAL & set(c.categories)]
    written = [f.target.column or "" for f in review.findings if f.rule == _IN_TEXT]
    pairs = (
        (t("個人情報ファイルの名称", "Name of the file"), schema.name if schema else blank),
        (
            t("利用目的", "Purpose"),
            case.purpose or (schema.purpose if schema else "") or blank,
        ),
        (t("記録項目", "Recorded items"), items),
        (t("記録範囲", "Scope"), (schema.record_scope if schema else "") or blank),
        (t("収集方法", "Collection"), (schema.collection if schema else "") or blank),
        (
            t("要配慮個人情報", "Special-care information"),
            _special(brief, any(_CARE in c.categories for c in special), written),
        ),
        (
            t("経常的提供先", "Regular recipients"),
            "、".join(case.recipients or (schema.recipients if schema else ())) or blank,
        ),
    )
    blocks: list[Block] = [
        Heading(text=t("記載事項の案", "Proposed entry")),
        Pairs(pairs=pairs),
        *_corrections(brief),
    ]
    if special:
        name = t(
            "要配慮個人情報・特定個人情報に当たり得る項目",
            "Items that may be special-care or My Number information",
        )
        rows = tuple(
            (c.name, brief.say(TYPES[c.type]), brief.grounds(c.citations)) for c in special
        )
        headers = (t("項目", "Column"), t("種類", "Type"), t("根拠", "Grounds"))
        blocks += [Heading(text=name), Sheet(name=name, headers=headers, rows=rows)]
    blocks.append(parts.closing(brief))
    return brief.document(t("個人情報ファイル簿（案）", "Register entry (draft)"), blocks)


def _name(brief: Brief, column: ColumnReport) -> str:
    unnamed = column.name == f"#{column.position}"
    return brief.t("（項目名なし）", "(unnamed)") if unnamed else column.name


def _special(brief: Brief, found: bool, written: Sequence[str]) -> str:
    """Whether special-care information is there: as a column, or within texts."""
    t, names = brief.t, listed(written)
    if found:
        return t("有", "yes")
    if written:
        return t(f"{names.ja}の文中に、当たり得る記述あり", f"possible statements in {names.en}")
    return t("見つかっていない", "none was found")


def _corrections(brief: Brief) -> list[Block]:
    t = brief.t
    kinds = {SchemaCheckKind.ABSENT, SchemaCheckKind.UNDECLARED}
    checks = [c for c in brief.review.schema_check if c.kind in kinds]
    name = t("直す箇所", "What to correct")
    if not checks:
        text = t("食い違いは見つかっていません。", "No mismatch was found.")
        return [Heading(text=name), Paragraph(text=text)]
    rows = tuple((c.declared or "", c.column or "", brief.say(c.message)) for c in checks)
    headers = (
        t("ファイル簿の項目", "Declared"),
        t("データの項目", "Column"),
        t("内容", "What"),
    )
    return [Heading(text=name), Sheet(name=name, headers=headers, rows=rows, widths=(1.5, 1.5, 4))]
