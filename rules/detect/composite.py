"""Columns that hold two things in one, as 年代・性別."""

import re

from core import ColumnType
from rules.detect.profile import Mask, Profile
from rules.detect.values.people import BAND_PATTERN
from rules.detect.values.places import ADDRESS_PATTERN

_SEX = r"(?:男性?|女性?|男児|女児|男子|女子|その他)"
_AGE = rf"(?:{BAND_PATTERN}|(?:満)?\d{{1,3}}(?:歳|才))"
_JOIN = r"(?: ?[・/、,_:の()\-] ?| )?"

PATTERNS: dict[tuple[ColumnType, ColumnType], str] = {
    (
        ColumnType.AGE_BAND,
        ColumnType.SEX,
    ): rf"^{BAND_PATTERN}{_JOIN}{_SEX}\)?$|^{_SEX}{_JOIN}{BAND_PATTERN}\)?$",
    (ColumnType.AGE, ColumnType.SEX): rf"^{_AGE}{_JOIN}{_SEX}\)?$|^{_SEX}{_JOIN}{_AGE}\)?$",
    (ColumnType.POSTAL_CODE, ColumnType.ADDRESS): rf"^〒? ?\d{{3}}-\d{{4}} ?{ADDRESS_PATTERN}",
    (ColumnType.PERSON_NAME, ColumnType.PERSON_NAME_KANA): (
        r"^[\p{Han}\p{Hiragana}々 ]{2,8} ?\([ァ-ヺー\p{Hiragana} ]{2,16}\)$"
    ),
}
_PART = {
    ColumnType.AGE_BAND: f"({BAND_PATTERN})",
    ColumnType.SEX: f"({_SEX})",
}


def composite(profile: Profile, sample: Profile) -> tuple[tuple[ColumnType, ...], Mask] | None:
    """The parts that most values are made of, and which values are."""
    for parts, pattern in PATTERNS.items():
        if sample.distinct and sample.ratio(sample.matches(pattern)) >= 0.6:
            mask = profile.matches(pattern)
            if profile.ratio(mask) >= 0.6:
                return parts, mask
    return None


def part_texts(texts: list[str], part: ColumnType) -> list[str] | None:
    """The piece of each composite text that is the part ("" where it has none).

    >>> part_texts(["40代男性", "非公表"], ColumnType.AGE_BAND)
    ['40代', '']
    """
    pattern = _PART.get(part)
    if pattern is None:
        return None
    search = re.compile(pattern).search
    return [found[1] if (found := search(text)) else "" for text in texts]
