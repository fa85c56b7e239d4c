"""Lists of the names of items: numbered, separated or ticked in one cell, or alone on a sheet."""

import re
import unicodedata
from collections.abc import Sequence

from core import Schema, fold
from intake.schema import SheetKind, items_named, patterns, words
from intake.table.grid import Grid, filled

_PATTERNS = patterns("item_lists")
_SEPARATORS = "、､,，;；\n\r 　"
_EDGE = " \t\r\n　、､,，;；。｡.．・"
_GROUP = re.compile(
    r"【[^【】]{1,30}】|<[^<>]{1,30}>|＜[^＜＞]{1,30}＞|〔[^〔〕]{1,30}〕|〈[^〈〉]{1,30}〉"
)
"""The heading of a group of items."""
_BULLETS = "・･●○〇■□◆◇*＊－•▪◯"
_BULLET = re.compile(rf"^[\s\-–{re.escape(_BULLETS)}]+")
_KINDS = ("情報", "事項", "関係", "項目", "状況")
"""How the heading of a group ends."""
_HEADED = re.compile(
    rf"(?:^|(?<=[\n、, 　]))(?:[(（]([^()（）\n]{{0,10}}(?:{'|'.join(_KINDS)}))[)）](?=[^\s、,)）])"
    rf"|([^\s、,:：()（）]{{0,10}}(?:{'|'.join(_KINDS)}))[ 　]?[:：](?=[^\n]{{0,80}}[、,，]))"
)
_TITLE = re.compile(r"^[ \t　]*([■◆●◎▼◇○□])[ \t　]*([^\n、,，・]{1,20})$", re.MULTILINE)
_WRAP = re.compile(r"(?<=[^\x00-\x7f、,，;；])\n[ \t　]*(?=[^\x00-\x7f])")
"""A line break inside an item that a mark begins: the line was full."""
_QUOTED = re.compile(r"「([^「」]{1,40})」")
_PLAIN = re.compile(r"[^の（(]{1,10}")
_AND_SO_ON = tuple(space + word for word in ("等", "など", "ほか") for space in " 　")
_INSIDE = re.compile(r"[（(][^（()）]{0,60}[)）]")
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
    text = _grouped(_PATTERNS["remark"].sub("", text))
    marked = _paired(text) or _numbered(text) or _lettered(text)
    items = [part for item in marked for part in _opened(item)]
    items = items or _bulleted(text) or _quoted(text) or _separated(text)
    items = [item for item in items if item.strip()]
    if len(items) == 1:
        items = _joined(items[0]) or _spaced(items[0])
    cleaned = (_BULLET.sub("", _ended(_GROUP.sub("", item))).strip(_EDGE) for item in items)
    none = words("item_lists")["none"]
    return tuple(" ".join(item.split()) for item in cleaned if item not in none)


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
    first, _, below = item.strip(_EDGE).partition("\n")
    is_heading = first.strip().endswith(_KINDS) and len(_separated(below)) > 1
    return _separated(below) if is_heading else [_WRAP.sub("", item)]


def _ended(item: str) -> str:
    """An item without the 等 that stands apart at the end of its list."""
    text = item.rstrip()
    return next((text.removesuffix(end) for end in _AND_SO_ON if text.endswith(end)), text)


def _joined(item: str) -> list[str]:
    """Plain items joined by 及び; [] for others."""
    parts = [part.strip() for part in _PATTERNS["joined"].split(item.strip(_EDGE))]
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
    return items if len(items) > 1 and not _QUOTED.sub("", text).strip(_EDGE) else []


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
    grouped = _GROUP.search(text) is not None
    for char in f"{_GROUP.sub(chr(10), text)}\n":
        if char in "(（「[【":
            depth += 1
        elif char in ")）」]】":
            depth = max(depth - 1, 0)
        comma = char in "、､,，;；" and not depth
        if comma or char in "\r\n":
            lone = not commas and not comma and (grouped or "　" in current.strip(_EDGE))
            parts = _spaced(current) if lone else [current]
            last = _joined(current) if commas and not comma else []
            items += last or _bulleted(current) or parts
            commas = commas + 1 if comma else 0
            current = ""
        else:
            current += char
    return [item for item in items if item.strip()]


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
_NEXT_GROUP = re.compile(rf"(?:{_GROUP.pattern})[{_EDGE}]*\Z")
_SKIPPED = 3
"""How many numbers a list may leave out."""


