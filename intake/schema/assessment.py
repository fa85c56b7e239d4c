"""特定個人情報保護評価書: the record items of its annex, or the boxes ticked in its overview."""

import re
from collections.abc import Iterable, Iterator, Sequence

from core import DeclaredColumn, Schema, fold
from intake.schema.annex import ANNEX, ANNEX_END, bare, read_annex
from intake.schema.form import label, values_of
from intake.schema.split import split_items
from intake.schema.ticks import ticked
from intake.table.grid import Grid

_BOXES = re.compile(r"主な記録項目")
_BOXES_END = re.compile(r"その妥当性|全ての記録項目|保有開始日")
_BASIC = re.compile(r"基礎項目評価書")
_SCOPE = re.compile(r"対象となる本人の範囲")
_PURPOSE = re.compile(r"^\W*[①-⑳]?使用目的|利用目的")
_SOURCE = re.compile(r"^\W*[①-⑳]?入手元")
_RECIPIENT = re.compile(r"^(提供先|移転先)\s*[0-9０-９]+")


def is_assessment(grid: Grid) -> bool:
    """Whether a grid holds the record items of an impact assessment, or its basic form."""
    cells = [cell for row in grid for cell in row]
    return any(p.search(cell) for cell in cells for p in (ANNEX, _BOXES)) or any(
        _BASIC.search(cell) for cell in cells[:40]
    )


def read_assessment(name: str, grid: Grid) -> list[Schema]:
    """The files of an assessment: all their items where the annex is there, else those ticked.

    None for the basic form, which lists no items.
    """
    overviews = [_overview(name, block) for block in _blocks(grid)]
    ticks = [overview for overview in overviews if overview.columns]
    about = {} if ticks else _about(grid)
    parts = [
        _schema(part.name or about.get("name") or name, part.items, about, named=bool(part.name))
        for part in read_annex(grid)
    ]
    return joined([*parts, *ticks], default=name) if parts else ticks


def joined(schemas: Sequence[Schema], default: str = "") -> list[Schema]:
    """The overview and the annex of one assessment as one: the items of the annex, and the rest.

    They belong together by the name of the file; a single overview is that of every file left.

    Args:
        default: the name of a file that the annex does not name.
    """
    annex = [s for s in schemas if not s.purpose and not s.record_scope]
    overview = [s for s in schemas if s not in annex]
    if not annex or not overview:
        return list(schemas)
    by_name = {fold(s.name): s for s in overview}
    found = [by_name.get(fold(items.name)) for items in annex]
    if len(overview) == 1 and (not any(found) or len(annex) == 1):
        found = [overview[0]] * len(annex)
    done: list[Schema] = []
    for items, told in zip(annex, found, strict=True):
        if told is not None:
            unnamed = len(annex) == 1 or items.name == default
            name = told.name if unnamed else items.name
            items = told.model_copy(update={"columns": items.columns, "name": name})
        done.append(items)
    taken = [told.name for told in found if told is not None]
    return [*done, *(s for s in overview if s.name not in taken)]


def _blocks(grid: Grid) -> list[Grid]:
    """The overviews, each from the name of its file to that of the next."""
    starts = [n for n, row in enumerate(grid) if any(label(cell) == "name" for cell in row)] or [0]
    blocks = [grid[a:b] for a, b in zip(starts, [*starts[1:], len(grid)], strict=True)]
    return [block for block in blocks if any(_BOXES.search(c) for row in block for c in row)]


def _overview(name: str, block: Grid) -> Schema:
    about = _about(block)
    return _schema(about.get("name") or name, _boxes(block), about)


def _schema(name: str, items: Iterable[str], about: dict[str, str], named: bool = True) -> Schema:
    names = dict.fromkeys(items)
    return Schema(
        name=bare(name.split("\n")[0]) if named else name.split("\n")[0],
        layout="pia",
        columns=tuple(DeclaredColumn(name=n, position=i) for i, n in enumerate(names, 1)),
        purpose=about.get("purpose", ""),
        record_scope=about.get("scope", ""),
        collection=about.get("collection", ""),
        recipients=split_items(about.get("recipients", "")),
    )


def _boxes(grid: Grid) -> Iterator[str]:
    """The labels of the ticked boxes; bracket, tick and label may stand in cells of their own."""
    inside = False
    for row in grid:
        text = _joined(row)
        if _BOXES_END.search(text) or ANNEX_END.search(text):
            inside = False
        if _BOXES.search(text):
            inside = True
        if inside:
            yield from ticked(text)


def _joined(row: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in row if cell.strip())


def _about(grid: Grid) -> dict[str, str]:
    """What the overview says of the file beside its items."""
    about = {key: value for key, value in values_of(grid).items() if key == "name"}
    recipients = []
    for number, row in enumerate(grid):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2:
            continue
        first, value = cells[0], "\n".join(cells[1:])
        if _SCOPE.search(first):
            about.setdefault("scope", value)
        elif _PURPOSE.search(first):
            about.setdefault("purpose", value)
        elif _SOURCE.search(first):
            about.setdefault("collection", "、".join(ticked(_below(grid, number))) or value)
        elif _RECIPIENT.match(first):
            recipients.append(cells[1])
    return about | ({"recipients": "\n".join(recipients)} if recipients else {})


def _below(grid: Grid, number: int) -> str:
    """A row and the rows below it that have nothing in the column it begins in."""
    row = grid[number]
    first = next(column for column, cell in enumerate(row) if cell.strip())
    rows = [row]
    for other in grid[number + 1 : number + 20]:
        if any(cell.strip() for cell in other[: first + 1]) or not any(map(str.strip, other)):
            break
        rows.append(other)
    return "\n".join(_joined(other) for other in rows)
