"""Cutting a list at the marks of its items: 1, (1), ①, 1-1, ア, (a)."""

import re
import unicodedata

SEPARATORS = "、､,，;；\n\r 　"
EDGE = " \t\r\n　、､,，;；。｡.．・"
GROUP = re.compile(
    r"【[^【】]{1,30}】|<[^<>]{1,30}>|＜[^＜＞]{1,30}＞|〔[^〔〕]{1,30}〕|〈[^〈〉]{1,30}〉"
)
"""The heading of a group of items."""

_CLOSING = "。｡)】>＞〕〉"
_FLAT = str.maketrans("０１２３４５６７８９（）", "0123456789()")
_ROUND = {
    chr(code): str(int(unicodedata.numeric(chr(code))))
    for first, last in (
        *((0x2460, 0x249B), (0x2776, 0x277F), (0x2780, 0x2793)),
        *((0x3251, 0x325F), (0x32B1, 0x32BF)),
    )
    for code in range(first, last + 1)
}
"""The numbers that are one character: ①, ⑴, ⒈, ❶, ➀, ㉑, ㊱."""
_NUMBER = re.compile(
    r"([(【\[]?)(?:[Nn][Oo][.．]?|№)?(?<!\d)(\d{1,3})(?!\d)([)】\]]?)([.．:：]?)[\s．.:：・]*"
    rf"|([{''.join(_ROUND)}])[\s.．]*"
)
_PAIR = re.compile(
    rf"(?:\(?(?<!\d)\d{{1,2}}|[{''.join(_ROUND)}])[-－‐ー]\d{{1,2}}(?!\d)[\s.．:：)]*"
)
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_HALF = str.maketrans("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉ（）", f"{_KANA}()")
_LETTER = re.compile(r"(\(?)([ア-ノa-z])([).．]?)[\s:：]*")
_SKIPPED = 3
"""How many numbers a list may leave out."""


def numbered(text: str) -> list[str]:
    """The items of a list numbered 1, 2, 3 …, perhaps anew in each group; [] for others."""
    cuts = _cuts(text, apart=True)
    if len(cuts) < 2 and not any(char in SEPARATORS for char in text.strip()):
        cuts = _cuts(text, apart=False)
        cuts = cuts if len(cuts) > 2 else []
    return _pieces(text, cuts)


def paired(text: str) -> list[str]:
    """The items of a list numbered 1-1, 1-2, 2-1 …; [] for others."""
    found = [mark for mark in _PAIR.finditer(text) if _is_apart(text, mark.start())]
    if not found or GROUP.sub("", text[: found[0].start()]).strip(EDGE):
        return []
    return _pieces(text, [mark.span() for mark in found])


def lettered(text: str) -> list[str]:
    """The items of a list marked ア, イ, ウ … or (a), (b) … in order; [] for others."""
    flat = text.translate(_HALF)
    cuts: list[tuple[int, int]] = []
    order = ""
    for mark in _LETTER.finditer(flat):
        start, letter = mark.start(), mark.group(2)
        if not cuts:
            if flat[:start].strip(EDGE):
                break
            order = _KANA if letter in _KANA else "abcdefghijklmnopqrstuvwxyz"
        bound = bool(mark.group(3))
        word = not bound and ("ァ" <= flat[mark.end(2) : mark.end(2) + 1] <= "ー")
        apart = not cuts or text[start - 1] in SEPARATORS or (bound and bool(mark.group(1)))
        plain = order == _KANA or bound
        if apart and plain and not word and letter == order[len(cuts) : len(cuts) + 1]:
            cuts.append(mark.span())
        elif not cuts:
            break
    return _pieces(text, cuts)


def _cuts(text: str, *, apart: bool) -> list[tuple[int, int]]:
    """Where the marks are. With `apart` a number needs something before it that ends an item."""
    flat = text.translate(_FLAT)
    cuts: list[tuple[int, int]] = []
    last, bracketed = 0, False
    for mark in _NUMBER.finditer(flat):
        number = int(mark.group(2) or _ROUND[mark.group(5)])
        whole = bool(mark.group(1)) and bool(mark.group(3))
        told = bool(mark.group(3) or mark.group(4) or mark.group(5))
        if not cuts:
            if number != 1 or GROUP.sub("", flat[: mark.start()]).strip(EDGE):
                return []
            bracketed = whole
        else:
            stands = bool(mark.group(5)) or (bracketed and whole) or _is_apart(flat, mark.start())
            fresh = told and _begins(flat, mark.start(), mark.group(5) is not None)
            follows = number == last + 1 and (stands or not apart)
            skips = fresh and last + 1 < number <= last + 1 + _SKIPPED
            if not (follows or skips or (number == 1 and last > 1 and fresh)):
                continue
        cuts.append(mark.span())
        last = number
    return cuts


def _is_apart(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in SEPARATORS + _CLOSING


def _begins(text: str, at: int, anywhere: bool) -> bool:
    """Whether a mark stands first on its line or in its group, or `anywhere` after a separator."""
    if anywhere and _is_apart(text, at):
        return True
    while at and text[at - 1] in " 　\t":
        at -= 1
    return at == 0 or text[at - 1] in "\r\n】>＞〕〉"


def _pieces(text: str, cuts: list[tuple[int, int]]) -> list[str]:
    if len(cuts) < 2:
        return []
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    return [_ungrouped(text[begin:end]) for (_, begin), end in zip(cuts, ends, strict=True)]


def _ungrouped(item: str) -> str:
    """An item without the heading of the next group, which stands at its end."""
    found = list(GROUP.finditer(item))
    if found and not item[found[-1].end() :].strip(EDGE):
        return item[: found[-1].start()]
    return item
