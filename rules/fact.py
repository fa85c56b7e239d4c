"""One fact: what a rule reads.

>>> fact = Fact.of("risk", "risk:1", k=1, uniques=29, share_at_risk=0.123456)
>>> fact["share_at_risk"], fact.get("rows")
(0.1235, None)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from core import RuleError
from rules.kinds import KINDS, Value


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
            raise RuleError.of(
                "fact-kind",
                ja=f"「{self.kind}」という種類の事実はありません。",
                en=f"There is no kind of fact called {self.kind}.",
            )
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
        plain = {
            k: sorted(v)
            if isinstance(v, frozenset)
            else v.isoformat()
            if isinstance(v, date)
            else v
            for k, v in sorted(self.values.items())
        }
        return {"kind": self.kind, "id": self.id, **plain}
