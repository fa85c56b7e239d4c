"""個人情報ファイル簿 (法75条): forms of label and value, and tables with a row for each file."""

import re
from collections.abc import Sequence

from core import DeclaredColumn, Schema, fold
from intake.schema.form import (
    beside,
    columns_of,
    forms_of,
    heading_of,
    label,
    opened,
    places_of,
    texts_of,
    values_of,
)
from intake.schema.split import split_items
from intake.schema.ticks import has_boxes, marked, ticked
from intake.table.grid import Grid

_DUTIES = {
    "purpose": "purpose",
    "scope": "record_scope",
    "collection": "collection",
    "special": "special_care",
    "recipients": "recipients",
}
_YES = re.compile(r"^(有|あり|含む|含まれる|該当|○|yes)", re.IGNORECASE)
_NO = re.compile(r"^(無|なし|含まない|含まれない|非該当|該当なし|×|[-－―ー‐—]+$|no)", re.IGNORECASE)
_BOTH = re.compile(r"有\s*[・/／]\s*無|含む\s*[・/／]\s*含まない|あり\s*[・/／]\s*なし")
_DENIED = re.compile(
    r"含(まな|まれな|まず|まれず|まれてい?な|まれてお|まれませ|みませ|んでいな)|記載なし|該当し?な|有しな"
)
_ELSEWHERE = re.compile(r"別紙|別表|別添|別記|裏面|次頁|次ページ")
_TITLE = re.compile(
    r"別紙|別表|別添|別記|記録項目|項目一覧|^(番号|項番|No\.?|項目|項目名)$", re.IGNORECASE
)
_LISTS = re.compile(r"[、，,・;；☑□■]")


def is_register(grid: Grid) -> bool:
    """Whether a grid holds the labels of a register, as a form or as the head of a table."""
    found = places_of(opened(grid))
    return heading_of(grid) is not None or (len(found) >= 3 and "items" in found)


def read_register(name: str, grid: Grid, appendix: Sequence[str] = ()) -> list[Schema]:
    """One schema from each form; one a row from a table of registers.

    Args:
        appendix: the items of a form that says they are on another sheet; without them the form
            is passed over.
    """
    number = heading_of(grid)
    if number is None:
        grid = opened(grid)
        forms = [form for stacked in forms_of(grid) for form in columns_of(stacked)]
        found = [(values_of(form), _listed(form)) for form in forms]
        read = [_schema(name, v, appendix if _is_elsewhere(i) else i) for v, i in found]
        return [schema for schema in read if schema]
    fields = [label(cell) for cell in grid[number]]
    schemas = []
    for values in _records(fields, grid[number + 1 :]):
        items = _items([[values.get("items", "")]])
        schema = None if _is_elsewhere(items) else _schema(name, values, items)
        if schema:
            schemas.append(schema)
    return schemas


def _records(fields: Sequence[str | None], rows: Grid) -> list[dict[str, str]]:
    """The registers of a table by field; a row that names none goes on with the items above."""
    records: list[dict[str, str]] = []
    for row in rows:
        values: dict[str, str] = {}
        for field, cell in zip(fields, row, strict=False):
            if field and field not in values:
                values[field] = cell.strip()
        told = {field for field, value in values.items() if value} - {"other"}
        if told == {"items"} and records:
            records[-1]["items"] += "\n" + values["items"]
        else:
            records.append(values)
    return records


def elsewhere(grid: Grid) -> int:
    """How many registers say that their items are on another sheet."""
    number = heading_of(grid)
    if number is None:
        return sum(_is_elsewhere(_listed(form)) for form in forms_of(opened(grid)))
    places = [n for n, cell in enumerate(grid[number]) if label(cell) == "items"][:1]
    cells = (row[n] for row in grid[number + 1 :] for n in places if n < len(row))
    return sum(_is_elsewhere(split_items(cell)) for cell in cells)


def items_of_appendix(grid: Grid) -> tuple[str, ...]:
    """The items of a sheet that a form calls its appendix."""
    lines = [
        " ".join(cell.split()) if len(row) > 1 else cell
        for row in grid
        for cell in row
        if cell.strip() and not label(cell) and not _TITLE.search(cell.split("\n")[0])
    ]
    return split_items(
        "\n".join(line for line in lines if not line.strip(".．()（） ").isdecimal())
    )


def _listed(form: Grid) -> tuple[str, ...]:
    place = places_of(form).get("items")
    return _items(beside(form, *place)) if place else ()


def _items(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The record items of a form: those ticked, else those listed without their groups."""
    in_cells = marked(rows)
    if in_cells is not None:
        return tuple(dict.fromkeys(in_cells))
    texts = [texts_of(row) for row in rows]
    whole = "\n".join(text for cells in texts for text in cells)
    if has_boxes(whole):
        return tuple(dict.fromkeys(ticked(whole)))
    pairs = [cells for cells in texts if cells]
    lists = sum(bool(_LISTS.search(cells[-1])) for cells in pairs)
    if len(pairs) > 1 and all(len(cells) == 2 for cells in pairs) and lists >= len(pairs) / 2:
        whole = "\n".join(cells[1] for cells in pairs)  # the first is the name of a group
    return split_items(whole)


def _is_elsewhere(items: Sequence[str]) -> bool:
    return len(items) == 1 and len(items[0]) <= 40 and bool(_ELSEWHERE.search(items[0]))


def _schema(name: str, values: dict[str, str], items: Sequence[str]) -> Schema | None:
    if not items:
        return None
    columns = tuple(DeclaredColumn(name=item, position=i) for i, item in enumerate(items, 1))
    return Schema(
        name=values.get("name", "").split("\n")[0] or name,
        layout="register",
        columns=columns,
        purpose=values.get("purpose", ""),
        record_scope=values.get("scope", ""),
        collection=_chosen(values.get("collection", "")),
        special_care=_flag(values.get("special", "")),
        ordinance_special_care=_flag(values.get("local_special", "")),
        recipients=split_items(_chosen(values.get("recipients", ""))),
        blank_fields=tuple(
            name for field, name in _DUTIES.items() if not values.get(field, "").strip()
        ),
    )


def _chosen(text: str) -> str:
    """What was ticked, where there is something to tick."""
    return "、".join(ticked(text)) if has_boxes(text) else text


def _flag(text: str) -> bool | None:
    """Yes, no, or silent; a ticked box wins over the words beside it."""
    if has_boxes(text) and not ticked(text):
        return None
    words = fold(next(iter(ticked(text)), text))
    if not words or _BOTH.search(words):
        return None
    if _NO.match(words):
        return False
    if _YES.match(words) and not _DENIED.match(words):
        return True
    if _DENIED.search(words):
        return False
    return True if len(words) > 1 else None
