"""What somebody says a column is: 「この列は施設名です」, 「単位は世帯番号です」."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.dialogue import Context
from assistant.grammar.clauses import JOINTS, Clause
from assistant.grammar.scan import either, flatten, load, tidy
from core import ROLES, ColumnType, Role, column_types, fold

WORDS = load("corrections.yaml")
"""How such a sentence begins and ends, and what roles and the unit are called."""
_LIST = re.compile(rf"\s*{either(JOINTS['list'])}\s*")
_OF_COLUMN = re.compile(f"{either(WORDS['of_column'])}$")
_SAID = re.compile(
    rf"(?P<about>.+?)\s*{either(WORDS['is'])}\s*(?P<what>.+?)"
    rf"\s*(?:(?P<so>{either(WORDS['so'])})|(?P<not>{either(WORDS['not_so'])}))"
    rf"{either(WORDS['please'])}?[。.!！、,\s]*"
)


@dataclass(frozen=True)
class Correction:
    """What a sentence says of one column, or of the unit of the data."""

    column: str | None = None
    """None where the sentence points at a column that nobody named before."""
    type: ColumnType | None = None
    role: Role | None = None
    unit: tuple[str, ...] = ()

    @property
    def concepts(self) -> frozenset[str]:
        """What the phrases of the tools call it."""
        said = {"says.unit": self.unit, "says.type": self.type, "says.role": self.role}
        return frozenset(concept for concept, value in said.items() if value)


def correction(clause: Clause, context: Context) -> Correction | None:
    """The correction that a clause states; None where it states none."""
    found = _SAID.fullmatch(clause.words.strip())
    if found is None:
        return None
    about, what, denied = found["about"].strip(" 「」"), found["what"].strip(" 「」"), found["not"]
    unit = set(map(fold, (about, what))) & _called(WORDS["unit"])
    if unit and not denied:
        named = _columns(what if fold(about) in unit else about, context)
        return Correction(unit=named) if named else None
    pointing = fold(about) in _called(WORDS["this"])
    spoken_of = context.dialogue.columns[:1] if pointing else _columns(about, context)
    if not spoken_of and not pointing:
        spoken_of = _columns(_OF_COLUMN.sub("", about), context)
    if len(spoken_of) != 1 and not pointing:
        return None
    column = next(iter(spoken_of), None)
    role = _roles().get(fold(what))
    if role is not None:
        return Correction(column, role=Role.OTHER if denied else role)
    kind = None if denied else column_types.named(what)
    return Correction(column, type=kind) if kind is not None else None


def part(clause: Clause, context: Context, name: str) -> Any:
    """One part of the correction that a clause states."""
    found = correction(clause, context)
    value = getattr(found, name) if found else None
    return list(value) if isinstance(value, tuple) else value


def _columns(said: str, context: Context) -> tuple[str, ...]:
    """Columns named in full; () where a word is the name of none."""
    keys = {flatten(tidy(c.name)): c.name for c in context.columns}
    words = [said] if flatten(tidy(said)) in keys else _LIST.split(said)
    found = [keys.get(flatten(tidy(word.strip(" 「」")))) for word in words]
    return tuple(name for name in found if name) if all(found) else ()


def _called(words: list[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


@cache
def _roles() -> dict[str, Role]:
    """What people call a role."""
    found = {fold(name): role for role, m in ROLES.items() for name in (m.ja, m.en)}
    return found | {fold(w): Role(role) for role, own in WORDS["roles"].items() for w in own}
