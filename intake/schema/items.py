"""Tables that list one item a row: database definitions, GIF models, code tables, and the like."""

import re
from collections.abc import Sequence

from core import DeclaredColumn, Schema, fold
from intake.schema.heading import ATTRIBUTES, LEVELS, Heading, find_heading
from intake.schema.labels import label_of, plain
from intake.schema.prose import Said, read_prose
from intake.schema.sizes import number, size_of, whole
from intake.table.grid import Grid

_YES = {"必", "必須", "○", "〇", "◯", "◎", "●", "1", "yes", "y", "true", "要", "要必須", "notnull"}
_YES |= {"required", "m", "r", "✓", "レ", "mandatory", "pk", "必須項目"}
_NO = {"×", "x", "否", "不可", "no", "n", "false", "notnull", "0"}
_MARKS = {"◎", "○", "〇", "◯", "●", "△", "▲", "-", "－", "―"}
_DASHES = {"", "-", "－", "―", "‐", "ー", "—", "n/a", "なし"}
_NOTE = re.compile(r"^\s*([※＊*]|[(（]?注[)）\s0-9０-９:：]|凡例|備考[:：])")
_NAMES = re.compile(r"(.*[^\x00-\x7f].*?)\s*[(（]([A-Za-z][A-Za-z0-9_]{1,60})[)）]")
"""A logical name with the physical one behind it: 宛名番号(ATENA_NO)."""
_TABLE = re.compile(
    r"^\W*(?:論理|物理)?(?:テーブル|ファイル|エンティティ|表|レコード)(?:論理|物理)?名?称?\s*[:：]?\s*"
)
_RANGE = re.compile(r"(\d{1,9})\s*[~〜～-]\s*(\d{1,9})")
_MOST_CODES = 300
"""A range of more codes than this is one of numbers."""


def layout_of(heading: Heading) -> str:
    """The name of the layout, from the fields it has."""
    fields = heading.fields
    if "meaning" in fields and "code" in fields:
        return "code_list"
    if "alias" in fields and "occurs" in fields and not {"type", "length"} & fields.keys():
        return "gif"
    if "type" in fields or "length" in fields:
        return "database"
    return "item_list"


def read_items(name: str, grid: Grid, heading: Heading) -> list[Schema]:
    """The items below a heading; a repeated heading further down may move the columns.

    A list of several tables, told by items that come again in another group, also gives a schema
    for each of them.
    """
    layout = layout_of(heading)
    columns: list[DeclaredColumn] = []
    groups: list[str] = []
    group = title = next(filter(None, map(_title, reversed(grid[: heading.row]))), "")
    codes: list[tuple[str, str]] = []
    levels = dict.fromkeys(LEVELS, "")
    _find_marks(grid, heading)
    strict = _has_double_circle(grid, heading)
    for row in grid[heading.row + 1 :]:
        again = find_heading([row])
        if again is not None:
            heading = Heading(0, _kept(heading, row) | again.fields)
            group = title or group
            continue
        if label_of(heading.get(row, "number")) and not _title(row):
            break  # the head of another list: indexes, constraints
        if _NOTE.match(next((cell for cell in row if cell.strip()), "")):
            continue
        group = heading.get(row, "group") or group
        title = _title(row)
        label = "" if _is_group(row, heading) else _name(row, heading, levels)
        code, meaning = heading.get(row, "code"), heading.get(row, "meaning")
        if not label:
            if code and columns and "meaning" in heading.fields:
                codes.append((code, meaning))
            continue
        if codes and columns:
            columns[-1] = _with_codes(columns[-1], codes)
        codes = [(code, meaning)] if code and meaning else []
        columns.append(_column(label, len(columns) + 1, row, heading, strict))
        groups.append(group)
    if codes and columns:
        columns[-1] = _with_codes(columns[-1], codes)
    return _schemas(name, layout, columns, groups)


def _title(row: Sequence[str]) -> str:
    """The name of the table that a row above a heading gives, if it gives nothing else."""
    cells = [cell.strip() for cell in row if cell.strip()]
    text = cells[-1] if len(cells) == 1 or (len(cells) == 2 and _TABLE.match(cells[0])) else ""
    return _TABLE.sub("", text)[:60].strip("【】■●◆<>＜＞ 　")


