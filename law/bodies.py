"""Who is bound: which cards speak for a body, as chapter 5 does not bind them all."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from core import BodyType, yaml12


def binding(cards: Iterable[str], body: BodyType | None) -> tuple[str, ...]:
    """The cards that bind a body, in order, each once.

    >>> binding(("A-01", "B-01"), "hospital")
    ('A-01', 'K-106')
    >>> binding(("B-07", "B-01"), "city")
    ('B-07', 'B-01')
    """
    instead = _instead().get(body or "", {})
    return tuple(dict.fromkeys(instead.get(card, card) for card in cards))


@cache
def _instead() -> dict[str, dict[str, str]]:
    """Per body, the card that speaks in place of another."""
    found: dict[str, dict[str, str]] = {}
    for entry in _entries():
        instead = {card: other for other, cards in entry["instead"].items() for card in cards}
        for body in entry["bodies"]:
            found.setdefault(body, {}).update(instead)
    return found


def speaks_of(card: str, body: BodyType | None) -> bool:
    """Whether a card speaks of a body; None and what chapter 5 binds are municipalities.

    >>> speaks_of("K-10", "agency_hospital"), speaks_of("K-10", None), speaks_of("B-08", None)
    (True, False, True)
    """
    alone = [entry["bodies"] for entry in _entries() if card in entry.get("alone", ())]
    return not alone or any(body in bodies for bodies in alone)


@cache
def _entries() -> list[dict[str, Any]]:
    return list(yaml12.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")))


_NAMED: dict[BodyType, str] = {
    "agency_hospital": r"病院[^。]{0,8}(?:機構|地方独立行政法人|地独法)"
    r"|(?:地方独立行政法人|地独法)[^。]{0,8}(?:病院|診療所)"
    r"|hospital[^.?]{0,40}independent (?:administrative )?agency",
    "agency_university": r"公立大学法人|(?:地方独立行政法人|地独法)[^。]{0,8}大学",
    "agency_other": r"(?:地方独立行政法人|地独法)(?:である|の|は|が)(?!病院|診療所|大学)",
    "hospital": r"(?:市民|市立|町立|県立|公立|公営|直営)[^。]{0,6}(?:病院|診療所)"
    r"|病院(?:が|で|の業務)|\b(?:city|municipal|public|prefectural|our) hospital",
    "university": r"(?:市立|県立|公立)大学(?:が|で|の|は)"
    r"|\b(?:city|municipal|prefectural) university",
    "designated_manager": r"指定管理者(?:が|で|は|です|として)|\bdesignated managers?\b",
    "assembly": r"議会(?:自身|事務局)|\bassembly'?s? (?:own|secretariat)\b",
}
"""How a question names the body it is about, the narrower first."""


def body_of(question: str) -> BodyType | None:
    """The body that a question says it is about, where that is not a municipality as such.

    >>> body_of("市民病院（地方独立行政法人）で名簿を紛失しました"), body_of("市の名簿を大学に渡す")
    ('agency_hospital', None)
    """
    found = (body for body, pattern in _NAMED.items() if re.search(pattern, question, re.I))
    return next(found, None)
