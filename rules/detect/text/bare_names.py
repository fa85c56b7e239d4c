"""Everybody named in a text: those told by something beside the name, and those by it alone.

A second reader takes each surname, given name and reading of one that the dictionary or the lists
know and that the first left alone; the words around it decide (`judge`).
"""

import re
from collections.abc import Iterator, Sequence

from core import ColumnType
from rules.detect.text import cues
from rules.detect.text.judge import names_somebody
from rules.detect.text.person_names import PATTERNS, told_names
from rules.detect.text.reading import (
    FAMOUS,
    GIVEN_NAMES,
    SURNAMES,
    Reading,
    Word,
    is_kana,
    readings,
)
from rules.detect.text.seeker import Found, Seeker, seekers
from rules.detect.text.terms import Mention

_TO_KATAKANA = {ord(c): ord(c) + 0x60 for c in map(chr, range(ord("ぁ"), ord("ん") + 1))}
_NUMBER = re.compile(r" ?[\d一二三四五六七八九十]")
_LONGEST = 5
"""Characters of a name, at most."""


def person_names(reading: Reading) -> list[Found]:
    """Everybody named in a text."""
    return reading.once("names", _both)


def _both(reading: Reading) -> list[Found]:
    told = told_names(reading)
    bare = [
        (mention.type, mention.start, mention.end)
        for mention in candidates(reading)
        if not any(start < mention.end and mention.start < end for _, start, end in told)
        and names_somebody(reading, mention)
    ]
    return [*told, *bare]


def candidates(reading: Reading) -> Iterator[Mention]:
    """Words that may be names.

    >>> [(m.start, m.how) for m in candidates(Reading("長谷部と江頭が来所、莉子も"))]
    [(0, 'surname'), (4, 'surname'), (10, 'given name')]
    """
    words = reading.words
    works = cues.titles(reading.plain)
    if cues.TEMPLATE.search(reading.text):
        return
    for at, word in enumerate(words):
        how = _may_be(words, at)
        if how and _NUMBER.match(reading.text, word.end):
            continue  # 新田3丁目, 品川 500
        if how and not any(a <= word.start and word.end <= b for a, b in works):
            yield Mention(ColumnType.PERSON_NAME, word.start, word.end, how)


def _may_be(words: Sequence[Word], at: int) -> str | None:
    """What kind of name a word may be."""
    word = words[at]
    if word.part != "名詞" or not 2 <= len(word.text) <= _LONGEST or word.text.isascii():
        return None
    if word.text in FAMOUS:
        return None
    if word.name == "姓" or word.text in SURNAMES:
        return "surname" if word.kind == "人名" else f"surname/{word.kind}"
    if word.name == "名" or word.text in GIVEN_NAMES:
        return "given name" if word.kind == "人名" else f"given name/{word.kind}"
    if is_kana(word.text) and len(word.text) > 2:
        reading = word.text.translate(_TO_KATAKANA)
        if reading in readings("surnames") or reading in readings("given_names"):
            return "reading" if word.of_person or not word.known else f"reading/{word.kind}"
    return None


SEEKERS = seekers("person_names", PATTERNS, {"person_names": person_names})


def unlisted(reading: Reading) -> list[tuple[Seeker, Found]]:
    """People whose names only the dictionary knows: no test over the column can find them."""
    if not any(word.of_person for word in reading.words):
        return []
    return [(SEEKERS[0], found) for found in person_names(reading)]
