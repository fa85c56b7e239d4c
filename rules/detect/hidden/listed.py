"""The word lists of names, and what characters names are made of."""

import re
from functools import cache

from rules.detect.values.people import words

HAN = "㐀-䶿一-鿿豈-鶴\U00020000-\U0002ffff々ヶ"
PUBLISHED = str.maketrans(
    "栁髙﨑邉邊濵濱齋齊德國澤廣𠮷圓寳惠眞佛嶋嶌舘淵櫻瀧龍實靜",
    "柳高崎辺辺浜浜斎斎徳国沢広吉円宝恵真仏島島館渕桜滝竜実静",
)
"""Variant characters of names to those of the lists, one for one."""
_STARTS = re.compile(f"[{HAN}]")
_KANA = re.compile("[ぁ-んァ-ヶー]+")
LONGER_GIVEN = "|".join(
    sorted((n for n in words("given_names") if len(n) > 1), key=len, reverse=True)
)


@cache
def surnames() -> frozenset[str]:
    """Surnames in kanji."""
    return frozenset(words("surnames"))


@cache
def given_names() -> frozenset[str]:
    """Given names in kanji and kana."""
    return frozenset(words("given_names"))


@cache
def famous() -> frozenset[str]:
    """Whole names that everybody knows."""
    return frozenset(words("famous"))


@cache
def not_names() -> frozenset[str]:
    """What stands before 様 and さん and is nobody's name."""
    return frozenset(words("not_names"))


def is_han(text: str) -> bool:
    """Whether a text begins with a kanji."""
    return bool(_STARTS.match(text))


def is_kana(text: str) -> bool:
    """Whether a text is in kana only."""
    return bool(_KANA.fullmatch(text))
