"""What a name can suggest, and the spelling its words are compared in."""

import re
from dataclasses import dataclass

from core import ColumnType

EXACT, OWNED, HEAD, TOPIC, UNSURE, INSIDE = 0.95, 0.92, 0.85, 0.8, 0.75, 0.55
"""How sure a name alone makes us, by how it matched."""

MARKS = re.compile(r"[\s_\-./:;,*※●○◎■□・、。'\"#|+&()\[\]【】〔〕<>「」『』]+")
ORDINAL = re.compile(r"[0-9]+$")


@dataclass(frozen=True)
class NameMatch:
    """A type that a column's name suggests, how sure, and the word that did it."""

    type: ColumnType
    confidence: float
    word: str


def hiragana(text: str) -> str:
    """Katakana as hiragana, so that フリガナ and ふりがな are one word."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def squeezed(text: str) -> str:
    """A name without marks, in lower case and hiragana.

    >>> squeezed("患者_フリガナ")
    '患者ふりがな'
    """
    return hiragana(MARKS.sub("", text).lower())
