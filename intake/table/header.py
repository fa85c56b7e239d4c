"""Finding the header: below titles, over one row or several, or not there at all."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from core import fold
from intake.table.grid import Grid, Header, Span, filled, spread
from language import ERAS

_VALUE = re.compile(
    r"[-+]?[\d,]*\.?\d+%?"
    r"|\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ t]\d{1,2}:\d\d.*)?"
    r"|[\d()-]{7,}"
    r"|[^@\s]+@[^@\s]+\.[a-z]+"
)
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
    if rows is None:
        rows = 0 if _is_headerless(grid[skip:]) else _height(grid, merged, skip)
    return Header(skip, rows, _names(grid, merged, skip, rows))


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


def _is_headerless(rows: Grid) -> bool:
    """Whether the first row is data already: the same kind of value as the rows below it."""
    if len(rows) < 2:
        return False
    first, body = rows[0], rows[1:]
    named = [i for i, cell in enumerate(first) if cell.strip()]
    if _is_scale([first[i].strip() for i in named]):
        return False
    values = repeats = 0
    for index in named:
        below = [row[index].strip() for row in body if index < len(row) and row[index].strip()]
        cell = first[index].strip()
        if not below:
            continue
        if _is_value(cell) and sum(map(_is_value, below)) > len(below) / 2:
            values += 1
        elif below.count(cell) >= 2:
            repeats += 1
    return bool(named) and (values >= max(1, len(named) / 2) or (values + repeats) >= 2)


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
