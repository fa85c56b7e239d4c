"""個人情報ファイル簿 and other forms of label and value: one form a file, or one row of a table."""

import re
from collections.abc import Sequence

from core import Schema, fold
from intake.schema import SheetKind, items_named, patterns, words
from intake.schema.item_lists import has_boxes, split_items, ticked, ticked_cells
from intake.table.grid import Grid, filled

_WORDS, _PATTERNS = words("register_form"), patterns("register_form")
_LABELS: dict[str, str] = {
    word: field for field, listed in _WORDS["labels"].items() for word in listed
}
_BEGINNINGS = tuple(word for word in _LABELS if len(word) >= 6)
"""Labels that may go on: …が含まれるときは、その旨."""
_SENTENCE = re.compile(f"({'|'.join(_WORDS['sentence_ends'])})$")
"""How a text ends that begins like a label and says something."""
_STRIP = re.compile(r"[\s　()（）「」【】\[\]]|^[\d０-９①-⑳ⅰ-ⅻ]+[.．、]?")
_DUTIES = {
    "purpose": "purpose",
    "scope": "record_scope",
    "collection": "collection",
    "special": "special_care",
    "recipients": "recipients",
}
"""The fields of a register that must say something, and what a schema calls them."""
_YES = re.compile("|".join(_WORDS["yes"]))
_NO = re.compile("|".join([*_WORDS["no"], r"[-－―ー‐—]+$"]))
_DENIED = re.compile("|".join(_WORDS["denials"]))
_ELSEWHERE = re.compile("|".join(_WORDS["appendices"] + _WORDS["other_pages"]))
_TITLE = re.compile(
    "|".join([*_WORDS["appendices"], "記録項目|項目一覧|^(番号|項番|No\\.?|項目|項目名)$"]),
    re.IGNORECASE,
)
_LISTS = re.compile(r"[、，,・;；☑□■]")


def label(cell: str) -> str | None:
    """What a label of the form stands for.

    >>> label("１ 個人情報ファイルの名称"), label("氏名")
    ('name', None)
    """
    if len(cell) > 80:
        return None
    text = _STRIP.sub("", fold(cell))
    if text in _LABELS:
        return _LABELS[text]
    if not text.startswith(_BEGINNINGS) or _SENTENCE.search(text):
        return None
    return next(_LABELS[word] for word in _BEGINNINGS if text.startswith(word))


def values_of(grid: Grid) -> dict[str, str]:
    """The texts beside the labels of a form, by field."""
    return {
        field: "\n".join(text for cells in _beside(grid, *place) for text in _texts(cells))
        for field, place in _places(grid).items()
    }


def is_register(grid: Grid) -> bool:
    """Whether a grid holds the labels of a register, as a form or as the head of a table."""
    found = _places(_opened(grid))
    return _table_head(grid) is not None or (len(found) >= 3 and "items" in found)


def read_register(
    name: str, grid: Grid, certain: bool = True, appendix: Sequence[str] = ()
) -> list[Schema]:
    """One schema from each form; one a row from a table of registers.

    Args:
        certain: any grid will do.
        appendix: the items of a form that says they are on another sheet; without them the form
            is passed over.
    """
    other = () if _table_head(grid) is not None else appendix
    read = [
        _schema(name, values, other if _is_elsewhere(items) else items)
        for values, items in _registers(grid)
    ]
    return [schema for schema in read if schema]


def elsewhere(grid: Grid) -> int:
    """How many registers say that their items are on another sheet."""
    return sum(_is_elsewhere(items) for _, items in _registers(grid))


def _registers(grid: Grid) -> list[tuple[dict[str, str], tuple[str, ...]]]:
    """What each register says by field, and its items: a form each, or a row of a table each."""
    head = _table_head(grid)
    if head is not None:
        records = _records([label(cell) for cell in grid[head]], grid[head + 1 :])
        return [(values, _items([[values.get("items", "")]])) for values in records]
    forms = [form for stacked in _stacked(_opened(grid)) for form in _side_by_side(stacked)]
    return [(values_of(form), _listed(form)) for form in forms]


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


def _opened(grid: Grid) -> Grid:
    """The grid with the label of each line cut off, where labels and values share a cell.

    >>> _opened([["記録項目：氏名、住所"], ["記録範囲　市民"], ["収集方法 本人"]])
    [['記録項目', '氏名、住所'], ['記録範囲', '市民'], ['収集方法', '本人']]
    """
    if any(filled(row) > 1 for row in grid):
        return grid
    cut: list[list[str]] = []
    begun = False
    for row in grid:
        text = "".join(row).strip()
        found = _PATTERNS["cut"].match(text)
        if found and label(found.group(1)) is not None:
            begun = True
            cut.append([found.group(1), text[found.end() :]])
        else:
            cut.append(["", text] if begun and not label(text) else [text])
    return cut if len(_places(cut)) >= 3 else grid


