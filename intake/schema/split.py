"""Splitting a numbered or separated list that stands in one cell."""

import re

_DIGITS = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_CIRCLED = {chr(0x2460 + i): str(i + 1) for i in range(20)}
_CIRCLED |= {chr(0x3251 + i): str(i + 21) for i in range(15)}
_MARK = re.compile(r"(\(?)(?<!\d)(\d{1,3})(?!\d)(\)?)[\s．.:：・]*|([①-⑳㉑-㉟])\s*")
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_GROUP = re.compile(r"【[^【】]{1,30}】|<[^<>]{1,30}>|＜[^＜＞]{1,30}＞|〔[^〔〕]{1,30}〕")
_BULLETS = "・●○■□◆◇*＊－•▪◯"
_BULLET = re.compile(rf"^[\s\-–{re.escape(_BULLETS)}]+")
_EDGE = " \t\r\n　、,，;；。.．・"
_PARTS = "、,，;；\n\r 　。)】>＞〕"
"""What may stand before a further number of a list."""
_NONE = {"", "-", "－", "―", "‐", "—", "なし", "無", "無し", "該当なし", "特になし", "ー"}
_SHORT = 20
"""Longer pieces between spaces or slashes are no names of items."""


def split_items(text: str) -> tuple[str, ...]:
    """The items of a list in one cell: numbered 1, 2, 3 …, or separated by 、 or line breaks.

    >>> split_items("1氏名、2生年月日、3電話番号1、4家族（続柄、年齢）")
    ('氏名', '生年月日', '電話番号1', '家族（続柄、年齢）')
    >>> split_items("①氏名 ②住所"), split_items("氏名、住所（番地、号）")
    (('氏名', '住所'), ('氏名', '住所（番地、号）'))
    >>> split_items("【基本】（１）氏名（２）住所\\n【税】（３）所得")
    ('氏名', '住所', '所得')
    """
    items = _numbered(text) or _lettered(text) or _bulleted(text) or _separated(text)
    if len(items) == 1:
        items = _spaced(items[0])
    cleaned = (_BULLET.sub("", _GROUP.sub("", item)).strip(_EDGE) for item in items)
    return tuple(" ".join(item.split()) for item in cleaned if item not in _NONE)


def _numbered(text: str) -> list[str]:
    flat = text.translate(_DIGITS)
    cuts: list[tuple[int, int]] = []
    bracketed = False
    for mark in _MARK.finditer(flat):
        number = mark.group(2) or _CIRCLED.get(mark.group(4) or "", "")
        whole = bool(mark.group(1)) and bool(mark.group(3))
        if not cuts:
            before = _GROUP.sub("", flat[: mark.start()])
            if number != "1" or before.strip(_EDGE):
                return []
            bracketed = whole
        else:
            apart = mark.group(4) or (bracketed and whole) or flat[mark.start() - 1] in _PARTS
            if number != str(len(cuts) + 1) or not apart:
                continue
        cuts.append((mark.start(), mark.end()))
    if len(cuts) < 2:
        return []
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return [_ungrouped(text[begin:end]) for (_, begin), end in zip(cuts, ends, strict=True)]


def _ungrouped(item: str) -> str:
    """An item without the heading of the next group, which stands at its end."""
    found = list(_GROUP.finditer(item))
    if found and not item[found[-1].end() :].strip(_EDGE):
        return item[: found[-1].start()]
    return item


def _lettered(text: str) -> list[str]:
    """Items marked ア, イ, ウ … in order, each at the start or after a separator."""
    first = len(text) - len(text.lstrip(_EDGE))
    cuts: list[int] = []
    for at in range(first, len(text)):
        apart = at == first or text[at - 1] in "、,，;；\n\r 　"
        word = "ァ" <= text[at + 1 : at + 2] <= "ー"
        if apart and not word and len(cuts) < len(_KANA) and text[at] == _KANA[len(cuts)]:
            cuts.append(at)
    if len(cuts) < 2:
        return []
    return [text[a + 1 : b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _bulleted(text: str) -> list[str]:
    """Items that each begin with the bullet the text begins with, on one line."""
    bullet = text.strip()[:1]
    if not bullet or bullet not in _BULLETS or "\n" in text.strip():
        return []
    items = text.strip().split(bullet)[1:]
    return items if len(items) > 1 else []


def _spaced(text: str) -> list[str]:
    """Three names and more with nothing but spaces or slashes between them."""
    for separator in (r"[\s　]+", r"[／/]"):
        parts = re.split(separator, text.strip())
        if len(parts) > 2 and all(0 < len(part) <= _SHORT for part in parts):
            return parts
    return [text]


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
