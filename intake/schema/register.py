"""個人情報ファイル簿 (法75条): forms of label and value, and tables with a row for each file."""

import re
from collections.abc import Iterator, Sequence

from core import DeclaredColumn, Schema, fold
from intake.grid import Grid
from intake.schema.split import split_items

_LABELS = {
    "個人情報ファイルの名称": "name",
    "個人情報ファイル名": "name",
    "特定個人情報ファイルの名称": "name",
    "特定個人情報ファイル名": "name",
    "個人情報ファイルの利用目的": "purpose",
    "利用目的": "purpose",
    "記録項目": "items",
    "記録される項目": "items",
    "記録範囲": "scope",
    "記録情報の収集方法": "collection",
    "収集方法": "collection",
    "要配慮個人情報が含まれるときは": "special",
    "要配慮個人情報の有無": "special",
    "要配慮個人情報": "special",
    "条例要配慮個人情報": "local_special",
    "記録情報の経常的提供先": "recipients",
    "経常的提供先": "recipients",
    "記録情報の提供先": "recipients",
    "行政機関等の名称": "other",
    "実施機関の名称": "other",
    "個人情報ファイルが利用に供される事務をつかさどる組織の名称": "other",
    "開示請求等を受理する組織の名称及び所在地": "other",
    "訂正及び利用停止に関する他の法令": "other",
    "個人情報ファイルの種別": "other",
    "行政機関等匿名加工情報の提案": "other",
    "備考": "other",
    "所管課": "other",
    "所管部署": "other",
    "担当課": "other",
    "担当部署": "other",
    "事務の名称": "name",
    "個人情報取扱事務の名称": "name",
    "事務の目的": "purpose",
    "個人情報取扱事務の目的": "purpose",
    "個人情報の利用目的": "purpose",
    "個人情報の記録項目": "items",
    "個人情報の項目": "items",
    "記録の項目": "items",
    "個人情報の対象者の範囲": "scope",
    "個人情報の対象者": "scope",
    "対象者の範囲": "scope",
    "個人情報の収集先": "collection",
    "個人情報の収集方法": "collection",
    "収集先": "collection",
    "経常的な提供先": "recipients",
    "個人情報の提供先": "recipients",
    "記録情報の経常的な提供先": "recipients",
}
_DUTIES = {
    "purpose": "purpose",
    "scope": "record_scope",
    "collection": "collection",
    "special": "special_care",
    "recipients": "recipients",
}
_STRIP = re.compile(r"[\s　()（）「」【】\[\]]|^[\d０-９①-⑳ⅰ-ⅻ]+[.．、]?")
TICKED = re.compile(r"[\[［]\s*[○〇◯●✓レ]\s*[\]］]\s*([^\[［\n]+)|[☑■✓レ]\s*([^□☐☑■\s][^□☐☑■\n]*)")
_YES = re.compile(r"^(有|あり|含む|含まれる|該当|○|yes)", re.IGNORECASE)
_NO = re.compile(r"^(無|なし|含まない|含まれない|非該当|該当なし|×|-|－|―|no)", re.IGNORECASE)
_BOTH = re.compile(r"有\s*[・/／]\s*無|含む\s*[・/／]\s*含まない|あり\s*[・/／]\s*なし")


def is_register(grid: Grid) -> bool:
    """Whether a grid holds the labels of a register, as a form or as the head of a table."""
    return _heading(grid) is not None or len(_found(grid)) >= 3


def read_register(name: str, grid: Grid) -> list[Schema]:
    """One schema from a form; one a row from a table of registers."""
    number = _heading(grid)
    if number is None:
        schema = _schema(name, values_of(grid))
        return [schema] if schema else []
    fields = [label(cell) for cell in grid[number]]
    schemas = []
    for row in grid[number + 1 :]:
        values: dict[str, str] = {}
        for field, cell in zip(fields, row, strict=False):
            if field and field not in values:
                values[field] = cell.strip()
        schema = _schema(name, values)
        if schema:
            schemas.append(schema)
    return schemas


def label(cell: str) -> str | None:
    """What a label of the form stands for.

    >>> label("１ 個人情報ファイルの名称"), label("氏名")
    ('name', None)
    """
    if len(cell) > 80:
        return None
    text = _STRIP.sub("", fold(cell))
    for words, field in _LABELS.items():
        if text == words or (len(words) >= 6 and text.startswith(words)):
            return field
    return None


def _found(grid: Grid) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            field = label(cell)
            if field and field != "other":
                places.setdefault(field, (row, column))
    return places if places.keys() & {"items", "name"} else {}


def _heading(grid: Grid) -> int | None:
    for number, row in enumerate(grid):
        fields = {label(cell) for cell in row} - {None, "other"}
        if len(fields) >= 3 and "items" in fields:
            return number
    return None


def values_of(grid: Grid) -> dict[str, str]:
    """The texts beside the labels of a form, by field."""
    values: dict[str, str] = {}
    for field, (row, column) in _found(grid).items():
        cells = list(_beside(grid, row, column))
        values[field] = "\n".join(cells)
    return values


def _beside(grid: Grid, row: int, column: int) -> Iterator[str]:
    """The value of a label: right of it, else below, with unlabelled rows that follow."""
    right = _texts(grid[row][column + 1 :])
    if right:
        yield from right
        below = grid[row + 1 :]
    else:
        below = grid[row + 1 :]
    for cells in below:
        texts = _texts(cells)
        if not texts or any(label(cell) for cell in cells):
            return
        leads = bool(cells[column].strip()) if column < len(cells) else False
        if leads and right:
            return
        yield from texts


def _texts(cells: Sequence[str]) -> list[str]:
    texts: list[str] = []
    for cell in cells:
        if label(cell):
            break
        if cell.strip() and cell.strip() not in texts[-1:]:
            texts.append(cell.strip())
    return texts


def _schema(name: str, values: dict[str, str]) -> Schema | None:
    items = split_items(values.get("items", ""))
    if not items:
        return None
    columns = tuple(DeclaredColumn(name=item, position=i) for i, item in enumerate(items, 1))
    return Schema(
        name=values.get("name", "").split("\n")[0] or name,
        layout="register",
        columns=columns,
        purpose=values.get("purpose", ""),
        record_scope=values.get("scope", ""),
        collection=values.get("collection", ""),
        special_care=_flag(values.get("special", "")),
        ordinance_special_care=_flag(values.get("local_special", "")),
        recipients=split_items(values.get("recipients", "")),
        blank_fields=tuple(
            name for field, name in _DUTIES.items() if not values.get(field, "").strip()
        ),
    )


def _flag(text: str) -> bool | None:
    """Yes, no, or silent; a ticked box wins over the words beside it."""
    ticked = [(a or b).strip() for a, b in TICKED.findall(text)]
    words = ticked[0] if ticked else fold(text)
    if not words or _BOTH.search(words):
        return None
    if _NO.match(words):
        return False
    return True if _YES.match(words) or len(words) > 1 else None
