"""The closed vocabularies in words for people."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from core import column_types
from core.message import Message, say
from core.review import SchemaCheck
from core.subject import SubjectKind
from core.vocabulary import (
    CellKind,
    ColumnType,
    LegalCategory,
    Operation,
    Role,
    SchemaCheckKind,
    Severity,
    Status,
)


def _m(ja: str, en: str) -> Message:
    return Message(ja=ja, en=en)


TYPES: dict[ColumnType, Message] = {
    type_: described.label for type_, described in column_types.described().items()
}
IN_TEXT: dict[ColumnType, Message] = {
    type_: described.in_text or described.label
    for type_, described in column_types.described().items()
}
"""The types as things that stand inside a text."""

MARKS: dict[Role, str] = {
    Role.DIRECT_IDENTIFIER: "●",
    Role.QUASI_IDENTIFIER: "▲",
    Role.SENSITIVE: "■",
    Role.OTHER: "○",
}
ROLES: dict[Role, Message] = {
    Role.DIRECT_IDENTIFIER: _m("直接識別子", "Direct identifier"),
    Role.QUASI_IDENTIFIER: _m("準識別子", "Quasi-identifier"),
    Role.SENSITIVE: _m("慎重な扱いを要する項目", "Sensitive"),
    Role.OTHER: _m("その他", "Other"),
}
ROLE_MEANINGS: dict[Role, Message] = {
    Role.DIRECT_IDENTIFIER: _m("それだけで本人が分かる項目", "tells who the person is by itself"),
    Role.QUASI_IDENTIFIER: _m(
        "組み合わせると本人が分かりうる項目", "may tell who the person is in combination"
    ),
    Role.SENSITIVE: _m(
        "知られると不利益や差別につながりうる項目", "may lead to harm or discrimination if known"
    ),
    Role.OTHER: _m("それ以外の項目", "everything else"),
}

SUBJECTS: dict[SubjectKind, Message] = {kind: say(f"core.subjects.{kind}") for kind in SubjectKind}

CELL_KINDS: dict[CellKind, Message] = {
    CellKind.RARE_COMBINATION: _m("一人しかいない組合せ", "Rare combination"),
    CellKind.RARE_VALUE: _m("珍しい値", "Rare value"),
    CellKind.HIDDEN_PERSONAL_DATA: _m("文中の個人情報", "Hidden personal data"),
    CellKind.OUTLIER: _m("かけ離れた値", "Outlier"),
    CellKind.FORMAT_BREAK: _m("書式の違い", "Format break"),
    CellKind.CHECK_DIGIT_BREAK: _m("検査数字の誤り", "Check digit break"),
    CellKind.WIDTH_MISMATCH: _m("全角・半角の混在", "Width mismatch"),
    CellKind.UNDECLARED_VALUE: _m("定義にない値", "Undeclared value"),
    CellKind.MISSING_CODE: _m("欠測を表す値", "Code for missing"),
}

CHECK_KINDS: dict[SchemaCheckKind, Message] = {
    SchemaCheckKind.ABSENT: _m("定義にあるがデータにない", "Declared, not in the data"),
    SchemaCheckKind.UNDECLARED: _m("データにあるが定義にない", "In the data, not declared"),
    SchemaCheckKind.TYPE: _m("型の違い", "Type differs"),
    SchemaCheckKind.LENGTH: _m("長さの違い", "Length differs"),
    SchemaCheckKind.VALUE: _m("定義にない値", "Value not declared"),
    SchemaCheckKind.REQUIRED: _m("必須なのに空欄", "Required, but empty"),
}
LAYOUTS: dict[str, Message] = {
    "register": _m("個人情報ファイル簿", "Register of personal information files"),
    "pia": _m("特定個人情報保護評価書", "Specific personal information protection assessment"),
    "database": _m("データベース定義書", "Database definition"),
    "item_list": _m("項目の一覧表", "Table of items"),
    "code_list": _m("符号表（コード表）", "Code list"),
    "gif": _m("政府相互運用性フレームワークのデータモデル", "Data model of the GIF framework"),
    "sql": _m("表を作るSQL文", "SQL that creates a table"),
    "openapi": _m("OpenAPIの定義", "OpenAPI definition"),
    "json_schema": _m("JSON Schemaの定義", "JSON Schema"),
    "table_schema": _m(
        "表形式データの定義（Table Schema、CSV on the Web）", "Table Schema or CSV on the Web"
    ),
    "list": _m("項目名の一覧", "List of column names"),
}
"""The layouts of a schema."""

RENAMED = _m("別の名前で入っているとみられる", "Seems to be there under another name")
SPECIAL_CARE_UNSAID = _m(
    "要配慮個人情報の記載との食い違い", "Special care: at odds with the register"
)


def check_label(check: SchemaCheck) -> Message:
    """What a disagreement of schema and data is called, more closely than its kind."""
    if check.kind is SchemaCheckKind.ABSENT and check.column:
        return RENAMED
    if check.kind is SchemaCheckKind.UNDECLARED and check.declared:
        return SPECIAL_CARE_UNSAID
    return CHECK_KINDS[check.kind]


SEVERITIES: dict[Severity, Message] = {
    Severity.HIGH: _m("重要", "High"),
    Severity.MEDIUM: _m("注意", "Medium"),
    Severity.LOW: _m("軽微", "Low"),
    Severity.INFO: _m("参考", "Note"),
}

CATEGORIES: dict[LegalCategory, Message] = {
    LegalCategory.PERSONAL_INFORMATION: _m("個人情報", "Personal information"),
    LegalCategory.IDENTIFICATION_CODE: _m("個人識別符号", "Individual identification code"),
    LegalCategory.SPECIAL_CARE: _m("要配慮個人情報", "Special-care information"),
    LegalCategory.SPECIFIC_PERSONAL: _m("特定個人情報", "Specific personal information"),
    LegalCategory.ORDINANCE_SPECIAL_CARE: _m(
        "条例要配慮個人情報", "Special care under the ordinance"
    ),
    LegalCategory.SENSITIVE_UNLISTED: _m(
        "法の列挙にない慎重情報", "Sensitive, not in the law's list"
    ),
    LegalCategory.STATISTICAL_ONLY: _m("統計情報", "Statistical only"),
}

OPERATIONS: dict[Operation, Message] = {
    Operation.KEEP: _m("そのまま残す", "Keep"),
    Operation.DROP: _m("列を削除する", "Drop"),
    Operation.GENERALIZE: _m("粗い区分にまとめる", "Generalise"),
    Operation.BAND: _m("幅でまとめる", "Put into bands"),
    Operation.TRUNCATE: _m("途中までで切る", "Truncate"),
    Operation.TOP_CODE: _m("上限でまとめる", "Top-code"),
    Operation.BOTTOM_CODE: _m("下限でまとめる", "Bottom-code"),
    Operation.ROUND: _m("丸める", "Round"),
    Operation.SUPPRESS_CELLS: _m("少ない値を伏せる", "Suppress rare values"),
    Operation.MICROAGGREGATE: _m("近い値を平均する", "Microaggregate"),
    Operation.PSEUDONYMIZE: _m("仮の番号に置き換える", "Pseudonymise"),
    Operation.NOISE: _m("ゆらぎを加える", "Add noise"),
}

STATUSES: dict[Status, Message] = {
    Status.VERIFIED_TEXT: _m("条文と照合済み", "Checked against the text of the law"),
    Status.VERIFIED_OFFICIAL: _m("公的資料と照合済み", "Checked against an official source"),
    Status.VERIFIED_SECONDARY: _m("二次資料による", "Secondary source"),
    Status.SEED_ONLY: _m("資料の記載による", "According to the document"),
    Status.UNVERIFIED: _m("未確認", "Unverified"),
}

_ALL: dict[type[StrEnum], Mapping[Any, Message]] = {
    ColumnType: TYPES,
    Role: ROLES,
    CellKind: CELL_KINDS,
    SchemaCheckKind: CHECK_KINDS,
    Severity: SEVERITIES,
    LegalCategory: CATEGORIES,
    Operation: OPERATIONS,
    Status: STATUSES,
}


def label(word: StrEnum) -> Message:
    """What a word of any of the vocabularies is called.

    >>> label(Role.QUASI_IDENTIFIER).ja
    '準識別子'
    """
    return _ALL[type(word)][word]