def _schemas(
    name: str, layout: str, columns: Sequence[DeclaredColumn], groups: Sequence[str]
) -> list[Schema]:
    """One schema, and one a group where the groups are tables that share items."""
    entire = [Schema(name=name, layout=layout, columns=tuple(columns))] if columns else []
    pairs = set(zip(groups, (c.name for c in columns), strict=True))
    if len(set(groups)) < 2 or len({item for _, item in pairs}) == len(pairs):
        return entire
    tables: dict[str, list[DeclaredColumn]] = {}
    for group, column in zip(groups, columns, strict=True):
        items = tables.setdefault(group or name, [])
        items.append(column.model_copy(update={"position": len(items) + 1}))
    return entire + [
        Schema(name=group, layout=layout, columns=tuple(items)) for group, items in tables.items()
    ]


def _name(row: Sequence[str], heading: Heading, levels: dict[str, str]) -> str:
    label = " ".join((heading.get(row, "name")).split())
    if not heading.fields.get("name"):
        label = next((heading.get(row, level) for level in LEVELS if heading.get(row, level)), "")
        label = label or ("" if set(LEVELS) & heading.fields.keys() else heading.get(row, "alias"))
    is_rule = not label.strip("-:－― ")  # the line below the heading of a Markdown table
    return "" if is_rule or plain(label) in _DASHES or len(label) > 200 else label


def _column(
    label: str, position: int, row: Sequence[str], heading: Heading, strict: bool
) -> DeclaredColumn:
    texts = {name: heading.get(row, name) for name in (*ATTRIBUTES, "minimum", "maximum")}
    said = _said(texts)
    required = _required(row, heading, strict)
    both = _NAMES.fullmatch(label)
    label, alias = both.groups() if both and not texts["alias"] else (label, texts["alias"])
    described = " ".join(t for t in (texts["description"], alias) if t)
    return DeclaredColumn(
        name=label,
        position=position,
        description=described,
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


def _required(row: Sequence[str], heading: Heading, strict: bool) -> bool:
    if any(plain(mark) in _YES for mark in heading.marks(row, "key")):
        return True
    nullable = heading.marks(row, "nullable")
    if nullable and "required" not in heading.fields:
        return all(plain(mark) in _NO for mark in nullable)
    marks = [plain(mark) for mark in heading.marks(row, "required")]
    yes = {"◎", *_YES} - {"○", "〇", "◯"} if strict else _YES
    return bool(marks) and all(mark.removesuffix("pk") in yes or mark == "pk" for mark in marks)


def _kept(heading: Heading, row: Sequence[str]) -> dict[str, list[int]]:
    """The fields whose columns a repeated or second heading leaves blank."""
    return {
        name: columns
        for name, columns in heading.fields.items()
        if not any(row[column].strip() for column in columns if column < len(row))
    }


def _is_group(row: Sequence[str], heading: Heading) -> bool:
    """Whether a row of a record layout names a group of items, which has no place of its own."""
    places = {"occurs", "prefix", "length"}
    return places <= heading.fields.keys() and not any(
        heading.get(row, name) for name in ("prefix", "length", "type", "code")
    )


def _find_marks(grid: Grid, heading: Heading) -> None:
    """Take a column of nothing but ◎, ○ and △ for what is required, whatever its label."""
    if {"required", "nullable"} & heading.fields.keys():
        return
    taken = {column for columns in heading.fields.values() for column in columns}
    body = grid[heading.row + 1 :]
    for column in range(len(grid[heading.row])):
        marks = {row[column].strip() for row in body if column < len(row)} - {""}
        if column not in taken and "◎" in marks and marks <= _MARKS:
            heading.fields["required"] = [column]
            return


def _has_double_circle(grid: Grid, heading: Heading) -> bool:
    """Where ◎ is used, ○ means recommended and not required."""
    return any("◎" in heading.marks(row, "required") for row in grid[heading.row + 1 :])


def _with_codes(column: DeclaredColumn, codes: Sequence[tuple[str, str]]) -> DeclaredColumn:
    pairs = {
        code: meaning
        for listed, meaning in codes
        if plain(listed) not in _DASHES
        for code in _codes_of(listed)
    }
    blank = any(plain(c) in {"△", "v", "空白", "ブランク"} for c in pairs)
    numbers = any(not _codes_of(listed) for listed, _ in codes)
    if len(pairs) < 2 or numbers:
        return column
    return column.model_copy(
        update={
            "allowed": tuple(pairs),
            "labels": tuple(pairs.values()) if all(pairs.values()) else (),
            "blank_allowed": column.blank_allowed or blank,
        }
    )


def _codes_of(listed: str) -> list[str]:
    """The codes of a range, 01～20, or the code itself."""
    found = _RANGE.fullmatch(fold(listed))
    if found is None:
        return [listed]
    first, last = found.groups()
    width = len(first) if len(first) == len(last) else 1
    if int(last) - int(first) > _MOST_CODES:
        return []
    return [f"{code:0{width}}" for code in range(int(first), int(last) + 1)]
