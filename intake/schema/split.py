"""Splitting a numbered or separated list that stands in one cell."""

import re

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CIRCLED = {chr(0x2460 + i): str(i + 1) for i in range(20)}
_CIRCLED |= {chr(0x3251 + i): str(i + 21) for i in range(15)}
_MARK = re.compile(r"[(（]?(?<!\d)(\d{1,3})(?!\d)[)）]?[\s．.:：・]*|([①-⑳㉑-㉟])\s*")
_BULLET = re.compile(r"^[\s・●○■□◆◇*＊\-－•▪◯]+")
_EDGE = " \t\r\n　、,，;；。.．・"
_NONE = {"", "-", "－", "―", "なし", "無", "無し", "該当なし", "特になし", "ー"}


def split_items(text: str) -> tuple[str, ...]:
    """The items of a list in one cell: numbered 1, 2, 3 …, or separated by 、 or line breaks.

    >>> split_items("1氏名、2生年月日、3電話番号1、4家族（続柄、年齢）")
    ('氏名', '生年月日', '電話番号1', '家族（続柄、年齢）')
    >>> split_items("①氏名 ②住所"), split_items("氏名、住所（番地、号）")
    (('氏名', '住所'), ('氏名', '住所（番地、号）'))
    """
    items = _numbered(text) or _separated(text)
    cleaned = (_BULLET.sub("", item).strip(_EDGE) for item in items)
    return tuple(" ".join(item.split()) for item in cleaned if item not in _NONE)


def _numbered(text: str) -> list[str]:
    flat = text.translate(_DIGITS)
    cuts: list[tuple[int, int]] = []
    expected = 1
    for mark in _MARK.finditer(flat):
        number = mark.group(1) or _CIRCLED.get(mark.group(2) or "", "")
        at_start = not cuts and not flat[: mark.start()].strip(_EDGE)
        after = flat[mark.start() - 1 : mark.start()]
        parted = at_start or (bool(cuts) and (not mark.group(1) or after in "、,，;；\n\r 　。)）"))
        if number == str(expected) and parted:
            cuts.append((mark.start(), mark.end()))
            expected += 1
    if len(cuts) < 2:
        return []
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return [text[begin:end] for (_, begin), end in zip(cuts, ends, strict=True)]


def _separated(text: str) -> list[str]:
    items: list[str] = []
    depth = 0
    current = ""
    for char in text:
        if char in "(（「[【":
            depth += 1
        elif char in ")）」]】":
            depth = max(depth - 1, 0)
        if char in "\r\n" or (char in "、,，;；" and not depth):
            items.append(current)
            current = ""
        else:
            current += char
    return [*items, current]
