"""The closed vocabularies in words for people: `core.*` of the catalogue, and the column types."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from core import column_types
from core.case import SubjectKind
from core.contract import SchemaCheck
from core.message import Message, say
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

_TYPES = column_types.described()
TYPES: dict[ColumnType, Message] = {type_: told.label for type_, told in _TYPES.items()}
IN_TEXT: dict[ColumnType, Message] = {
    type_: told.in_text or told.label for type_, told in _TYPES.items()
}
"""The types as things that stand inside a text."""
MARKS: dict[Role, str] = dict(zip(Role, "●▲■○", strict=True))
ROLES = {role: say(f"core.roles.{role}") for role in Role}
ROLE_MEANINGS = {role: say(f"core.role_meanings.{role}") for role in Role}
SUBJECTS = {kind: say(f"core.subjects.{kind}") for kind in SubjectKind}
CELL_KINDS = {kind: say(f"core.cell_kinds.{kind}") for kind in CellKind}
SEVERITIES = {severity: say(f"core.severities.{severity}") for severity in Severity}
CATEGORIES = {category: say(f"core.categories.{category}") for category in LegalCategory}
OPERATIONS = {operation: say(f"core.operations.{operation}") for operation in Operation}
STATUSES = {status: say(f"core.statuses.{status.name.lower()}") for status in Status}
LAYOUTS = {
    layout: say(f"core.layouts.{layout}")
    for layout in (
        *("register", "pia", "database", "item_list", "code_list", "gif", "sql", "openapi"),
        *("json_schema", "table_schema", "list"),
    )
}
"""The layouts of a schema."""
_CHECKS = {kind: say(f"core.check_kinds.{kind}") for kind in SchemaCheckKind}
_ALL: dict[type[StrEnum], Mapping[Any, Message]] = {
    ColumnType: TYPES,
    Role: ROLES,
    CellKind: CELL_KINDS,
    SchemaCheckKind: _CHECKS,
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


def check_label(check: SchemaCheck) -> Message:
    """What a disagreement of schema and data is called, more closely than its kind."""
    if check.kind is SchemaCheckKind.ABSENT and check.column:
        return say("core.checks.renamed")
    if check.kind is SchemaCheckKind.UNDECLARED and check.declared:
        return say("core.checks.special_care_unsaid")
    return _CHECKS[check.kind]
