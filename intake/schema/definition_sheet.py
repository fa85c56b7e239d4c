"""Tables that list one item a row: database definitions, GIF models, code tables, and the like.

The row that heads the items is found by its labels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core import DeclaredColumn, Schema, fold
from intake.schema import SheetKind, patterns, words
from intake.schema.definition_words import (
    STRONG,
    Label,
    Said,
    label_of,
    number,
    plain,
    read_prose,
    size_of,
    whole,
)
from intake.table.grid import Grid

_WORDS, _PATTERNS = words("definition_sheet"), patterns("definition_sheet")
_YES, _NO, _DASHES = (frozenset(_WORDS[name]) for name in ("yes", "no", "dashes"))
_TYPE = re.compile("|".join([*_WORDS["types"], r"^[9xnscvdatbgk]\d?(\(\d+\))?$"]))
_ITEM = re.compile("|".join(_WORDS["items"]))
_LOOK_AT = 40
"""Rows among which the heading is: covers and remarks stand above."""
_LONGEST = 20
"""Characters of the longest label in the lower row of a heading."""
_ATTRIBUTES = (
    *("type", "length", "required", "nullable", "description", "format", "example"),
    *("code", "meaning", "alias"),
)
"""What a table of items may say of each item."""
_LEVELS = ("level3", "level2", "level1")
"""Columns of names over several levels, the innermost first."""
_MARKS = frozenset("◎○〇◯●△▲-－―")
"""Marks of what is required, recommended or neither."""
_BESIDE = (_MARKS - {"▲"}) | {"", "×", "有", "無", "あり", "なし"}
"""What may stand beside the numbered items of a bare list."""
_NAMES = re.compile(r"(.*[^\x00-\x7f].*?)\s*[(（]([A-Za-z][A-Za-z0-9_]{1,60})[)）]")
"""A logical name with the physical one behind it: 宛名番号(ATENA_NO)."""
_RANGE = re.compile(r"(\d{1,9})\s*[~〜～-]\s*(\d{1,9})")
_MOST_CODES = 300
"""A range of more codes than this is one of numbers."""


@dataclass(frozen=True)
class _Heading:
    """The row that heads the items, and which fields stand in which columns."""

    row: int
    fields: dict[str, list[int]] = field(default_factory=dict)

    def get(self, row: Sequence[str], name: str) -> str:
        """The texts of a field in a row, joined."""
        return " ".join(dict.fromkeys(filter(None, self.marks(row, name))))

    def marks(self, row: Sequence[str], name: str) -> list[str]:
        """The texts of a field in a row, one a column."""
        return [row[c].strip() if c < len(row) else "" for c in self.fields.get(name, [])]

    @property
    def taken(self) -> set[int]:
        """The columns that some field stands in."""
        return {column for columns in self.fields.values() for column in columns}


def _find_heading(grid: Grid, certain: bool = True) -> _Heading | None:
    """The heading of a table of items; with `certain`, one that data would hardly have."""
    for top, row in enumerate(grid[:_LOOK_AT]):
        for height, found in ((2, _over_two(grid, top)), (1, [label_of(cell) for cell in row])):
            if not any(found):
                continue
            fields, weights = _fields(found)
            heading = _Heading(top + height - 1, fields)
            strong = weights.get("name") == STRONG
            labels = sum(1 for cell in grid[heading.row] if cell.strip())
            typed = not certain or strong or _holds_types(grid, heading)
            if (_is_heading(fields, weights, labels, certain) and typed) or (
                strong and _is_numbered(grid, heading)
            ):
                return heading if height == 2 else _completed(heading, grid)
    return None


def _fields(found: Sequence[Label | None]) -> tuple[dict[str, list[int]], dict[str, int]]:
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


def _over_two(grid: Grid, top: int) -> list[Label | None]:
    """The labels of a heading over two rows, where the upper one joins several of the lower."""
    upper = [cell.strip() for cell in grid[top]]
    lower = [cell.strip() for cell in grid[top + 1]] if top + 1 < len(grid) else []
    filled = [text for text in lower if text]
    if len(filled) < 2 or any(len(t) > _LONGEST or t.isdecimal() for t in filled):
        return []
    width = max(len(upper), len(lower))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    parents: list[str] = []
    for own, text in zip(upper, lower, strict=True):
        parents.append(own or (parents[-1] if parents and text else ""))
    if not any(t and not own and p for own, t, p in zip(upper, lower, parents, strict=True)):
        return []
    found = [_label_under(parent, text) for parent, text in zip(parents, lower, strict=True)]
    known = sum(1 for text, label in zip(lower, found, strict=True) if text and label)
    return found if known >= max(2, len(filled) / 2) else []


def _label_under(parent: str, text: str) -> Label | None:
    """The label of a column with `parent` above `text`: データ項目 over 名称 is データ項目名称."""
    if not text or not parent:
        return label_of(text or parent)
    whole, own = label_of(plain(parent) + plain(text)), label_of(text)
    if whole or (own and own[1] != "name"):
        return whole or own
    return own if own and (own[0] == STRONG or _ITEM.search(plain(parent))) else None


def _is_heading(
    fields: dict[str, list[int]], weights: dict[str, int], labels: int, certain: bool
) -> bool:
    naming = max((weights.get(n, 0) for n in ("name", *_LEVELS, "alias")), default=0)
    if not naming:
        return False
    attributes = [n for n in _ATTRIBUTES if n in fields and n != "alias"]
    strong = sum(1 for n in attributes if weights[n] == STRONG)
    if not certain:
        return bool(attributes) or naming == STRONG
    known = sum(len(columns) for columns in fields.values())
    sure = naming == STRONG and strong > 1
    if known < labels / (3 if sure else 2):
        return False
    return bool(strong) if naming == STRONG else strong >= 2 or (strong == 1 and known >= 4)


def _holds_types(grid: Grid, heading: _Heading) -> bool:
    """Whether what stands in the column of types, if there is one, reads as types."""
    body = (cell for row in grid[heading.row + 1 :] for cell in heading.marks(row, "type"))
    cells = [fold(cell) for cell in body if cell]
    return not cells or sum(bool(_TYPE.search(cell)) for cell in cells) >= len(cells) / 2


def _is_numbered(grid: Grid, heading: _Heading) -> bool:
    """Whether items numbered 1, 2, 3 … have nothing beside them but remarks and marks."""
    body = [row for row in grid[heading.row + 1 :] if heading.get(row, "name")]
    numbers = [heading.get(row, "number") for row in body]
    if len(body) < 2 or numbers != [str(n) for n in range(1, len(body) + 1)]:
        return False
    rest = {c for c, cell in enumerate(grid[heading.row]) if cell.strip()} - heading.taken
    return all(row[c].strip() in _BESIDE for row in body for c in rest if c < len(row))


def _completed(heading: _Heading, grid: Grid) -> _Heading:
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


def _read(name: str, grid: Grid, certain: bool, *_: object) -> list[Schema]:
    """The items of a table, or of several side by side as one."""
    heading = _find_heading(grid, certain)
    if heading is None:
        return []
    blocks = _side_by_side(grid, heading)
    found = [(block, head) for block in blocks if (head := _find_heading(block))]
    if not blocks or len(found) < len(blocks):
        return _read_items(name, grid, heading)
    read = [schema for block, head in found for schema in _read_items(name, block, head)[:1]]
    columns = [column for schema in read for column in schema.columns]
    placed = (c.model_copy(update={"position": i}) for i, c in enumerate(columns, 1))
    return [read[0].model_copy(update={"columns": tuple(placed)})] if read else []


def _side_by_side(grid: Grid, heading: _Heading) -> list[Grid]:
    """The tables that the same labels head again further right, else nothing."""
    labels = [plain(cell) for cell in grid[heading.row]]
    first = next(text for text in labels if text)
    starts = [column for column, text in enumerate(labels) if text == first]
    spans = list(zip(starts, [*starts[1:], max(map(len, grid))], strict=True))
    parts = [[t for t in labels[a:b] if t] for a, b in spans]
    if len(parts) < 2 or len(parts[0]) < 2 or any(part != parts[0] for part in parts):
        return []
    return [[row[a:b] for row in grid] for a, b in spans]


def _read_items(name: str, grid: Grid, heading: _Heading) -> list[Schema]:
    """The items below a heading; a repeated heading further down may move the columns.

    A list of several tables, told by items that come again in another group, also gives a schema
    for each of them.
    """
    layout = _layout_of(heading)
    columns: list[DeclaredColumn] = []
    codes: list[list[tuple[str, str]]] = []
    groups: list[str] = []
    group = title = next(filter(None, map(_title, reversed(grid[: heading.row]))), "")
    _find_marks(grid, heading)
    strict = any("◎" in heading.marks(row, "required") for row in grid[heading.row + 1 :])
    for row in grid[heading.row + 1 :]:
        if again := _find_heading([row]):
            left_blank = {n: c for n, c in heading.fields.items() if not heading.get(row, n)}
            heading = _Heading(0, left_blank | again.fields)
            group = title or group
            continue
        if label_of(heading.get(row, "number")) and not _title(row):
            break  # the head of another list: indexes, constraints
        if _PATTERNS["note"].match(next(filter(str.strip, row), "")):
            continue
        title, group = _title(row), heading.get(row, "group") or group
        code, meaning = heading.get(row, "code"), heading.get(row, "meaning")
        if label := _name(row, heading):
            columns.append(_column(label, len(columns) + 1, row, heading, strict))
            codes.append([(code, meaning)] if code and meaning else [])
            groups.append(group)
        elif code and columns and "meaning" in heading.fields:
            codes[-1].append((code, meaning))
    return _schemas(name, layout, list(map(_with_codes, columns, codes)), groups)


def _layout_of(heading: _Heading) -> str:
    """The name of the layout, from the fields it has."""
    fields = heading.fields.keys()
    if {"meaning", "code"} <= fields:
        return "code_list"
    if {"alias", "occurs"} <= fields and not {"type", "length"} & fields:
        return "gif"
    return "database" if {"type", "length"} & fields else "item_list"


def _title(row: Sequence[str]) -> str:
    """The name of the table that a row above a heading gives, if it gives nothing else."""
    cells = [cell.strip() for cell in row if cell.strip()]
    text = (
        cells[-1]
        if len(cells) == 1 or (len(cells) == 2 and _PATTERNS["table"].match(cells[0]))
        else ""
    )
    return _PATTERNS["table"].sub("", text)[:60].strip("【】■●◆<>＜＞ 　")


def _find_marks(grid: Grid, heading: _Heading) -> None:
    """Take a column of nothing but ◎, ○ and △ for what is required, whatever its label.

    Where ◎ is used, ○ means recommended and not required.
    """
    if {"required", "nullable"} & heading.fields.keys():
        return
    body = grid[heading.row + 1 :]
    for column in range(len(grid[heading.row])):
        marks = {row[column].strip() for row in body if column < len(row)} - {""}
        if column not in heading.taken and "◎" in marks and marks <= _MARKS:
            heading.fields["required"] = [column]
            return


def _name(row: Sequence[str], heading: _Heading) -> str:
    """The name of the item in a row; none where the row names a group of items.

    In a record layout a group has no place of its own.
    """
    places = {"occurs", "prefix", "length"} <= heading.fields.keys()
    if places and not any(heading.get(row, n) for n in ("prefix", "length", "type", "code")):
        return ""
    label = " ".join(heading.get(row, "name").split())
    if not heading.fields.get("name"):
        levels = [heading.get(row, level) for level in _LEVELS]
        label = next(filter(None, levels), "")
        if not set(_LEVELS) & heading.fields.keys():
            label = heading.get(row, "alias")
    is_rule = not label.strip("-:－― ")  # the line below the heading of a Markdown table
    return "" if is_rule or plain(label) in _DASHES or len(label) > 200 else label


def _column(
    label: str, position: int, row: Sequence[str], heading: _Heading, strict: bool
) -> DeclaredColumn:
    texts = {name: heading.get(row, name) for name in (*_ATTRIBUTES, "minimum", "maximum")}
    said = _said(texts)
    required = _required(row, heading, strict)
    both = _NAMES.fullmatch(label)
    label, alias = both.groups() if both and not texts["alias"] else (label, texts["alias"])
    return DeclaredColumn(
        name=label,
        position=position,
        description=" ".join(t for t in (texts["description"], alias) if t),
        type_text=texts["type"] or texts["format"],
        format=texts["format"],
        length=whole(texts["length"]) or size_of(texts["type"]) or said.length,
        required=required,
        allowed=said.allowed,
        labels=said.labels,
        minimum=number(texts["minimum"]),
        maximum=number(texts["maximum"]),
        blank_allowed=not required if said.blank is None else said.blank,
    )


def _said(texts: dict[str, str]) -> Said:
    """What the columns of codes, description, format and example say together."""
    listed = [read_prose(texts[name]) for name in ("code", "description", "format", "example")]
    codes = next((s for s in listed if s.allowed), Said())
    if not codes.allowed and texts["code"] and not texts["meaning"]:
        values = [v for v in re.split(r"[\n、,，/／;；]", texts["code"]) if v.strip()]
        if len(values) > 1 and all(len(v) <= 20 for v in values):
            codes = Said(tuple(dict.fromkeys(v.strip() for v in values)))
    return Said(
        codes.allowed,
        codes.labels,
        next((s.length for s in listed if s.length), None),
        next((s.blank for s in listed if s.blank is not None), None),
    )


def _required(row: Sequence[str], heading: _Heading, strict: bool) -> bool:
    if any(plain(mark) in _YES for mark in heading.marks(row, "key")):
        return True
    nullable = heading.marks(row, "nullable")
    if nullable and "required" not in heading.fields:
        return all(plain(mark) in _NO for mark in nullable)
    marks = [plain(mark) for mark in heading.marks(row, "required")]
    yes = _YES - set("○〇◯") if strict else _YES
    return bool(marks) and all(mark.removesuffix("pk") in yes or mark == "pk" for mark in marks)


def _with_codes(column: DeclaredColumn, codes: Sequence[tuple[str, str]]) -> DeclaredColumn:
    """An item with the codes listed beside and below it, if they are codes and not numbers."""
    pairs = {
        code: meaning
        for listed, meaning in codes
        if plain(listed) not in _DASHES
        for code in _codes_of(listed)
    }
    if len(pairs) < 2 or not all(_codes_of(listed) for listed, _ in codes):
        return column
    blank = any(plain(c) in {"△", "v", "空白", "ブランク"} for c in pairs)
    return column.model_copy(
        update={
            "allowed": tuple(pairs),
            "labels": tuple(pairs.values()) if all(pairs.values()) else (),
            "blank_allowed": column.blank_allowed or blank,
        }
    )


def _codes_of(listed: str) -> list[str]:
    """The codes of a range, 01～20, or the code itself; none for a range of numbers."""
    found = _RANGE.fullmatch(fold(listed))
    if found is None:
        return [listed]
    first, last = found.groups()
    width = len(first) if len(first) == len(last) else 1
    if int(last) - int(first) > _MOST_CODES:
        return []
    return [f"{code:0{width}}" for code in range(int(first), int(last) + 1)]


def _schemas(
    name: str, layout: str, columns: Sequence[DeclaredColumn], groups: Sequence[str]
) -> list[Schema]:
    """One schema, and one a group where the groups are tables that share items."""
    if not columns:
        return []
    entire = Schema(name=name, layout=layout, columns=tuple(columns))
    pairs = set(zip(groups, (c.name for c in columns), strict=True))
    if len(set(groups)) < 2 or len({item for _, item in pairs}) == len(pairs):
        return [entire]
    tables: dict[str, list[DeclaredColumn]] = {}
    for group, column in zip(groups, columns, strict=True):
        items = tables.setdefault(group or name, [])
        items.append(column.model_copy(update={"position": len(items) + 1}))
    parts = [Schema(name=n, layout=layout, columns=tuple(items)) for n, items in tables.items()]
    return [entire, *parts]


KINDS = (SheetKind("items", 4, _find_heading, _read),)
