"""What a register of personal information files says wrongly about its content, or leaves out."""

from collections.abc import Iterator, Sequence

from core import ColumnReport, LegalCategory, Message, Schema, SchemaCheck, SchemaCheckKind

_K = SchemaCheckKind
_LABELS = {
    "purpose": ("利用目的", "purpose"),
    "record_scope": ("記録範囲", "scope of the records"),
    "collection": ("収集方法", "way of collection"),
    "special_care": ("要配慮個人情報の有無", "statement on special-care information"),
    "recipients": ("経常的提供先", "regular recipients"),
}
_NONE_IS_SAID = {"special_care", "recipients"}
"""Entries where "none" is an answer and a blank is not."""


def about_register(schema: Schema, reports: Sequence[ColumnReport]) -> Iterator[SchemaCheck]:
    """Special-care content that is denied or not mentioned, and entries left blank."""
    yield from _special_care(schema, reports)
    for field in _blank(schema):
        ja, en = _LABELS[field]
        optional = field in _NONE_IS_SAID
        advice = "無い場合も「なし」と書けば、書き忘れと区別できます。" if optional else ""
        advised = ' Where there is none, "none" tells it from an omission.' if optional else ""
        yield SchemaCheck(
            kind=_K.REQUIRED,
            declared=ja,
            message=Message(
                ja=f"{ja}の記載がありません。{advice}", en=f"The {en} is missing.{advised}"
            ),
        )


def _special_care(schema: Schema, reports: Sequence[ColumnReport]) -> Iterator[SchemaCheck]:
    silent = schema.special_care is None and schema.layout == "register"
    if schema.special_care is not False and not silent:
        return
    ja, en = (
        ("要配慮個人情報の有無が記載されていません", "says nothing about such information")
        if silent
        else (
            "要配慮個人情報を「含まない」と記載されています",
            "says that it holds no such information",
        )
    )
    for report in reports:
        if LegalCategory.SPECIAL_CARE in report.categories:
            yield SchemaCheck(
                kind=_K.UNDECLARED,
                declared=_LABELS["special_care"][0],
                column=report.name,
                message=Message(
                    ja=f"「{report.name}」は要配慮個人情報に当たり得ますが、"
                    f"個人情報ファイル簿には、{ja}。",
                    en=f"{report.name} may be special-care information, but the register {en}.",
                ),
            )


def _blank(schema: Schema) -> Iterator[str]:
    """The entries that a register must have and has not, in the order of the form.

    The annex of an impact assessment lists items only; the rest stands elsewhere in it.
    """
    texts = {
        "purpose": schema.purpose,
        "record_scope": schema.record_scope,
        "collection": schema.collection,
    }
    annex_alone = schema.layout == "pia" and not any(text.strip() for text in texts.values())
    if schema.layout not in ("register", "pia") or annex_alone:
        return
    for field in _LABELS:
        if field in schema.blank_fields or not texts.get(field, "given").strip():
            yield field
