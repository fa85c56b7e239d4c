"""Columns that hold two things in one, such as 年代・性別: taken apart and put together."""

import re
from collections.abc import Sequence

from core import ColumnType
from language import is_missing_word
from measure import STAR

_SEX = re.compile(r"(男性|女性|男児|女児|男子|女子|男|女)")
_MARKS = re.compile(r"\s*[・/／、,，|｜()（）_＿ 　]\s*")
_WRITTEN = {"男": "男性", "女": "女性"}


def split(text: str, parts: Sequence[ColumnType]) -> tuple[str, ...]:
    """The text of each part, "" where the value says nothing about it.

    A value that says nothing at all (非公表) is each part's text.

    >>> split("40代男性", (ColumnType.AGE_BAND, ColumnType.SEX))
    ('40代', '男性')
    >>> split("10歳未満", (ColumnType.AGE_BAND, ColumnType.SEX))
    ('10歳未満', '')
    >>> split("日本・会社員", (ColumnType.NATIONALITY, ColumnType.OCCUPATION))
    ('日本', '会社員')
    """
    if is_missing_word(text) or text == STAR:
        return (text,) * len(parts)
    rest, found = text, {}
    if ColumnType.SEX in parts:
        sex = _SEX.search(text)
        if sex:
            found[ColumnType.SEX] = _WRITTEN.get(sex[1], sex[1])
            rest = text[: sex.start()] + " " + text[sex.end() :]
        else:
            found[ColumnType.SEX] = ""
    others = [part for part in parts if part is not ColumnType.SEX]
    pieces = [piece for piece in _MARKS.split(rest.strip()) if piece]
    if len(others) == 1:
        pieces = ["・".join(pieces)]
    pieces += [""] * len(others)
    found |= dict(zip(others, pieces, strict=False))
    return tuple(found[part] for part in parts)


def join(pieces: Sequence[str | None]) -> str:
    """One text from the parts; None is a part that was dropped.

    >>> join(["40～59歳", "男性"]), join(["40～59歳", None]), join(["*", "*"]), join(["非公表"] * 2)
    ('40～59歳・男性', '40～59歳', '*', '非公表')
    """
    shown = [piece for piece in pieces if piece]
    if len(set(shown)) == 1 and (shown[0] == STAR or is_missing_word(shown[0])):
        return shown[0]
    return "・".join(shown) or STAR
