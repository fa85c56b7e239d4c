"""What the detectors conclude about one column."""

from dataclasses import dataclass, field

from core import ColumnType, Message
from rules.detect.values import Recogniser


@dataclass(frozen=True)
class Decision:
    """A column's type with what supports it."""

    type: ColumnType
    confidence: float
    n: int = 0
    of: int = 0
    parts: tuple[ColumnType, ...] = ()
    evidence: tuple[Message, ...] = ()
    recogniser: Recogniser | None = field(default=None, compare=False)
