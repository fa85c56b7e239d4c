"""Schemas laid out as tables of cells: forms, tables of items, bare lists of names."""

import re
from collections.abc import Sequence

from core import DeclaredColumn, Schema, fold
from intake.schema.assessment import is_assessment, read_assessment
from intake.schema.codes import find_codes, read_codes
from intake.schema.heading import Heading, find_heading, side_by_side
from intake.schema.items import read_items
from intake.schema.register import is_register, read_register
from intake.schema.split import split_items
from intake.table.grid import Grid, filled
from intake.upload import Layout

_FIELD_WORDS = re.compile(
    r"(氏名|名称|名|番号|コード|住所|生年月日|年月日|日付|日|性別|年齢|年代|続柄|電話|区分|フラグ|種別|"
    r"有無|金額|額|備考|メール|アドレス|郵便|国籍|世帯|職業|所得|状態|等級|年度|カナ|フリガナ|理由|期間|"
    r"_?id|_?name|_?date|_?code|_?no|_?flag|address|phone|email|sex|gender|age|birthday)$"
)

_VALUE = re.compile(r"\d{3}|\d-\d|[@。、]|様$|さん|です$|ます$|した$|受給|に電話")
"""What a name of an item does not hold; a cell that does must not be shown as one."""


def recognise_sheet(grid: Grid, certain: bool = True) -> Layout | None:
    """The layout of a schema in a grid; None when it looks like data.

    With `certain` False the user has said that it is a schema: then any list of names will do.
    """
    if is_register(grid):
        return "register"
    if is_assessment(grid):
        return "pia"
    if find_codes(grid, certain) is not None:
        return "codes"
    if find_heading(grid, certain) is not None:
        return "items"
    if not certain or _is_list(grid):
        return "list"
    return None


def parse_sheet(
    name: str, grid: Grid, layout: Layout, certain: bool = True, appendix: Sequence[str] = ()
) -> list[Schema]:
    """The schemas in a grid of a recognised layout; `appendix` as `read_register` takes it."""
    if layout == "register":
        return read_register(name, grid, appendix)
    if layout == "pia":
        return read_assessment(name, grid)
    if layout == "codes":
        codes = find_codes(grid, certain)
        schema = read_codes(name, grid, codes) if codes else None
        return [schema] if schema else []
    if layout == "items":
        heading = find_heading(grid, certain)
        return _read_items(name, grid, heading) if heading else []
    names = _list_of_names(grid)
    columns = tuple(DeclaredColumn(name=n, position=i) for i, n in enumerate(names, 1))
    return [Schema(name=name, layout="list", columns=columns)] if columns else []


def _read_items(name: str, grid: Grid, heading: Heading) -> list[Schema]:
    """The items of a table, or of several side by side as one."""
    blocks = side_by_side(grid, heading)
    headings = [find_heading(block) for block in blocks]
    if not blocks or None in headings:
        return read_items(name, grid, heading)
    pairs = [(block, found) for block, found in zip(blocks, headings, strict=True) if found]
    read = [schema for block, found in pairs for schema in read_items(name, block, found)[:1]]
    columns = [column for schema in read for column in schema.columns]
    placed = (c.model_copy(update={"position": i}) for i, c in enumerate(columns, 1))
    return [read[0].model_copy(update={"columns": tuple(placed)})] if read else []


def _is_list(grid: Grid) -> bool:
    """A single row of names, or a single column of field-like names."""
    rows = [row for row in grid if filled(row)]
    if len(rows) == 1:
        cells = [cell.strip() for cell in rows[0] if cell.strip()]
        return len(cells) > 1 and _are_names(cells, 0.3)
    if len(rows) >= 3 and all(filled(row) == 1 for row in rows):
        cells = [next(cell.strip() for cell in row if cell.strip()) for row in rows]
        return _are_names(cells, 0.5)
    return False


def _are_names(cells: list[str], share: float) -> bool:
    distinct = len({fold(cell) for cell in cells}) == len(cells)
    fielded = sum(1 for cell in cells if _FIELD_WORDS.search(fold(cell)))
    short = all(len(cell) <= 40 and not _VALUE.search(fold(cell)) for cell in cells)
    after_first = sum(1 for cell in cells[1:] if _FIELD_WORDS.search(fold(cell)))
    enough = fielded >= share * len(cells) and after_first >= share * (len(cells) - 1)
    return distinct and short and enough


def _list_of_names(grid: Grid) -> list[str]:
    rows = [[cell.strip() for cell in row if cell.strip()] for row in grid]
    rows = [row for row in rows if row]
    if not rows:
        return []
    if all(len(row) == 1 for row in rows):
        cells = [row[0] for row in rows]
        if sum("。" in cell for cell in cells) > len(cells) / 2:
            return []  # sentences, not names
        return list(split_items("\n".join(cells)) if len(cells) > 1 else split_items(cells[0]))
    return next(row for row in rows if len(row) > 1)
