"""Finding the header: below titles, over one row or several, or not there at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Literal, NamedTuple

from core import column_types, fold, yaml12
from intake.table.grid import Grid, Header, Span, filled, spread
from language import ERAS

_VALUE = re.compile(
    r"[-+]?[\d,]*\.?\d+%?"
    r"|\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ t]\d{1,2}:\d\d.*)?"
    r"|[\d()-]{7,}"
    r"|[^@\s]+@[^@\s]+\.[a-z]+"
    r"|\[?\d{1,4}[-/][a-z0-9]{1,3}[-/]\d{1,4}[ t:].*"
    r"|\d{1,3}(\.\d{1,3}){3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){4,7}|https?://\S+"
)
_PLACE = re.compile(r"[^\d ]{2,14}\d{1,4}(-\d{1,5}){1,3}( .*)?|.*(丁目\d|\d番地?|\d番\d+号).*")
_UNIT = re.compile(r"[（(［\[].*$")
_LATIN = re.compile(r"[A-Za-z][\w .#/-]*", re.ASCII)
_LATIN_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAME_LIKE = re.compile(
    r"[\u4e00-\u9fff々ヶケ]{1,4}[ \u3000]?[\u4e00-\u9fffぁ-ん々]{1,4}"
    r"|[ァ-ヶー]{2,}[ \u3000]?[ァ-ヶー]*|[A-Za-z]+[ .]+[A-Za-z]+"
)
"""As names of people are written; names of columns may be, too."""
_ALIKE = 0.8
"""Share of the cells below that are written like a name, from which the first may be one."""
_FULL, _FOLLOWED = 0.6, 0.5
"""A header fills so much of what the rows of the table fill; some row below it, about half:
names may be missing, and the first records be sparse."""
_TALLEST = 6
"""Rows of a header at most."""
_TITLE = re.compile("単位|現在|[（(].*年.*[)）]|※|出典|資料")
"""What stands above a table, and in no name of its columns."""
_LONGEST_VALUE = 60
"""Longer texts are not numbers, dates or addresses; the patterns are never tried on them."""
_YEAR = re.compile(rf"(19|20)\d\d(年度?)?|({'|'.join(ERAS)})(\d{{1,2}}|元)年度?")


def find_header(
    grid: Grid,
    merged: Sequence[Span] = (),
    skip: int | None = None,
    rows: int | None = None,
) -> Header:
    """Where the header is, as far as it was not stated.

    >>> find_header([["住民の一覧", ""], ["氏名", "年齢"], ["山田", "30"], ["佐藤", "41"]])
    Header(skip=1, rows=1, names=('氏名', '年齢'))
    """
    if skip is None:
        skip = _first_row(grid, merged)
        while skip and not merged and _heads(grid[skip - 1]) and _completes(grid, skip - 1):
            skip -= 1
    asked = False
    if rows is None:
        first = _first(grid[skip:])
        rows = _height(grid, merged, skip) if first.names else 0
        asked = not (rows and first.sure) and rows < 2 and not merged
    return Header(skip, rows, _names(grid, merged, skip, rows), asked)


def _first_row(grid: Grid, merged: Sequence[Span]) -> int:
    """The first row as full as the rows of the table, with others like it below.

    A merged area counts in full, except where it is alone in its row as a title is.
    """
    areas = [s for s in merged if s.top < len(grid) and filled(grid[s.top]) > 1]
    fills = [filled(row) for row in spread(grid, areas)]
    body = [n for n in fills[len(fills) // 3 :] if n] or [n for n in fills if n] or [0]
    typical = median(body)
    for index, n in enumerate(fills):
        below = max(fills[index + 1 : index + 4], default=typical)
        # A title stands apart; a row as full as the table is its header, blank row below or not.
        adjacent = n >= typical or index + 1 >= len(fills) or fills[index + 1] > 0
        if n and n >= _FULL * typical and below >= _FOLLOWED * typical and adjacent:
            return index
    return next((i for i, n in enumerate(fills) if n), 0)


def _heads(row: Sequence[str]) -> bool:
    """Whether a sparse row may stand over the names of several columns, and is no title."""
    return filled(row) > 1 and not any(_TITLE.search(cell) for cell in row)


def _height(grid: Grid, merged: Sequence[Span], skip: int) -> int:
    """How many rows the header takes: as merged areas say, or blanks that the next row fills."""
    last = skip
    for _ in range(_TALLEST - 1):
        touching = [s for s in merged if s.top <= last <= s.bottom and s.top >= skip]
        bottom = max((s.bottom for s in touching), default=last)
        wide = any(s.right > s.left and s.bottom == last for s in touching)
        grown = max(bottom, last + 1 if wide else last)
        if grown == last or grown - skip >= _TALLEST or grown >= len(grid) - 1:
            break
        last = grown
    if last == skip and not merged and _completes(grid, skip):
        last = skip + 1
    return last - skip + 1


def _completes(grid: Grid, skip: int) -> bool:
    """Whether row skip+1 names what row skip left blank (住所,, over 県,市,番地)."""
    if len(grid) < skip + 3:
        return False
    upper, lower, body = grid[skip], grid[skip + 1], grid[skip + 2 :]
    width = max(len(upper), len(lower))
    top = [*(c.strip() for c in upper), *[""] * width][:width]
    low = [*(c.strip() for c in lower), *[""] * width][:width]
    below = {fold(cell) for row in body for cell in row}
    names = [c for c in low if c]
    fills = sum(1 for a, b in zip(top, low, strict=True) if b and not a)
    leaves = sum(1 for a, b in zip(top, low, strict=True) if a and not b)
    plain = not any(_is_value(c) or fold(c) in below for c in names)
    repeated = len(set(names)) < len(names)
    return plain and fills > 0 and (leaves > 0 or repeated) and fills + leaves >= width // 2


@dataclass(frozen=True)
class _First:
    """What the first row is: names of the columns or data already, and whether that is sure."""

    names: bool
    sure: bool


def _first(rows: Grid) -> _First:
    """Whether the first row names the columns.

    Names are words for columns, or differ in kind from what stands below them; a row of data is
    of the same kind as the rows below it. Where neither shows, what could be a person, an address
    or a number of somebody is data until a person says otherwise.
    """
    cells = [cell.strip() for cell in rows[0]] if rows else []
    named = [i for i, cell in enumerate(cells) if cell]
    if len(named) + len(rows) == 2:
        return _First(names=True, sure=False)  # one cell alone: a title, most likely
    if not named or _is_scale([cells[i] for i in named]):
        return _First(names=True, sure=True)
    told = [_told(cells[i], _below(rows, i)) for i in named]
    known = sum(_is_known(cells[i]) for i in named)
    values, repeats = told.count("value"), told.count("repeated")
    data = values + repeats + told.count("alike")
    if values >= max(1, len(named) / 2) or values + repeats >= 2:
        return _First(names=False, sure=known == 0)
    if known or told.count("unlike"):
        unlike = told.count("unlike")
        return _First(names=known + unlike >= data, sure=known >= min(2, data) or unlike > data)
    return _First(names=data == 0, sure=False)


def _below(rows: Grid, column: int) -> list[str]:
    return [row[column].strip() for row in rows[1:] if column < len(row) and row[column].strip()]


def _told(cell: str, below: Sequence[str]) -> Literal["value", "repeated", "alike", "unlike", ""]:
    """What a cell of the first row is beside those below it."""
    half = len(below) / 2
    for is_one in (_is_value, _is_place):
        if is_one(cell):
            return "value" if sum(map(is_one, below)) >= half else ""
    if below.count(cell) >= 2:
        return "repeated"
    if below and sum(map(_is_value, below)) > half:
        return "unlike"
    if _LATIN.fullmatch(cell) and below and sum(not t.isascii() for t in below) > half:
        return "unlike"
    like_a_name = _NAME_LIKE.fullmatch(cell) and not _is_known(cell)
    return "alike" if like_a_name and sum(map(_matches_name, below)) >= _ALIKE * len(below) else ""


def _is_place(cell: str) -> bool:
    """Whether a cell ends as an address does, in a house or a block."""
    return len(cell) <= _LONGEST_VALUE and _PLACE.fullmatch(fold(cell)) is not None


def _matches_name(cell: str) -> bool:
    return _NAME_LIKE.fullmatch(cell) is not None


def _is_known(cell: str) -> bool:
    """Whether a cell is a word for a column.

    >>> [_is_known(c) for c in ("氏名", "交付決定日（予定）", "user_id", "山田 太郎", "北町1-2-3")]
    [True, True, True, False, False]
    """
    plain = _UNIT.sub("", fold(cell)).strip()
    if not plain or _is_value(plain):
        return False
    words = _header_words()
    latin = {word.lower() for word in _LATIN_PARTS.findall(cell)}
    return plain in words.whole or plain.endswith(words.endings) or bool(latin & words.latin)


class _HeaderWords(NamedTuple):
    whole: frozenset[str]
    endings: tuple[str, ...]
    latin: frozenset[str]


@cache
def _header_words() -> _HeaderWords:
    """The headers that the types of columns list, and what other headers are made of."""
    path = Path(__file__).with_name("header.yaml")
    listed = yaml12.load(path.read_text(encoding="utf-8"))
    types = column_types.described().values()
    whole = {fold(name) for t in types for name in (*t.names, *t.examples.headers)}
    endings = tuple(fold(ending) for ending in listed["endings"])
    return _HeaderWords(frozenset(whole), endings, frozenset(listed["words"]))


def _is_scale(cells: Sequence[str]) -> bool:
    """Whether the numbers among some names run evenly, as ages or months over columns do."""
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdigit() and len(cell) < 5]
    steps = {b - a for a, b in pairwise(numbers)}
    return len(numbers) >= 5 and len(steps) == 1 and steps.pop() > 0


def _is_value(cell: str) -> bool:
    if len(cell) > _LONGEST_VALUE:
        return False
    text = fold(cell)
    return bool(_VALUE.fullmatch(text)) and not _YEAR.fullmatch(text)


def _names(grid: Grid, merged: Sequence[Span], skip: int, rows: int) -> tuple[str, ...]:
    if not rows:
        return ("",) * max((len(row) for row in grid[skip:]), default=0)
    band = spread(grid, merged)[skip : skip + rows]
    width = max((len(row) for row in band), default=0)
    band = [[*row, *[""] * (width - len(row))] for row in band]
    if rows > 1 and not merged:
        band = [_carried(row, band[i + 1 :]) for i, row in enumerate(band)]
    names = []
    for position in range(width):
        parts: list[str] = []
        for row in band:
            part = row[position] if rows == 1 else row[position].strip()
            if part and part not in parts:
                parts.append(part)
        names.append("_".join(parts))
    return tuple(names)


def _carried(row: list[str], lower: Sequence[Sequence[str]]) -> list[str]:
    """Blank cells take the name on their left where a row below names them."""
    done: list[str] = []
    for position, cell in enumerate(row):
        named_below = any(r[position].strip() for r in lower)
        left = done[-1] if done else ""
        done.append(cell if cell.strip() or not named_below else left)
    return done
