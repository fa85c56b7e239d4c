"""Names of numbers that people, their papers and their things bear."""

import re

from rules.detect.names.base import HEAD, OWNED, NameMatch
from rules.detect.names.lexicon import Lexicon

_NUMBERED = re.compile(r"(?:no|なんばー|ばんごう|番)$")
_CODED = re.compile(r"(?:cd|code)$")
_ANY_NUMBER = re.compile(r"(?:番号|こーど|id)$")
_NUMBER = "番号"
_LEAST = 2


def spelled_number(stem: str) -> str:
    """A name with its word for number or code written out.

    >>> spelled_number("被保番"), spelled_number("病名cd")
    ('被保番号', '病名こーど')
    """
    return _CODED.sub("こーど", _NUMBERED.sub(_NUMBER, stem))


def number_of_person(stem: str, words: Lexicon) -> NameMatch | None:
    """A qualifier with any word for number: 学籍コード is a 学籍番号, 身障手帳No a 手帳番号.

    What the number is about (障害, 介護) does not count beside the number itself.
    """
    numbered = _CODED.sub(_NUMBER, _NUMBERED.sub(_NUMBER, stem))
    if not _ANY_NUMBER.search(numbered):
        return None
    for form in (numbered, _ANY_NUMBER.sub(_NUMBER, numbered)):
        for start in range(max(0, len(form) - words.longest), len(form) - 2):
            type_ = words.japanese.get(form[start:])
            if type_ in words.numbers:
                return _by_subject(form[:start], form[start:], words) or NameMatch(
                    type_, OWNED if not start else HEAD, form[start:]
                )
            if type_:
                break
    return None


def _by_subject(front: str, word: str, words: Lexicon) -> NameMatch | None:
    """端末管理番号 is a device's, 雇用保険被保険者証番号 no health insurance's."""
    if word not in words.general:
        return None
    for subject, type_ in words.subjects.items():
        if subject in front:
            return NameMatch(type_, HEAD, subject + word)
    return None


def shortened(stem: str, words: Lexicon) -> NameMatch | None:
    """A number's name of which only the first characters of each word are left: 基年番号."""
    numbered = _CODED.sub(_NUMBER, _NUMBERED.sub(_NUMBER, stem))
    short = numbered.removesuffix(_NUMBER)
    if short == numbered or len(short) < _LEAST or short in words.japanese:
        return None
    full = {
        type_: word
        for word, type_ in words.japanese.items()
        if type_ in words.numbers and word.endswith(_NUMBER) and _shortens(short, word[:-2])
    }
    if len(full) != 1:
        return None
    type_, word = next(iter(full.items()))
    return NameMatch(type_, HEAD, word)


def _shortens(short: str, word: str) -> bool:
    """Whether `short` is left of `word` by leaving out, never starting on the second of two.

    Words of two characters follow one another in such names, so that what is kept after a gap
    stands at an even place.
    """
    if len(short) >= len(word) or short[0] != word[0]:
        return False
    place = 0
    for character in short[1:]:
        found = place + 1
        if word[found : found + 1] != character:
            found = next(
                (i for i in range(2, len(word), 2) if i > place and word[i] == character), 0
            )
        if not found:
            return False
        place = found
    return True
