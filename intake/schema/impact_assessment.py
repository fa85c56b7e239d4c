"""特定個人情報保護評価書: the record items of its annex, or the boxes ticked in its overview."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core import Schema, fold
from intake.schema import SheetKind, items_named, patterns
from intake.schema.definition_words import label_of, plain
from intake.schema.item_lists import split_items, ticked
from intake.schema.register_form import label, values_of
from intake.table.grid import Grid, filled

_PATTERNS = patterns("impact_assessment")
ANNEX, ANNEX_END = _PATTERNS["annex"], _PATTERNS["annex_end"]
_NUMBER = re.compile(r"[(（]?[0-9０-９]{1,4}[)）]?[.．、]?")
_COUNTED = re.compile(r"([0-9０-９]{1,4})[.．、\s]")


def _is_assessment(grid: Grid, *_: object) -> bool:
    """Whether a grid holds the record items of an impact assessment, or its basic form."""
    cells = [cell for row in grid for cell in row]
    return any(p.search(cell) for cell in cells for p in (ANNEX, _PATTERNS["boxes"])) or any(
        _PATTERNS["basic"].search(cell) for cell in cells[:40]
    )


def _read(name: str, grid: Grid, *_: object) -> list[Schema]:
    """The files of an assessment: all their items where the annex is there, else those ticked.

    None for the basic form, which lists no items.
    """
    overviews = []
    for block in _overviews(grid):
        about = _about(block, name)
        overviews.append(_schema(_bare(about["name"]), _boxes(block), about))
    ticks = [overview for overview in overviews if overview.columns]
    about = {"name": name.split("\n")[0]} if ticks else _about(grid, name)
    parts = [
        _schema(_bare(part.name) if part.name else about["name"], part.items, about)
        for part in _read_annex(grid)
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


def _overviews(grid: Grid) -> list[Grid]:
    """The overviews, each from the name of its file to that of the next."""
    starts = [n for n, row in enumerate(grid) if any(label(cell) == "name" for cell in row)] or [0]
    blocks = [grid[a:b] for a, b in zip(starts, [*starts[1:], len(grid)], strict=True)]
    return [
        block for block in blocks if any(_PATTERNS["boxes"].search(c) for row in block for c in row)
    ]


def _schema(name: str, items: Iterable[str], about: dict[str, str]) -> Schema:
    return Schema(
        name=name,
        layout="pia",
        columns=items_named(dict.fromkeys(items)),
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
        if _PATTERNS["boxes_end"].search(text) or ANNEX_END.search(text):
            inside = False
        if _PATTERNS["boxes"].search(text):
            inside = True
        if inside:
            yield from ticked(text)


def _joined(row: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in row if cell.strip())


def _about(grid: Grid, name: str) -> dict[str, str]:
    """What the overview says of the file beside its items; `name` where it gives no name."""
    about = {"name": (values_of(grid).get("name") or name).split("\n")[0]}
    recipients = []
    for number, row in enumerate(grid):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2:
            continue
        first, value = cells[0], "\n".join(cells[1:])
        if _PATTERNS["scope"].search(first):
            about.setdefault("scope", value)
        elif _PATTERNS["purpose"].search(first):
            about.setdefault("purpose", value)
        elif _PATTERNS["source"].search(first):
            about.setdefault("collection", "、".join(ticked(_below(grid, number))) or value)
        elif _PATTERNS["recipient"].match(first):
            recipients.append(cells[1])
    return about | {"recipients": "\n".join(recipients)}


def _below(grid: Grid, number: int) -> str:
    """A row and the rows below it that have nothing in the column it begins in."""
    row = grid[number]
    first = next(column for column, cell in enumerate(row) if cell.strip())
    rows = [row]
    for other in grid[number + 1 : number + 20]:
        if any(map(str.strip, other[: first + 1])) or not any(map(str.strip, other)):
            break
        rows.append(other)
    return "\n".join(_joined(other) for other in rows)


@dataclass
class _File:
    """One file of the annex."""

    name: str
    lines: list[str] = field(default_factory=list)
    cells: dict[int, list[str]] = field(default_factory=dict)
    """The items of a table, by column."""

    @property
    def items(self) -> list[str]:
        """All items, in order."""
        listed = [cell for column in self.cells.values() for cell in column]
        return [*listed, *split_items("\n".join(self.lines))]


def _read_annex(grid: Grid) -> list[_File]:
    """The files of the annex that list items, in whatever form."""
    files = [_File("")]
    inside = False
    named: list[int] = []
    owner: int | None = None
    for row in grid:
        whole = _joined(row)
        begins = bool(ANNEX.search(whole))
        if begins or ANNEX_END.search(whole):
            inside, named, owner = begins, [], None
            lines = [line for cell in row for line in _after_heading(cell)] if begins else []
            for line in lines:
                inside = inside and not ANNEX_END.search(line)
                if inside:
                    _take(line, files)
        elif inside:
            found = [c for c, cell in enumerate(row) if (label_of(cell) or (0, ""))[1] == "name"]
            owners = (c for c, cell in enumerate(row) if _PATTERNS["owner"].fullmatch(plain(cell)))
            if found:
                named, owner = found, next(owners, None)
            elif named and not (filled(row) == 1 and _PATTERNS["file"].fullmatch(whole)):
                _take_cells(row, named, owner, files)
            else:
                for line in (line for cell in row for line in cell.split("\n")):
                    _take(line, files)
    return [file for file in files if file.items]


def _after_heading(cell: str) -> list[str]:
    """What stands below the heading of the annex in the same cell."""
    lines = cell.split("\n")
    at = next((n for n, line in enumerate(lines) if ANNEX.search(line)), len(lines))
    return lines[at + 1 :]


def _take(line: str, files: list[_File]) -> None:
    """A line as the heading of the next file, or as items of this one.

    One that bears the number after that of the line above it is an item.
    """
    text, lines = line.strip(), files[-1].lines
    above, this = (_COUNTED.match(lines[-1]) if lines else None), _COUNTED.match(text)
    continues = above and this and int(this.group(1)) == int(above.group(1)) + 1
    if _PATTERNS["file"].fullmatch(text) and not continues:
        files.append(_File(_bare(text)))
    elif text and not _NUMBER.fullmatch(text):
        lines.append(text)


def _take_cells(
    row: Sequence[str], named: Sequence[int], owner: int | None, files: list[_File]
) -> None:
    """A row of a table of items, below the labels of the items and of the file they are in."""
    heading = row[owner].strip() if owner is not None and owner < len(row) else ""
    if heading and _bare(heading) != files[-1].name:
        files.append(_File(_bare(heading)))
    for column in named:
        cell = " ".join(row[column].split()) if column < len(row) else ""
        if cell and not _NUMBER.fullmatch(cell) and not cell.startswith(("※", "＊")):
            files[-1].cells.setdefault(column, []).append(cell)


def _bare(heading: str) -> str:
    """The name of a file without brackets, bullets and numbers.

    >>> _bare("（１）住民基本台帳ファイル"), _bare("【税ファイル】")
    ('住民基本台帳ファイル', '税ファイル')
    """
    text = re.sub(r"^[（(]?[0-9０-９①-⑳]{1,2}[)）.．、]?\s*", "", heading.strip("【】＜＞<>"))
    return text.strip("【】＜＞<>・○●■◆ 　")


KINDS = (SheetKind("pia", 2, _is_assessment, _read),)
