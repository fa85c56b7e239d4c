"""Lists of codes for several items, one code a row (コード名, コード値, 名称)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import DeclaredColumn, Schema
from intake.schema.labels import label_of, plain
from intake.table.grid import Grid

_GROUPS = (
    *("コード種別名", "コード種別名称", "コード体系名", "コード一覧名", "区分名", "区分名称"),
    *("コード名", "コード名称", "項目名", "項目名称", "データ項目名", "コード種別", "コード区分"),
    *("コード分類", "コードid", "種別名", "分類名"),
)
_CODES = ("コード値", "コード", "値", "区分値", "符号", "code", "value")
_MEANINGS = (
    *("コード値名称", "コード値の意味", "値の意味", "コード内容", "区分内容", "符号内容", "値名称"),
    *("コード名称", "名称", "内容", "意味", "表示名", "表示名称", "label", "name"),
)
_ITEM_FIELDS = {"type", "length", "required", "nullable", "alias", "format", "example"}
_LOOK_AT = 20
_KIND = re.compile(r"(?<=.)(コード|区分|フラグ|_?cd|_?code)$")


@dataclass(frozen=True)
class CodeHeading:
    """The row that heads a list of codes, and the columns of group, code and meaning."""

    row: int
    group: int | None
    code: int
    meaning: int


def find_codes(grid: Grid, certain: bool = True) -> CodeHeading | None:
    """The heading of a list of codes; without a column of groups only where it is a schema."""
    for number, row in enumerate(grid[:_LOOK_AT]):
        labels = [plain(cell) for cell in row]
        if {found[1] for cell in row if (found := label_of(cell))} & _ITEM_FIELDS:
            continue  # a list of items that has its codes beside
        code = _first(labels, _CODES, set())
        if code is None:
            continue
        group = _first(labels, _GROUPS, {code})
        meaning = _first(labels, _MEANINGS, {code} if group is None else {code, group})
        if meaning is None or (group is None and (certain or len(labels) > 3)):
            continue
        heading = CodeHeading(number, group, code, meaning)
        if group is None or _repeats(grid[number + 1 :], heading):
            return heading
    return None


def read_codes(name: str, grid: Grid, heading: CodeHeading) -> Schema | None:
    """An item for each group with its codes; one named like the file where there are no groups."""
    items: dict[str, dict[str, str]] = {}
    group = ""
    for row in grid[heading.row + 1 :]:
        texts = [*(cell.strip() for cell in row), *[""] * 50][:50]
        group = _own_name(name) if heading.group is None else texts[heading.group] or group
        if group and texts[heading.code]:
            items.setdefault(group, {})[texts[heading.code]] = texts[heading.meaning]
    columns = tuple(
        DeclaredColumn(
            name=item,
            position=position,
            allowed=tuple(codes),
            labels=tuple(codes.values()) if all(codes.values()) else (),
        )
        for position, (item, codes) in enumerate(items.items(), 1)
    )
    return Schema(name=name, layout="code_list", columns=columns) if columns else None


def with_codes(schemas: Sequence[Schema]) -> list[Schema]:
    """Definitions with the codes that another sheet lists, by the name of the item or its code.

    A list whose codes all found their items is left out; where there are only lists, all stay.
    """
    lists = [s for s in schemas if s.layout == "code_list"]
    others = [s for s in schemas if s.layout != "code_list"]
    codes = {_key(column.name): column for s in lists for column in s.columns}
    done = [
        s.model_copy(update={"columns": tuple(_coded(column, codes) for column in s.columns)})
        for s in others
    ]
    used = {_key(column.name) for s in others for column in s.columns}
    left = [s for s in lists if not others or not any(_key(c.name) in used for c in s.columns)]
    return [*done, *left]


def _coded(column: DeclaredColumn, codes: Mapping[str, DeclaredColumn]) -> DeclaredColumn:
    listed = codes.get(_key(column.name))
    if listed is None or column.allowed:
        return column
    return column.model_copy(update={"allowed": listed.allowed, "labels": listed.labels})


def _key(name: str) -> str:
    return _KIND.sub("", plain(name))


def _first(labels: Sequence[str], words: Sequence[str], taken: set[int]) -> int | None:
    for word in words:
        for column, label in enumerate(labels[:50]):
            if label == word and column not in taken:
                return column
    return None


def _repeats(rows: Grid, heading: CodeHeading) -> bool:
    """Whether codes differ within each group, and some group has several."""
    seen: dict[str, list[str]] = {}
    group = ""
    for row in rows:
        cells = [*row, *[""] * 50]
        group = cells[heading.group or 0].strip() or group
        if cells[heading.code].strip():
            seen.setdefault(group, []).append(cells[heading.code].strip())
    several = [codes for codes in seen.values() if len(codes) > 1]
    return bool(several) and all(len(set(codes)) == len(codes) for codes in several)


def _own_name(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    for ending in ("一覧表", "一覧", "コード表", "表"):
        stem = stem.removesuffix(ending)
    return stem
