"""The words of definitions: labels of columns, and descriptions of values, sizes and blanks."""

import re
from dataclasses import dataclass

from core import fold
from intake.schema import patterns, words

Label = tuple[int, str]
"""The weight of a label and the field it heads."""
STRONG, WEAK = 2, 1
"""A strong label is hardly ever the name of a column of data; a weak one may be."""
_WORDS, _PATTERNS = words("definition_words"), patterns("definition_words")
_LABELS: dict[str, Label] = {
    word: (STRONG if weight == "strong" else WEAK, name)
    for name, by_weight in _WORDS["columns"].items()
    for weight, listed in by_weight.items()
    for word in listed
}
_WIDER = ("required", "reference", "name")
"""Fields whose labels may go on."""
_BRACKETS = re.compile(r"[\s()（）\[\]【】「」<>＜＞※*・_＿]")
_NUMBERING = re.compile(r"^[\d①-⑳ⅰ-ⅻ]{1,3}[.．、:]?(?=\D)")


def plain(text: str) -> str:
    """A label without decoration.

    >>> plain("項目名（英語）"), plain("３．桁 数")
    ('項目名英語', '桁数')
    """
    return _NUMBERING.sub("", _BRACKETS.sub("", fold(text)))


def label_of(cell: str) -> Label | None:
    """The weight of a label and the field it heads; None for other texts.

    >>> label_of("データ型"), label_of("必須\\nパターン1"), label_of("名古屋市")
    ((2, 'type'), (2, 'required'), None)
    """
    if len(cell) > 60:
        return None
    text = plain(cell)
    found = _LABELS.get(text) or _LABELS.get(fold(cell).replace(" ", ""))
    wider = (name for name in _WIDER if _PATTERNS[f"{name}_label"].fullmatch(text))
    return found or next(((STRONG, name) for name in wider), None)


_BRACES = re.compile(r"[{｛]([^{}｛｝]{1,1000})[}｝]")
_SEPARATORS = re.compile(r"\s*[,、，;；/／|｜]\s*")
_PAIR = re.compile(
    r"([^\s:：=＝、,，;；。()（）/／]{1,40})\s*[:：=＝]\s*([^\s:：=＝、,，;；。()（）/／]{1,40})"
)
_CODE_FIRST = re.compile(
    r"(?:^|[\s、,，;；(（/／])([0-9０-９]{1,3})[.．]?\s*([^\s0-9０-９、,，;；()（）:：=＝/／.．-]{1,20})"
)
_CODE = re.compile(r"[0-9A-Za-z]{1,4}")
_QUOTED = re.compile(r"「([^「」]{1,40})」")
_BLANK = re.compile("|".join(_WORDS["blank"]))
_NOT_BLANK = re.compile("|".join(_WORDS["not_blank"]))
_SHORT = 20
"""Characters of the longest value in a list of choices."""
_LONGEST = 4_000
"""Descriptions are read this far."""


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
    digits = _PATTERNS["digits"].search(fold(text))
    blank = False if _NOT_BLANK.search(text) else True if _BLANK.search(text) else None
    return Said(allowed, labels, int(digits.group(1)) if digits else None, blank)


def _listed(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values that are allowed, and what each of them stands for where that is said."""
    for inside in _BRACES.findall(text):
        if _PATTERNS["example"].match(inside):
            continue
        values = _unique(_SEPARATORS.split(inside.strip()))
        if (pairs := _pairs(inside)) or len(values) > 1:
            return pairs or (values, ())
    if pairs := _pairs(text):
        return pairs
    if chosen := _PATTERNS["choice"].search(text):
        values = _unique(re.split(r"\s*[,、，;；/／|｜・]\s*", chosen.group(1).strip()))
        if len(values) > 1 and all(len(v) <= _SHORT for v in values):
            return values, ()
    values = _unique(_QUOTED.findall(text)) if _PATTERNS["one_of"].search(text) else ()
    return (values if len(values) > 1 else ()), ()


def _pairs(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Codes and what they stand for: 男性：1 女性：2, 1:男性、2:女性, 1.男 2.女."""
    found = _PAIR.findall(text)
    for code_at in (1, 0):
        kept = [p for p in found if _CODE.fullmatch(fold(p[code_at]).upper())]
        labelled = [p for p in kept if not _CODE.fullmatch(fold(p[1 - code_at]))]
        codes = [p[code_at] for p in labelled]
        if len(labelled) > 1 and len(set(codes)) == len(codes):
            return tuple(codes), tuple(p[1 - code_at] for p in labelled)
    listed = [] if found else _CODE_FIRST.findall(text)
    numbers = [int(fold(code)) for code, _ in listed]
    if len(listed) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return tuple(code for code, _ in listed), tuple(label for _, label in listed)
    return None


def _unique(values: list[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(v.strip() for v in values)
    return tuple(value for value in kept if value not in ("", "…"))


_WHOLE = re.compile(r"\d{1,8}")


def size_of(text: str) -> int | None:
    """The length that a type says of itself.

    >>> size_of("VARCHAR2(80)"), size_of("NUMBER(5,2)"), size_of("INT(6)")
    (80, 6, None)
    """
    folded = fold(text)
    if found := _PATTERNS["sized"].search(folded):
        return int(found.group(1)) or None
    if found := _PATTERNS["sized_number"].search(folded):
        digits, behind = int(found.group(1)), int(found.group(2) or 0)
        return digits + (1 if behind else 0) or None
    return None


def whole(text: str) -> int | None:
    """The first whole number of a text."""
    found = _WHOLE.search(fold(text))
    return int(found.group()) or None if found else None


def number(text: str) -> float | None:
    """A text that is a number and nothing else."""
    try:
        return float(fold(text).replace(",", ""))
    except ValueError:
        return None