def _places(grid: Grid) -> dict[str, tuple[int, int]]:
    """Where the first label of each field stands; nothing where no file and no items are named."""
    places: dict[str, tuple[int, int]] = {}
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            field = label(cell)
            if field and field != "other":
                places.setdefault(field, (row, column))
    return places if places.keys() & {"items", "name"} else {}


def _table_head(grid: Grid) -> int | None:
    """The row that heads a table with a row for each register."""
    for number, row in enumerate(grid):
        fields = {label(cell) for cell in row} - {None, "other"}
        if len(fields) >= 3 and "items" in fields:
            return number
    return None


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


def _stacked(grid: Grid) -> list[Grid]:
    """The forms that stand one below the other: each begins where a file is named anew."""
    starts = [0]
    listed = False
    for number, row in enumerate(grid):
        fields = {label(cell) for cell in row}
        if "name" in fields and listed:
            starts.append(number)
            listed = False
        listed = listed or "items" in fields
    return [grid[a:b] for a, b in zip(starts, [*starts[1:], len(grid)], strict=True)]


def _side_by_side(form: Grid) -> list[Grid]:
    """The forms that stand side by side with their labels said once, else the form alone."""
    places = _places(form)
    if not {"name", "items"} <= places.keys() or places["name"][1] != places["items"][1]:
        return [form]
    first, named, listed = places["name"][1], *(form[places[f][0]] for f in ("name", "items"))
    filled_in = [c for c in range(first + 1, len(named)) if named[c].strip()]
    apart = all(c < len(listed) and listed[c].strip() and not label(named[c]) for c in filled_in)
    if len(filled_in) < 2 or not apart or any(label(cell) for cell in listed[first + 1 :]):
        return [form]
    return [[[*row[: first + 1], *row[c : c + 1]] for row in form] for c in filled_in]


def _beside(grid: Grid, row: int, column: int) -> list[Sequence[str]]:
    """The cells of a value: right of its label, else below, with unlabelled rows that follow."""
    right = grid[row][column + 1 :]
    beside = bool(_texts(right))
    rows = [right] if beside else []
    for cells in grid[row + 1 :]:
        if not _texts(cells) or any(label(cell) for cell in cells[: column + 1]):
            break
        if beside and column < len(cells) and cells[column].strip():
            break
        if any(label(cell) for cell in cells) and not _is_remark(cells):
            break
        rows.append(cells[column + 1 :] if beside else cells)
    return rows


def _texts(cells: Sequence[str]) -> list[str]:
    """The texts of a row up to the next label."""
    texts: list[str] = []
    for cell in cells:
        if label(cell) and not _is_remark(cells):
            break
        if cell.strip() and cell.strip() not in texts[-1:]:
            texts.append(cell.strip())
    return texts


def _is_remark(cells: Sequence[str]) -> bool:
    """Whether the only label of a row is 備考 at its end, which is an item there."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    return len(texts) > 1 and texts[-1] == "備考" and not any(map(label, texts[:-1]))


def _listed(form: Grid) -> tuple[str, ...]:
    place = _places(form).get("items")
    return _items(_beside(form, *place)) if place else ()


def _items(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The record items of a form: those ticked, else those listed without their groups."""
    in_cells = ticked_cells(rows)
    if in_cells is not None:
        return tuple(dict.fromkeys(in_cells))
    texts = [cells for cells in map(_texts, rows) if cells]
    whole = "\n".join(text for cells in texts for text in cells)
    if has_boxes(whole):
        return tuple(dict.fromkeys(ticked(whole)))
    lists = sum(bool(_LISTS.search(cells[-1])) for cells in texts)
    if len(texts) > 1 and all(len(cells) == 2 for cells in texts) and lists >= len(texts) / 2:
        whole = "\n".join(cells[1] for cells in texts)  # the first is the name of a group
    return split_items(whole)


def _is_elsewhere(items: Sequence[str]) -> bool:
    return len(items) == 1 and len(items[0]) <= 40 and bool(_ELSEWHERE.search(items[0]))


def _schema(name: str, values: dict[str, str], items: Sequence[str]) -> Schema | None:
    if not items:
        return None
    return Schema(
        name=values.get("name", "").split("\n")[0] or name,
        layout="register",
        columns=items_named(items),
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
    said = fold(next(iter(ticked(text)), text))
    if not said or _PATTERNS["both"].search(said):
        return None
    if _NO.match(said):
        return False
    if _YES.match(said) and not _DENIED.match(said):
        return True
    if _DENIED.search(said):
        return False
    return True if len(said) > 1 else None


KINDS = (SheetKind("register", 1, lambda grid, _: is_register(grid), read_register),)