def _numbered(text: str) -> list[str]:
    """The items of a list numbered 1, 2, 3 …, perhaps anew in each group; [] for others."""
    cuts = _cuts(text, apart=True)
    if len(cuts) < 2 and not any(char in _SEPARATORS for char in text.strip()):
        cuts = _cuts(text, apart=False)
        cuts = cuts if len(cuts) > 2 else []
    return _pieces(text, cuts)


def _paired(text: str) -> list[str]:
    """The items of a list numbered 1-1, 1-2, 2-1 …; [] for others."""
    found = [mark for mark in _PAIR.finditer(text) if _is_apart(text, mark.start())]
    if not found or _GROUP.sub("", text[: found[0].start()]).strip(_EDGE):
        return []
    return _pieces(text, [mark.span() for mark in found])


def _lettered(text: str) -> list[str]:
    """The items of a list marked ア, イ, ウ … or (a), (b) … in order; [] for others."""
    flat = text.translate(_HALF)
    cuts: list[tuple[int, int]] = []
    order = ""
    for mark in _LETTER.finditer(flat):
        start, letter = mark.start(), mark.group(2)
        if not cuts:
            if flat[:start].strip(_EDGE):
                break
            order = _KANA if letter in _KANA else "abcdefghijklmnopqrstuvwxyz"
        bound = bool(mark.group(3))
        word = not bound and ("ァ" <= flat[mark.end(2) : mark.end(2) + 1] <= "ー")
        apart = not cuts or text[start - 1] in _SEPARATORS or (bound and bool(mark.group(1)))
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
        opening, digits, closing, point, char = mark.groups()
        number, start = int(digits or _ROUND[char]), mark.start()
        whole = bool(opening and closing)
        if not cuts:
            if number != 1 or _GROUP.sub("", flat[:start]).strip(_EDGE):
                return []
            bracketed = whole
        else:
            stands = bool(char) or (bracketed and whole) or _is_apart(flat, start)
            fresh = bool(closing or point or char) and _begins(flat, start, bool(char))
            follows = number == last + 1 and (stands or not apart)
            skips = fresh and last + 1 < number <= last + 1 + _SKIPPED
            if not (follows or skips or (number == 1 and last > 1 and fresh)):
                continue
        cuts.append(mark.span())
        last = number
    return cuts


