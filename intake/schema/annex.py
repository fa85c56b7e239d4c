"""The annex of an impact assessment: all the record items of each file, in whatever form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.schema.labels import label_of, plain
from intake.schema.split import split_items
from intake.table.grid import Grid

ANNEX = re.compile(r"特定個人情報ファイル記録項目|別添[12１２].{0,4}記録項目")
ANNEX_END = re.compile(
    r"^\s*([ⅢⅣⅤⅥ]|III|IV|[（(]?別添\s*[3３])|別添.{0,4}変更箇所|別添.{0,4}事務の内容",
    re.MULTILINE,
)
_FILE = re.compile(r"[^、,，\n]{1,60}(ファイル|テーブル|台帳|データベース|DB|記録項目)[】＞>）)]?")
_OWNER = re.compile(r"(ファイル|テーブル|台帳|データベース)(名|名称)?")
_NUMBER = re.compile(r"[(（]?[0-9０-９]{1,4}[)）]?[.．、]?")
_COUNTED = re.compile(r"([0-9０-９]{1,4})[.．、\s]")


@dataclass
class Part:
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


def read_annex(grid: Grid) -> list[Part]:
    """The files of the annex that list items."""
    parts = [Part("")]
    inside = False
    named: list[int] = []
    owner: int | None = None
    for row in grid:
        whole = " ".join(cell.strip() for cell in row if cell.strip())
        begins = bool(ANNEX.search(whole))
        if begins or ANNEX_END.search(whole):
            inside, named, owner = begins, [], None
            lines = [line for cell in row for line in _after_heading(cell)] if begins else []
            for line in lines:
                inside = inside and not ANNEX_END.search(line)
                if inside:
                    _take(line, parts)
        elif inside:
            found = [c for c, cell in enumerate(row) if (label_of(cell) or (0, ""))[1] == "name"]
            if found:
                named = found
                owner = next((c for c, cell in enumerate(row) if _is_owner(cell)), None)
            elif named and not _is_alone(row):
                _take_cells(row, named, owner, parts)
            else:
                for line in (line for cell in row for line in cell.split("\n")):
                    _take(line, parts)
    return [part for part in parts if part.items]


def bare(heading: str) -> str:
    """The name of a file without brackets, bullets and numbers.

    >>> bare("（１）住民基本台帳ファイル"), bare("【税ファイル】")
    ('住民基本台帳ファイル', '税ファイル')
    """
    text = re.sub(r"^[（(]?[0-9０-９①-⑳]{1,2}[)）.．、]?\s*", "", heading.strip("【】＜＞<>"))
    return text.strip("【】＜＞<>・○●■◆ 　")


def _after_heading(cell: str) -> list[str]:
    """What stands below the heading of the annex in the same cell."""
    lines = cell.split("\n")
    at = next((n for n, line in enumerate(lines) if ANNEX.search(line)), len(lines))
    return lines[at + 1 :]


def _take(line: str, parts: list[Part]) -> None:
    """A line as the heading of the next file, or as items of this one."""
    text = line.strip()
    if _FILE.fullmatch(text) and not _continues(text, parts[-1].lines):
        parts.append(Part(bare(text)))
    elif text and not _NUMBER.fullmatch(text):
        parts[-1].lines.append(text)


def _continues(text: str, lines: Sequence[str]) -> bool:
    """Whether a line bears the number after that of the line above it, and so is an item."""
    above, this = (_COUNTED.match(lines[-1]) if lines else None), _COUNTED.match(text)
    return bool(above and this and int(this.group(1)) == int(above.group(1)) + 1)


def _take_cells(
    row: Sequence[str], named: Sequence[int], owner: int | None, parts: list[Part]
) -> None:
    heading = row[owner].strip() if owner is not None and owner < len(row) else ""
    if heading and bare(heading) != parts[-1].name:
        parts.append(Part(bare(heading)))
    for column in named:
        cell = " ".join(row[column].split()) if column < len(row) else ""
        if cell and not _NUMBER.fullmatch(cell) and not cell.startswith(("※", "＊")):
            parts[-1].cells.setdefault(column, []).append(cell)


def _is_alone(row: Sequence[str]) -> bool:
    """Whether a row holds nothing but the name of a file."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) == 1 and bool(_FILE.fullmatch(cells[0]))


def _is_owner(cell: str) -> bool:
    return bool(_OWNER.fullmatch(plain(cell)))
