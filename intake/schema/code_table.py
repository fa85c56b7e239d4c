"""Lists of codes for several items, one code a row (コード名, コード値, 名称)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from core import DeclaredColumn, Schema
from intake.schema import SheetKind, patterns, words
from intake.schema.definition_words import label_of, plain
from intake.table.grid import Grid

_ITEM_FIELDS = {"type", "length", "required", "nullable", "alias", "format", "example"}
_LOOK_AT = 20
"""Rows among which the heading is."""
_COLUMNS = 50
"""A list of codes has its columns among so many."""
_TABLE = ("一覧表", "一覧", "コード表", "表")
"""What the name of a file of codes ends with, beside the name of the item."""


@dataclass(frozen=True)
class _Heading:
    """The row that heads a list of codes, and the columns of group, code and meaning."""

    row: int
    group: int | None
    code: int
    meaning: int

    def codes(self, grid: Grid, group: str = "") -> Iterator[tuple[str, str, str]]:
        """(group, code, meaning) of the rows below; a blank cell repeats the group above it."""
        for row in grid[self.row + 1 :]:
            texts = [*(cell.strip() for cell in row), *[""] * _COLUMNS]
            if self.group is not None:
                group = texts[self.group] or group
            if texts[self.code]:
                yield group, texts[self.code], texts[self.meaning]


def _find(grid: Grid, certain: bool) -> _Heading | None:
    """The heading of a list of codes; without a column of groups only where it is a schema."""
    known = words("code_table")
    for number, row in enumerate(grid[:_LOOK_AT]):
        labels = [plain(cell) for cell in row]
        if {found[1] for cell in row if (found := label_of(cell))} & _ITEM_FIELDS:
            continue  # a list of items that has its codes beside
        code = _first(labels, known["code"], ())
        if code is None:
            continue
        group = _first(labels, known["group"], (code,))
        meaning = _first(labels, known["meaning"], (code, group))
        if meaning is None or (group is None and (certain or len(labels) > 3)):
            continue
        heading = _Heading(number, group, code, meaning)
        if group is None or _repeats(grid, heading):
            return heading
    return None


def _first(
    labels: Sequence[str], known: Sequence[str], taken: Collection[int | None]
) -> int | None:
    places = ((word, n) for word in known for n in range(min(len(labels), _COLUMNS)))
    return next((n for word, n in places if labels[n] == word and n not in taken), None)


def _repeats(grid: Grid, heading: _Heading) -> bool:
    """Whether codes differ within each group, and some group has several."""
    seen: dict[str, list[str]] = {}
    for group, code, _ in heading.codes(grid):
        seen.setdefault(group, []).append(code)
    several = [codes for codes in seen.values() if len(codes) > 1]
    return bool(several) and all(len(set(codes)) == len(codes) for codes in several)


def _read(name: str, grid: Grid, certain: bool, *_: object) -> list[Schema]:
    """An item for each group with its codes; one named like the file where there are no groups."""
    heading = _find(grid, certain)
    if heading is None:
        return []
    own = ""
    if heading.group is None:
        own = name.rpartition(".")[0] or name
        for ending in _TABLE:
            own = own.removesuffix(ending)
    items: dict[str, dict[str, str]] = {}
    for group, code, meaning in heading.codes(grid, own):
        if group:
            items.setdefault(group, {})[code] = meaning
    columns = tuple(
        DeclaredColumn(
            name=item,
            position=position,
            allowed=tuple(codes),
            labels=tuple(codes.values()) if all(codes.values()) else (),
        )
        for position, (item, codes) in enumerate(items.items(), 1)
    )
    return [Schema(name=name, layout="code_list", columns=columns)] if columns else []


KINDS = (SheetKind("codes", 3, _find, _read),)


def with_codes(schemas: Sequence[Schema]) -> list[Schema]:
    """Definitions with the codes that another sheet lists, by the name of the item or its code.

    A list whose codes all found their items is left out; where there are only lists, all stay.
    """
    lists = [s for s in schemas if s.layout == "code_list"]
    others = [s for s in schemas if s.layout != "code_list"]
    codes = {_key(column.name): column for s in lists for column in s.columns}
    done = []
    for schema in others:
        columns = [
            column.model_copy(update={"allowed": listed.allowed, "labels": listed.labels})
            if (listed := codes.get(_key(column.name))) and not column.allowed
            else column
            for column in schema.columns
        ]
        done.append(schema.model_copy(update={"columns": tuple(columns)}))
    used = {_key(column.name) for s in others for column in s.columns}
    left = [s for s in lists if not others or not any(_key(c.name) in used for c in s.columns)]
    return [*done, *left]


def _key(name: str) -> str:
    """The name of an item, or of its list of codes, without the ending that tells them apart."""
    return patterns("code_table")["kind"].sub("", plain(name))
