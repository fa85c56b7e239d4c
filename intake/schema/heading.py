"""The row that heads a table of items, found by its labels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core import fold
from intake.schema.labels import STRONG, label_of, plain
from intake.table.grid import Grid

_LOOK_AT = 40
_LONGEST = 20
"""Characters of the longest label in the lower row of a heading."""
_MARKS = {"", "○", "〇", "◯", "◎", "●", "△", "×", "-", "－", "―", "有", "無", "あり", "なし"}
_ITEM = re.compile(r"項目|カラム|フィールド|列|データ|変数|属性|item|field|column")
_TYPE = re.compile(
    r"文字|数値|数字|整数|小数|実数|日付|日時|時刻|年月日|真偽|論理|区分|コード|フラグ|半角|全角|漢字|カナ|英数|"
    r"テキスト|バイナリ|ファイル|uri|url|char|text|string|int|num|dec|float|double|real|date|time|bool|"
    r"bit|lob|json|xml|uuid|serial|money|enum|array|object|^[9xnscvdatbgk]\d?(\(\d+\))?$"
)
ATTRIBUTES: tuple[str, ...] = (
    *("type", "length", "required", "nullable", "description", "format", "example"),
    *("code", "meaning", "alias"),
)
"""What a table of items may say of each item."""
LEVELS = ("level3", "level2", "level1")
"""Columns of names over several levels, the innermost first."""


@dataclass(frozen=True)
class Heading:
    """The row that heads the items, and which fields stand in which columns."""

    row: int
    fields: dict[str, list[int]] = field(default_factory=dict)

    def get(self, row: Sequence[str], name: str) -> str:
        """The texts of a field in a row, joined."""
        cells = (row[c].strip() for c in self.fields.get(name, []) if c < len(row))
        return " ".join(dict.fromkeys(c for c in cells if c))

    def marks(self, row: Sequence[str], name: str) -> list[str]:
        """The texts of a field in a row, one a column."""
        return [row[c].strip() if c < len(row) else "" for c in self.fields.get(name, [])]


def find_heading(grid: Grid, certain: bool = True) -> Heading | None:
    """The heading of a table of items; with `certain`, one that data would hardly have."""
    for number, row in enumerate(grid[:_LOOK_AT]):
        for height, found in ((2, _over_two(grid, number)), (1, [label_of(cell) for cell in row])):
            if not any(found):
                continue
            fields, weights = _fields(found)
            labels = sum(1 for cell in grid[number + height - 1] if cell.strip())
            heading = Heading(number + height - 1, fields)
            typed = not certain or weights.get("name") == STRONG or _holds_types(grid, heading)
            if (_is_heading(fields, weights, labels, certain) and typed) or (
                weights.get("name") == STRONG and _is_numbered(grid, heading)
            ):
                return heading if height == 2 else _completed(heading, grid)
    return None


def side_by_side(grid: Grid, heading: Heading) -> list[list[list[str]]]:
    """The tables that the same labels head again further right, else nothing."""
    labels = [plain(cell) for cell in grid[heading.row]]
    first = next(column for column, text in enumerate(labels) if text)
    starts = [column for column, text in enumerate(labels) if text == labels[first]]
    ends = [*starts[1:], max(len(labels), *map(len, grid))]
    parts = [[t for t in labels[a:b] if t] for a, b in zip(starts, ends, strict=True)]
    if len(parts) < 2 or len(parts[0]) < 2 or any(part != parts[0] for part in parts):
        return []
    return [[list(row[a:b]) for row in grid] for a, b in zip(starts, ends, strict=True)]


def _fields(found: Sequence[tuple[int, str] | None]) -> tuple[dict[str, list[int]], dict[str, int]]:
    """The columns of each field and the weight of its labels; a strong name outdoes a weak one."""
    fields: dict[str, list[int]] = {}
    weights: dict[str, int] = {}
    for column, label in enumerate(found):
        if label:
            weight, name = label
            if weight > weights.get(name, 0) and name == "name":
                fields[name] = []
            if weight >= weights.get(name, 0) or name != "name":
                fields.setdefault(name, []).append(column)
            weights[name] = max(weights.get(name, 0), weight)
    return fields, weights


def _over_two(grid: Grid, number: int) -> list[tuple[int, str] | None]:
    """The labels of a heading over two rows, where the upper one joins several of the lower."""
    upper, lower = grid[number], [*grid[number + 1 : number + 2], []][0]
    texts = [cell.strip() for cell in lower]
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(t) > _LONGEST or t.isdecimal() for t in filled):
        return []
    parents: list[str] = []
    for column in range(max(len(upper), len(lower))):
        own = upper[column].strip() if column < len(upper) else ""
        left = parents[-1] if parents and column < len(texts) and texts[column] else ""
        parents.append(own or left)
    wide = any(
        text and not (upper[column].strip() if column < len(upper) else "") and parents[column]
        for column, text in enumerate(texts)
    )
    texts += [""] * (len(parents) - len(texts))
    found = [_label_under(parent, text) for parent, text in zip(parents, texts, strict=True)]
    known = sum(1 for text, label in zip(texts, found, strict=True) if text and label)
    return found if wide and known >= max(2, len(filled) / 2) else []


def _label_under(parent: str, text: str) -> tuple[int, str] | None:
    """The label of a column with `parent` above `text`: データ項目 over 名称 is データ項目名称."""
    if not text or not parent:
        return label_of(text or parent)
    whole, own = label_of(plain(parent) + plain(text)), label_of(text)
    if whole or (own and own[1] != "name"):
        return whole or own
    return own if own and (own[0] == STRONG or _ITEM.search(plain(parent))) else None


def _is_numbered(grid: Grid, heading: Heading) -> bool:
    """Whether items numbered 1, 2, 3 … have nothing beside them but remarks and marks."""
    body = [row for row in grid[heading.row + 1 :] if heading.get(row, "name")]
    numbers = [heading.get(row, "number") for row in body]
    if len(body) < 2 or numbers != [str(n) for n in range(1, len(body) + 1)]:
        return False
    told = {column for columns in heading.fields.values() for column in columns}
    rest = {c for c, cell in enumerate(grid[heading.row]) if cell.strip()} - told
    return all(row[c].strip() in _MARKS for row in body for c in rest if c < len(row))


def _holds_types(grid: Grid, heading: Heading) -> bool:
    """Whether what stands in the column of types, if there is one, reads as types."""
    columns = heading.fields.get("type", [])
    body = [row[c].strip() for row in grid[heading.row + 1 :] for c in columns if c < len(row)]
    cells = [fold(cell) for cell in body if cell]
    return not cells or sum(bool(_TYPE.search(cell)) for cell in cells) >= len(cells) / 2


def _completed(heading: Heading, grid: Grid) -> Heading:
    """The heading with what stands above or below its own blank cells: merged over two rows."""
    row = grid[heading.row]
    above, below = grid[max(heading.row - 1, 0) : heading.row], grid[heading.row + 1 :][:1]
    is_second = any(label_of(cell) for other in below for cell in other) and not any(
        heading.get(other, "name") or heading.get(other, "number") for other in below
    )
    for other in (*above, *(below if is_second else ())):
        for column, cell in enumerate(other):
            found = label_of(cell)
            blank = column >= len(row) or not row[column].strip()
            if found and blank and found[1] != "name":
                heading.fields.setdefault(found[1], []).append(column)
    return heading


def _is_heading(
    fields: dict[str, list[int]], weights: dict[str, int], labels: int, certain: bool
) -> bool:
    naming = max((weights.get(n, 0) for n in ("name", *LEVELS, "alias")), default=0)
    if not naming:
        return False
    attributes = [n for n in ATTRIBUTES if n in fields and n != "alias"]
    strong = sum(1 for n in attributes if weights[n] == STRONG)
    if not certain:
        return bool(attributes) or naming == STRONG
    known = sum(len(columns) for columns in fields.values())
    sure = naming == STRONG and strong > 1
    if known < labels / (3 if sure else 2):
        return False
    return bool(strong) if naming == STRONG else strong >= 2 or (strong == 1 and known >= 4)
