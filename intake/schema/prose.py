"""Reading what a description says in words: allowed values, lengths, blanks."""

import re
from dataclasses import dataclass

from core import fold

_BRACES = re.compile(r"[{｛]([^{}｛｝]{1,1000})[}｝]")
_SEPARATORS = re.compile(r"\s*[,、，;；/／|｜]\s*")
_PAIR = re.compile(
    r"([^\s:：=＝、,，;；。()（）/／]{1,40})\s*[:：=＝]\s*([^\s:：=＝、,，;；。()（）/／]{1,40})"
)
_CODE_FIRST = re.compile(
    r"(?:^|[\s、,，;；(（/／])([0-9０-９]{1,3})[.．]?\s*([^\s0-9０-９、,，;；()（）:：=＝/／.．-]{1,20})"
)
_CODE = re.compile(r"[0-9A-Za-z]{1,4}")
_ONE_OF = re.compile(r"いずれか|何れか|どれか|one of", re.IGNORECASE)
_CHOICE = re.compile(r"(?:選択|選択肢|選ぶ|いずれか)[^:：。\n]{0,8}[:：]\s*([^。\n(（:：=]{2,200})")
_QUOTED = re.compile(r"「([^「」]{1,40})」")
_DIGITS = re.compile(
    r"(?<!以下)(?<!下)(?<!上)(?<!末尾)(?<!先頭)(?<!\d)(\d{1,3})\s*(?:桁|文字|バイト)(?!目|以上)"
)
_BLANK = re.compile(r"空欄|空白|ブランク|空のまま|未記入|記載不要|省略可")
_NOT_BLANK = re.compile(r"空欄(は)?不可|空白(は)?不可|必ず(記載|入力)|入力必須|必須項目")
_SHORT = 20
"""Characters of the longest value in a list of choices."""
_LONGEST = 4_000
"""Descriptions are read this far."""
_EXAMPLE = re.compile(r"^\s*(例|記入例|記載例|e\.g\.)")


@dataclass(frozen=True)
class Said:
    """What a description says about the values."""

    allowed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    length: int | None = None
    blank: bool | None = None
    """True: may be blank; False: must not be; None: silent."""


def read_prose(text: str) -> Said:
    """What a description says in words.

    >>> read_prose("次のいずれかの値。（不明は空欄）{男性, 女性, その他}").allowed
    ('男性', '女性', 'その他')
    >>> said = read_prose("退院済：1 入院中：0 不明：（空のまま）")
    >>> said.allowed, said.labels, said.blank
    (('1', '0'), ('退院済', '入院中'), True)
    >>> read_prose("6桁コード。小数点以下3桁").length
    6
    """
    text = text[:_LONGEST]
    allowed, labels = _listed(text)
    digits = _DIGITS.search(fold(text))
    blank = False if _NOT_BLANK.search(text) else True if _BLANK.search(text) else None
    return Said(allowed, labels, int(digits.group(1)) if digits else None, blank)


def _listed(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for inside in _BRACES.findall(text):
        if not _EXAMPLE.match(inside):
            pairs = _pairs(inside)
            if pairs:
                return pairs
            values = _unique(_SEPARATORS.split(inside.strip()))
            if len(values) > 1:
                return values, ()
    pairs = _pairs(text)
    if pairs:
        return pairs
    if chosen := _CHOICE.search(text):
        values = _unique(re.split(r"\s*[,、，;；/／|｜・]\s*", chosen.group(1).strip()))
        if len(values) > 1 and all(len(v) <= _SHORT for v in values):
            return values, ()
    if _ONE_OF.search(text):
        values = _unique(_QUOTED.findall(text))
        if len(values) > 1:
            return values, ()
    return (), ()


def _pairs(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Codes and what they stand for: 男性：1 女性：2, 1:男性、2:女性, 1.男 2.女."""
    found = _PAIR.findall(text)
    for code_at in (1, 0):
        kept = [p for p in found if _CODE.fullmatch(fold(p[code_at]).upper())]
        labelled = [p for p in kept if not _CODE.fullmatch(fold(p[1 - code_at]))]
        codes = [p[code_at] for p in labelled]
        if len(labelled) > 1 and len(set(codes)) == len(codes):
            return tuple(codes), tuple(p[1 - code_at] for p in labelled)
    if not found:
        listed = _CODE_FIRST.findall(text)
        codes = [code for code, _ in listed]
        numbers = [int(fold(code)) for code in codes]
        if len(codes) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return tuple(codes), tuple(label for _, label in listed)
    return None


def _unique(values: list[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(v.strip() for v in values)
    kept.pop("", None)
    kept.pop("…", None)
    return tuple(kept)
