"""Splitting a numbered or separated list that stands in one cell."""

import re

from intake.schema.marks import EDGE, GROUP, lettered, numbered, paired

_BULLETS = "・･●○〇■□◆◇*＊－•▪◯"
_BULLET = re.compile(rf"^[\s\-–{re.escape(_BULLETS)}]+")
_NOTE = re.compile(
    r"(?:^|(?<=。))[ \t　]*(?:(?:[※＊]|[(（]?注[)）0-9０-９:：])[^\n]*"
    r"|以上[ 　。]*$|[(（]?以下余白[)）]?[ 　]*$)",
    re.MULTILINE,
)
"""A remark below or behind a list, and the words that end one."""
_KINDS = "情報|事項|関係|項目|状況"
_HEADED = re.compile(
    rf"(?:^|(?<=[\n、, 　]))(?:[(（]([^()（）\n]{{0,10}}(?:{_KINDS}))[)）](?=[^\s、,)）])"
    rf"|([^\s、,:：()（）]{{0,10}}(?:{_KINDS}))[ 　]?[:：](?=[^\n]{{0,80}}[、,，]))"
)
_TITLE = re.compile(r"^[ \t　]*([■◆●◎▼◇○□])[ \t　]*([^\n、,，・]{1,20})$", re.MULTILINE)
_WRAP = re.compile(r"(?<=[^\x00-\x7f、,，;；])\n[ \t　]*(?=[^\x00-\x7f])")
"""A line break inside an item that a mark begins: the line was full."""
_QUOTED = re.compile(r"「([^「」]{1,40})」")
_AND = re.compile(r"及び|および|並びに")
_PLAIN = re.compile(r"[^の（(]{1,10}")
_AND_SO_ON = tuple(space + word for word in ("等", "など", "ほか") for space in " 　")
_INSIDE = re.compile(r"[（(][^（()）]{0,60}[)）]")
_NONE = {"", "-", "－", "―", "‐", "—", "なし", "無", "無し", "該当なし", "特になし", "ー"}
_NONE |= {"等", "など", "ほか"}
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
    >>> split_items("基本情報：氏名、住所及び性別\\n税情報：所得、控除\\n※控除は令和2年から")
    ('氏名', '住所', '性別', '所得', '控除')
    """
    text = _grouped(_NOTE.sub("", text))
    marked = paired(text) or numbered(text) or lettered(text)
    items = [part for item in marked for part in _opened(item)]
    items = items or _bulleted(text) or _quoted(text) or _separated(text)
    items = [item for item in items if item.strip()]
    if len(items) == 1:
        items = _joined(items[0]) or _spaced(items[0])
    cleaned = (_BULLET.sub("", _ended(GROUP.sub("", item))).strip(EDGE) for item in items)
    return tuple(" ".join(item.split()) for item in cleaned if item not in _NONE)


def _grouped(text: str) -> str:
    """The headings of groups, in brackets, before a colon or on lines of their own, as 【…】."""
    text = _HEADED.sub(lambda found: f"【{found.group(1) or found.group(2)}】", text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    first = {line[0] for line in lines}
    if len(first) < 2 or not any(line[0] == "・" or line[0].isnumeric() for line in lines):
        return text
    return _TITLE.sub(r"【\2】", text)


def _opened(item: str) -> list[str]:
    """An item, or where it is the heading of a list on the lines below it, that list."""
    first, _, below = item.strip(EDGE).partition("\n")
    is_heading = first.strip().endswith(tuple(_KINDS.split("|"))) and len(_separated(below)) > 1
    return _separated(below) if is_heading else [_WRAP.sub("", item)]


def _ended(item: str) -> str:
    """An item without the 等 that stands apart at the end of its list."""
    text = item.rstrip()
    return next((text.removesuffix(end) for end in _AND_SO_ON if text.endswith(end)), text)


def _joined(item: str) -> list[str]:
    """Plain items joined by 及び; [] for others."""
    parts = [part.strip() for part in _AND.split(item.strip(EDGE))]
    return parts if len(parts) > 1 and all(map(_PLAIN.fullmatch, parts)) else []


def _bulleted(text: str) -> list[str]:
    """Items that each begin with the bullet the text begins with, on one line."""
    bullet = text.strip()[:1]
    if not bullet or bullet not in _BULLETS or "\n" in text.strip():
        return []
    items = text.strip().split(bullet)[1:]
    return items if len(items) > 1 else []


def _quoted(text: str) -> list[str]:
    """Items in 「」 with nothing but separators between them."""
    items = _QUOTED.findall(text)
    return items if len(items) > 1 and not _QUOTED.sub("", text).strip(EDGE) else []


def _spaced(text: str) -> list[str]:
    """Three names and more with nothing but spaces, slashes or middle dots between them."""
    whole = text.strip()
    inside = [range(*found.span()) for found in _INSIDE.finditer(whole)] if len(whole) < 999 else []
    for separator, longest in ((r"[\s　]+", _SHORT), (r"[／/]", _SHORT), (r"[・･]", 12)):
        cuts = [m.span() for m in re.finditer(separator, whole)]
        cuts = [cut for cut in cuts if not any(cut[0] in span for span in inside)]
        ends = [*(start for start, _ in cuts), len(whole)]
        parts = [whole[a:b] for a, b in zip([0, *(end for _, end in cuts)], ends, strict=True)]
        if len(parts) > 2 and all(0 < len(_INSIDE.sub("", part)) <= longest for part in parts):
            return parts
    return [text]


def _separated(text: str) -> list[str]:
    """Items between commas and line breaks; the last ones of a line may be joined by 及び."""
    items: list[str] = []
    depth = commas = 0
    current = ""
    grouped = GROUP.search(text) is not None
    for char in f"{GROUP.sub(chr(10), text)}\n":
        if char in "(（「[【":
            depth += 1
        elif char in ")）」]】":
            depth = max(depth - 1, 0)
        comma = char in "、､,，;；" and not depth
        if comma or char in "\r\n":
            lone = not commas and not comma and (grouped or "　" in current.strip(EDGE))
            parts = _spaced(current) if lone else [current]
            last = _joined(current) if commas and not comma else []
            items += last or _bulleted(current) or parts
            commas = commas + 1 if comma else 0
            current = ""
        else:
            current += char
    return [item for item in items if item.strip()]
