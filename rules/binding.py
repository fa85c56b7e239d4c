"""Which cards speak for a body: chapter 5 does not bind them all.

An assembly stands outside chapter 5 (A-08). The work of a municipal hospital or university is
under chapter 4, except for disclosure, the register and administrative anonymised information
(A-12, X-07). A rule that holds everywhere, such as one about free text, then rests on the card
that says so, never on an article that does not apply.
"""

from collections.abc import Iterable, Mapping

from core import BodyType

_HANDLING = tuple(f"B-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 19))
"""Articles 61 to 74: what chapter 5 says of holding, using and providing."""
_SPECIFIC = {"B-07": "X-07", "B-09": "X-07", "B-10": "X-07", "B-19": "X-07"}
"""Breaches, provision and special care have a counterpart of their own in chapter 4."""
_CHAPTER_FOUR = {card: _SPECIFIC.get(card, "A-12") for card in _HANDLING}
_CHAPTER_FIVE = {
    *(f"B-{n:02}" for n in (*range(1, 17), 19)),
    *(f"D-{n:02}" for n in range(1, 16)),
}
_INSTEAD: Mapping[BodyType, Mapping[str, str]] = {
    "hospital": _CHAPTER_FOUR,
    "university": _CHAPTER_FOUR,
    "assembly": dict.fromkeys(_CHAPTER_FIVE, "A-08"),
}


def binding(cards: Iterable[str], body: BodyType | None) -> tuple[str, ...]:
    """The cards that bind a body, in order, each once.

    >>> binding(("A-01", "B-01"), "hospital")
    ('A-01', 'A-12')
    >>> binding(("B-07", "B-01"), "city")
    ('B-07', 'B-01')
    """
    instead = _INSTEAD.get(body, {}) if body else {}
    return tuple(dict.fromkeys(instead.get(card, card) for card in cards))
