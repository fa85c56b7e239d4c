"""Facts: what rules read. Which kinds there are, and which fields each has, stands in `facts.yaml`.

>>> fact = Fact.of("risk", "risk:1", k=1, uniques=29, share_at_risk=0.123456)
>>> fact["share_at_risk"], fact.get("rows")
(0.1235, None)
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core import RuleError, yaml12

Value = str | int | float | bool | date | frozenset[str]

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
    single: bool = False
    """Whether a review holds at most a few facts of this kind."""
    derived: bool = False
    """Derived kinds are concluded by rules; all others are given."""

    def normalise(self, field: str, value: object) -> Value:
        """The value in the field's declared type.

        Numbers are rounded to four places, since that is as fine as rules compare.

        >>> KINDS["risk"].normalise("share_at_risk", 1)
        1.0

        Raises:
            RuleError: no such field, or a value of another type.
        """
        declared = self.fields.get(field)
        if declared is None:
            raise RuleError.of("rules.facts.fact-field", kind=self.name, field=field)
        made = _READERS[declared](value)
        if made is None:
            raise RuleError.of(
                "rules.facts.fact-type", kind=self.name, field=field, type=declared.value
            )
        return made


@dataclass(frozen=True)
class Fact:
    """One statement: its kind, an identity of our own, and its fields in their declared types.

    Raises:
        RuleError: unknown kind or field, a value of another type, a non-finite number.
    """

    kind: str
    id: str
    values: Mapping[str, Value]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise RuleError.of("rules.facts.fact-kind", kind=self.kind)
        declared = KINDS[self.kind]
        kept = {k: declared.normalise(k, v) for k, v in self.values.items() if v is not None}
        object.__setattr__(self, "values", MappingProxyType(kept))

    @classmethod
    def of(cls, kind: str, id: str, **values: Any) -> "Fact":
        """A fact; fields given as None are left out."""
        return cls(kind, id, values)

    def __hash__(self) -> int:
        return hash((self.kind, self.id))

    def __getitem__(self, field: str) -> Value:
        return self.values[field]

    def get(self, field: str) -> Value | None:
        """The field's value, or None where the fact is silent."""
        return self.values.get(field)

    def record(self) -> dict[str, Any]:
        """The fact as plain JSON values, for a derivation tree."""
        plain = {k: _plain(v) for k, v in sorted(self.values.items())}
        return {"kind": self.kind, "id": self.id, **plain}


def _plain(value: Value) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


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
        return frozenset(value)
    return None


_READERS: Mapping[FieldType, Callable[[object], Value | None]] = {
    FieldType.TEXT: _text,
    FieldType.COUNT: _count,
    FieldType.NUMBER: _number,
    FieldType.FLAG: _flag,
    FieldType.DATE: _date,
    FieldType.TAGS: _tags,
}


def _declared_kinds() -> dict[str, FactKind]:
    listed = yaml12.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {
        name: FactKind(
            name,
            {field: FieldType(kind) for field, kind in told["fields"].items()},
            told["about"],
            told.get("single", False),
            told.get("derived", False),
        )
        for name, told in listed.items()
    }


KINDS: Mapping[str, FactKind] = _declared_kinds()
