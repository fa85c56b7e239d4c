"""特定個人情報保護評価書: the record items of its annex, or the boxes ticked in its overview."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core import DeclaredColumn, Schema, fold
from intake.grid import Grid
from intake.schema.labels import label_of
from intake.schema.register import TICKED, values_of
from intake.schema.split import split_items

_ANNEX = re.compile(r"特定個人情報ファイル記録項目|別添[12１２].{0,4}記録項目")
_BOXES = re.compile(r"主な記録項目")
_BOXES_END = re.compile(r"その妥当性|全ての記録項目|保有開始日")
_ANNEX_END = re.compile(r"^\s*([ⅢⅣⅤ]|III|[（(]?別添[３3])")
_BASIC = re.compile(r"基礎項目評価書")
_FILE = re.compile(r"[^、,，\n]{1,60}(ファイル|テーブル|台帳|データベース|DB|記録項目)[】＞>）)]?")
_SCOPE = re.compile(r"対象となる本人の範囲")
_PURPOSE = re.compile(r"^\W*[①-⑳]?使用目的|利用目的")
_SOURCE = re.compile(r"^\W*[①-⑳]?入手元")
_RECIPIENT = re.compile(r"^(提供先|移転先)\s*[0-9０-９]+")
_NUMBER = re.compile(r"[(（]?[0-9０-９]{1,4}[)）]?[.．、]?")


def is_assessment(grid: Grid) -> bool:
    """Whether a grid holds the record items of an impact assessment, or its basic form."""
    cells = [cell for row in grid for cell in row]
    return any(p.search(cell) for cell in cells for p in (_ANNEX, _BOXES)) or any(
        _BASIC.search(cell) for cell in cells[:40]
    )


def read_assessment(name: str, grid: Grid) -> list[Schema]:
    """The files of an assessment: all their items where the annex is there, else those ticked.

    None for the basic form, which lists no items.
    """
    about = _about(grid)
    listed = _annex(grid)
    if not listed:
        ticked = tuple(_boxes(grid))
        listed = [_Part(about.get("name", ""), list(ticked))] if ticked else []
    return [_schema(part.name or about.get("name") or name, part.items, about) for part in listed]


def joined(schemas: Sequence[Schema]) -> list[Schema]:
    """The overview and the annex of one assessment as one: the items of the annex, and the rest.

    They belong together by the name of the file, or where there is one of each.
    """
    annex = [s for s in schemas if not s.purpose and not s.record_scope]
    overview = [s for s in schemas if s not in annex]
    if not annex or not overview:
        return list(schemas)
    done: list[Schema] = []
    left = list(overview)
    for items in annex:
        fits = [s for s in left if fold(s.name) == fold(items.name)]
        if not fits and len(annex) == len(overview) == 1:
            fits = overview
        if fits:
            left.remove(fits[0])
            items = fits[0].model_copy(update={"columns": items.columns})
        done.append(items)
    return [*done, *left]


@dataclass
class _Part:
    """One file of the annex."""

    name: str
    items: list[str] = field(default_factory=list)


def _schema(name: str, items: Iterable[str], about: dict[str, str]) -> Schema:
    names = dict.fromkeys(items)
    return Schema(
        name=name.split("\n")[0],
        layout="pia",
        columns=tuple(DeclaredColumn(name=n, position=i) for i, n in enumerate(names, 1)),
        purpose=about.get("purpose", ""),
        record_scope=about.get("scope", ""),
        collection=about.get("collection", ""),
        recipients=tuple(filter(None, about.get("recipients", "").split("\n"))),
    )


def _annex(grid: Grid) -> list[_Part]:
    parts = [_Part("")]
    inside = False
    named: list[int] = []
    for row in grid:
        text = _joined(row)
        if _ANNEX_END.search(text):
            inside = False
        if _ANNEX.search(text):
            inside, named = True, []
            row = [_after_heading(cell) for cell in row]
        if not inside:
            continue
        labels = [c for c, cell in enumerate(row) if (label_of(cell) or (0, ""))[1] == "name"]
        if labels:
            named = labels
            continue
        for cell in [row[c] for c in named if c < len(row)] if named else row:
            _take(cell, parts)
    return [part for part in parts if part.items]


def _after_heading(cell: str) -> str:
    """What stands below the heading of the annex in the same cell."""
    return cell.partition("\n")[2] if _ANNEX.search(cell) else cell


def _take(cell: str, parts: list[_Part]) -> None:
    lines: list[str] = []
    for line in cell.split("\n"):
        text = line.strip()
        if _FILE.fullmatch(text):
            parts[-1].items += split_items("\n".join(lines))
            lines = []
            parts.append(_Part(_bare(text)))
        elif not _NUMBER.fullmatch(text):
            lines.append(line)
    parts[-1].items += split_items("\n".join(lines))


def _bare(heading: str) -> str:
    """The name of a file without brackets, bullets and numbers."""
    text = re.sub(r"^[（(]?[0-9０-９①-⑳]{1,2}[)）.．、]?\s*", "", heading.strip("【】＜＞<>"))
    return text.strip("【】＜＞<>・○●■◆ 　")


def _boxes(grid: Grid) -> Iterator[str]:
    """The labels of the ticked boxes; bracket, tick and label may stand in cells of their own."""
    inside = False
    for row in grid:
        text = _joined(row)
        if _BOXES_END.search(text) or _ANNEX_END.search(text):
            inside = False
        if _BOXES.search(text):
            inside = True
        if inside:
            for first, second in TICKED.findall(text):
                label = re.sub(r"\s*[（(]\s*[)）]\s*$", "", (first or second).strip())
                if label:
                    yield " ".join(label.split())


def _joined(row: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in row if cell.strip())


def _about(grid: Grid) -> dict[str, str]:
    """What the overview says of the file beside its items."""
    about = {key: value for key, value in values_of(grid).items() if key == "name"}
    recipients = []
    for row in grid:
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2:
            continue
        label, value = cells[0], "\n".join(cells[1:])
        if _SCOPE.search(label):
            about.setdefault("scope", value)
        elif _PURPOSE.search(label):
            about.setdefault("purpose", value)
        elif _SOURCE.search(label):
            ticked = [(a or b).strip() for a, b in TICKED.findall(" ".join(cells))]
            about.setdefault("collection", "、".join(ticked) or value)
        elif _RECIPIENT.match(label):
            recipients.append(cells[1])
    return about | ({"recipients": "\n".join(recipients)} if recipients else {})
