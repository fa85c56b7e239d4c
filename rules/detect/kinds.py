"""What each column type means for people, from `kinds.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import ColumnType, LegalCategory, Message, Role, yaml12

_FILE = Path(__file__).with_name("kinds.yaml")


@dataclass(frozen=True)
class Kind:
    """One column type as people meet it."""

    type: ColumnType
    role: Role
    categories: tuple[LegalCategory, ...]
    cards: tuple[str, ...]
    why: Message


@cache
def kinds() -> dict[ColumnType, Kind]:
    """Every column type, read once.

    >>> kinds()[ColumnType.NATIONALITY].role.value
    'sensitive'
    """
    raw = yaml12.load(_FILE.read_text(encoding="utf-8"))
    return {
        ColumnType(name): Kind(
            type=ColumnType(name),
            role=Role(entry["role"]),
            categories=tuple(LegalCategory(c) for c in entry["categories"]),
            cards=tuple(entry["cards"]),
            why=Message(**entry["why"]),
        )
        for name, entry in raw.items()
    }
