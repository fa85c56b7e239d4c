"""The word lists of names, and what characters names are made of."""

import re
from collections.abc import Iterable
from functools import cache

from rules.detect.patterns import words

HAN = "㐀-䶿一-鿿豈-鶴\U00020000-\U0002ffff々ヶ"
PUBLISHED = str.maketrans(
    "栁髙﨑邉邊濵濱齋齊德國澤廣𠮷圓寳惠眞佛嶋嶌舘淵櫻瀧龍實靜",
    "柳高崎辺辺浜浜斎斎徳国沢広吉円宝恵真仏島島館渕桜滝竜実静",
)
"""Variant characters of names to those of the lists, one for one."""
_STARTS = re.compile(f"[{HAN}]")
_KANA = re.compile("[ぁ-んァ-ヶー]+")


def _plain(name: str) -> frozenset[str]:
    return frozenset(word.translate(PUBLISHED) for word in words(name))


@cache
def surnames() -> frozenset[str]:
    """Surnames in kanji, without variant characters like all of these lists."""
    return _plain("surnames")


@cache
def given_names() -> frozenset[str]:
    """Given names in kanji and kana."""
    return _plain("given_names")


@cache
def famous() -> frozenset[str]:
    """Whole names that everybody knows."""
    return _plain("famous")


@cache
def not_names() -> frozenset[str]:
    """What stands before 様 and さん and is nobody's name."""
    return _plain("not_names")


def longest_first(names: Iterable[str]) -> str:
    """Names as one alternation."""
    return "|".join(sorted(names, key=len, reverse=True))


LONGER_GIVEN = longest_first(name for name in given_names() if len(name) > 1)


def is_han(text: str) -> bool:
    """Whether a text begins with a kanji."""
    return bool(_STARTS.match(text))


def is_kana(text: str) -> bool:
    """Whether a text is in kana only."""
    return bool(_KANA.fullmatch(text))