def _is_apart(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _SEPARATORS + _CLOSING


def _begins(text: str, at: int, anywhere: bool) -> bool:
    """Whether a mark stands first on its line or in its group, or `anywhere` after a separator."""
    if anywhere and _is_apart(text, at):
        return True
    before = text[:at].rstrip(" 　\t")
    return not before or before[-1] in "\r\n】>＞〕〉"


def _pieces(text: str, cuts: list[tuple[int, int]]) -> list[str]:
    """The texts after the marks, each without the heading of the next group at its end."""
    if len(cuts) < 2:
        return []
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    items = (text[begin:end] for (_, begin), end in zip(cuts, ends, strict=True))
    return [_NEXT_GROUP.sub("", item) for item in items]


_ON = "☑☒■✓✔✅🗹◉"
_OFF = "□☐◻▢"
_RE = r"(?<![ァ-ヶー])レ(?=[ 　])"
"""レ stands for a tick where it is no part of a word."""
_TICKED = re.compile(
    r"[\[［][ \t　]*[○〇◯●✓✔レ][ \t　]*[\]］]\s*([^\[［\n]+)"
    rf"|(?:[{_ON}]|{_RE})[ \t　]*([^\s{_ON}{_OFF}][^\n{_ON}{_OFF}]*)"
)
_BOX = re.compile(
    rf"[{_ON}{_OFF}]|[\[［][ \t　]*[○〇◯●✓✔レ]?[ \t　]*[\]］]|(?:^|(?<=[ 　\n])){_RE}"
)
_RADIO = re.compile(r"●[ \t　]*([^\s●○〇◯][^\n●○〇◯]*)")
_BLANKS = re.compile(r"\s*[（(]\s*[)）]\s*$")
_TICKS = frozenset([*_ON, *"○〇◯●レﾚ✓vV"])


def ticked(text: str) -> list[str]:
    """What stands beside the ticked boxes.

    >>> ticked("☑氏名　□性別　☑その他（　　）"), ticked("[ ○ ] 個人番号 [  ] 口座")
    (['氏名', 'その他'], ['個人番号'])
    >>> ticked("レセプト"), ticked("●含む　○含まない")
    ([], ['含む'])
    """
    found = ["".join(pair) for pair in _TICKED.findall(text)]
    if not found and "●" in text and any(ring in text for ring in "○〇◯"):
        found = _RADIO.findall(text)
    labels = (_BLANKS.sub("", " ".join(label.split())) for label in found)
    return [label for label in labels if label]


def has_boxes(text: str) -> bool:
    """Whether there are boxes to tick."""
    return len(_BOX.findall(text)) > 1


def ticked_cells(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """The cells beside a cell with nothing but a tick; None where there are no such ticks."""
    filled_in = [[cell.strip() for cell in row] for row in rows]
    cells = [[cell for cell in row if cell] for row in filled_in]
    if sum(cell in _TICKS for row in cells for cell in row) < 2:
        return None
    behind = any(row[-1] in _TICKS for row in cells if row)
    behind = behind and not any(row[0] in _TICKS for row in cells if row)
    labels: list[str] = []
    for row in filled_in:
        on = False
        found: list[str] = []
        for cell in reversed(row) if behind else row:
            if cell and on and cell not in _TICKS:
                found.append(cell)
            on = cell in _TICKS or (on and not cell)
        labels += reversed(found) if behind else found
    return labels


_ENDING = re.compile(f"({'|'.join(words('item_lists')['endings'])})$")


def _is_list(grid: Grid, certain: bool) -> bool:
    """A single row of names, or a single column of field-like names; with `certain` False all."""
    if not certain:
        return True
    rows = [[cell.strip() for cell in row if cell.strip()] for row in grid if filled(row)]
    if len(rows) == 1:
        return len(rows[0]) > 1 and _are_names(rows[0], 0.3)
    alone = len(rows) >= 3 and all(len(row) == 1 for row in rows)
    return alone and _are_names([row[0] for row in rows], 0.5)


def _are_names(cells: list[str], share: float) -> bool:
    folded = [fold(cell) for cell in cells]
    ends = [bool(_ENDING.search(cell)) for cell in folded]
    short = all(len(cell) <= 40 for cell in cells) and not any(
        map(_PATTERNS["value"].search, folded)
    )
    enough = sum(ends) >= share * len(cells) and sum(ends[1:]) >= share * (len(cells) - 1)
    return len(set(folded)) == len(cells) and short and enough


def _read_list(name: str, grid: Grid, *_: object) -> list[Schema]:
    """A list of items of which only the names are told, if they are names and not sentences."""
    rows = [[cell.strip() for cell in row if cell.strip()] for row in grid if filled(row)]
    names: Sequence[str] = next((row for row in rows if len(row) > 1), ())
    if not names and sum("。" in row[0] for row in rows) <= len(rows) / 2:
        names = split_items("\n".join(row[0] for row in rows))
    return [Schema(name=name, layout="list", columns=items_named(names))] if names else []


KINDS = (SheetKind("list", 5, _is_list, _read_list),)
