"""The kinds of facts rules may read, each with its declared fields.

No field ever holds a cell value: a fact speaks of columns, types, counts, ratios, and of
what the case says about itself. A rule that names a field not declared here does not load.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core import RuleError

Scalar = str | int | float | bool | date
Value = Scalar | frozenset[str]

LARGEST = 2**53
"""Numbers beyond this lose digits on their way through the engine."""


class FieldType(StrEnum):
    """What a field holds. Fields are compared with fields of the same type only."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    TAGS = "tags"


@dataclass(frozen=True)
class FactKind:
    """One kind of fact: its name and its fields."""

    name: str
    fields: Mapping[str, FieldType]
    about: str
    derived: bool = False
    """Derived kinds are concluded by rules; all others are given."""

    @property
    def single(self) -> bool:
        """Whether a review holds at most a few facts of this kind."""
        return self.name in {"dataset", "risk", "case", "today", "plan", "regime", "assessment"}

    def normalise(self, field: str, value: object) -> Value:
        """The value in the field's declared type.

        Numbers are rounded to four places, since that is as fine as rules compare.

        >>> KINDS["risk"].normalise("share_at_risk", 1)
        1.0
        """
        declared = self.fields.get(field)
        if declared is None:
            raise _refused(
                "fact-field", f"{self.name}.{field}", "という項目はありません。", "is no field."
            )
        made = _READERS[declared](value)
        if made is None:
            raise _refused(
                "fact-type",
                f"{self.name}.{field}",
                f"の値は {declared.value} 型で書いてください。",
                f"takes a value of type {declared.value}.",
            )
        return made


def _refused(code: str, where: str, ja: str, en: str) -> RuleError:
    return RuleError.of(code, ja=f"「{where}」{ja}", en=f"{where} {en}")


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str) else None


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        return None
    return value


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or abs(value) > 10**12:
        return None
    return round(float(value), 4) + 0.0


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(value: object) -> date | None:
    return value if type(value) is date else None


def _tags(value: object) -> frozenset[str] | None:
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(v, str) for v in value):
        return frozenset(str(v) for v in value)
    return None


_READERS = {
    FieldType.TEXT: _text,
    FieldType.COUNT: _count,
    FieldType.NUMBER: _number,
    FieldType.FLAG: _flag,
    FieldType.DATE: _date,
    FieldType.TAGS: _tags,
}


def _kind(name: str, about: str, fields: str, derived: bool = False) -> FactKind:
    pairs = (item.split(":") for item in fields.split())
    return FactKind(name, {key: FieldType(kind) for key, kind in pairs}, about, derived)


KINDS: Mapping[str, FactKind] = {
    kind.name: kind
    for kind in (
        _kind(
            "dataset",
            "One dataset: what it has and how many columns of each role.",
            "name:text rows:count columns:count has_data:flag has_schema:flag layout:text"
            " purpose_present:flag recipients_present:flag special_care_declared:text"
            " direct:count quasi:count sensitive:count special_care:count types:tags"
            " categories:tags",
        ),
        _kind(
            "column",
            "One column: its type, role and legal categories, and how much supports that.",
            "key:text position:count type:text role:text confidence:number categories:tags"
            " parts:tags support:count of:count support_ratio:number unnamed:flag empty:flag",
        ),
        _kind(
            "column_cells",
            "How many unusual cells of a kind one column has.",
            "column:text type:text role:text cell_kind:text count:count what_ja:text what_en:text",
        ),
        _kind(
            "hidden_data",
            "Personal data of a type found inside the text of a column.",
            "column:text type:text what_ja:text what_en:text count:count",
        ),
        _kind(
            "cell_total",
            "How many unusual cells of a kind there are.",
            "cell_kind:text count:count",
        ),
        _kind(
            "schema_check",
            "One disagreement between schema and data.",
            "check:text declared:text column:text rows:count match_confidence:number",
        ),
        _kind(
            "risk",
            "The risk over the quasi-identifiers taken.",
            "quasi:text quasi_count:count k:count classes:count uniques:count share_at_risk:number"
            " threshold:count rows:count",
        ),
        _kind(
            "link",
            "What two files give away together.",
            "left:text right:text of:text keys:count key_names:text by_identifier:flag"
            " matched:count unique_before:count unique_after:count more:count",
        ),
        _kind(
            "case",
            "What the case says about itself.",
            "date:date body_type:text purpose:text legal_ground:text recipients:count"
            " contractor_used:flag recontract:flag selection:text server_country:text"
            " server_abroad:flag headcount:count staff:count incident_last_year:flag"
            " uses_my_number:flag consent:text retention:text",
        ),
        _kind("today", "The day whose law is applied; always there.", "date:date"),
        _kind("case_missing", "A field of the case that nobody has filled in.", "field:text"),
        _kind(
            "case_text",
            "A text of the case: title, purpose, ground or source.",
            "field:text text:text",
        ),
        _kind("case_answer", "An answer on the guided form.", "topic:text answer:text"),
        _kind(
            "plan",
            "A processing plan and what it reaches.",
            "name:text k:count k_after:count uniques_after:count suppressed_share:number"
            " share_at_risk_after:number steps:count",
        ),
        _kind(
            "plan_column",
            "What the plan does to one column.",
            "column:text type:text role:text operation:text level:text categories:tags",
        ),
        _kind(
            "field_of_law", "A field with its own guide that the case touches.", "field:text", True
        ),
        _kind(
            "ordinance_item",
            "A column that an item of the council's own ordinance names.",
            "column:text",
            True,
        ),
        _kind("assessment", "The assessment for My Number that is due.", "level:text", True),
        _kind("regime", "Which chapter of the Act binds the body.", "regime:text", True),
    )
}
