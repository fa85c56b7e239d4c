"""Forms of label and value: which words are labels, and what stands beside them."""

import re
from collections.abc import Sequence

from core import fold
from intake.table.grid import Grid, filled

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
    "事業名": "name",
    "事業の名称": "name",
    "事務名": "name",
    "業務の名称": "name",
    "目的": "purpose",
    "事業の目的": "purpose",
    "業務の目的": "purpose",
    "個人情報の内容": "items",
    "個人情報の種類": "items",
    "取り扱う個人情報": "items",
    "取扱う個人情報": "items",
    "収集する個人情報": "items",
    "取得する個人情報": "items",
    "提供する個人情報": "items",
    "対象者": "scope",
    "対象となる個人": "scope",
    "取得方法": "collection",
    "入手方法": "collection",
    "取得先": "collection",
    "入手先": "collection",
    "提供先": "recipients",
}
_SENTENCE = re.compile(r"(。|含む|含まない|含まれる|含まれない|いる|いない|ある|あり|なし|ない)$")
"""How a text ends that begins like a label and says something."""
_BEGINNINGS = tuple(words for words in _LABELS if len(words) >= 6)
"""Labels that may go on: …が含まれるときは、その旨."""
_CUT = re.compile(r"(.{2,60}?)[：:　 \t][：: \t　]*(?!その旨|の|及び|又は)(?=\S)")
_STRIP = re.compile(r"[\s　()（）「」【】\[\]]|^[\d０-９①-⑳ⅰ-ⅻ]+[.．、]?")


def opened(grid: Grid) -> Grid:
    """The grid with the label of each line cut off, where labels and values share a cell.

    >>> opened([["記録項目：氏名、住所"], ["記録範囲　市民"], ["収集方法 本人"]])
    [['記録項目', '氏名、住所'], ['記録範囲', '市民'], ['収集方法', '本人']]
    """
    if any(filled(row) > 1 for row in grid):
        return grid
    cut: list[list[str]] = []
    begun = False
    for row in grid:
        text = "".join(row).strip()
        found = _CUT.match(text)
        pair = found is not None and label(found.group(1)) is not None
        begun = begun or pair
        if found and pair:
            cut.append([found.group(1), text[found.end() :]])
        else:
            cut.append(["", text] if begun and not label(text) else [text])
    return cut if len(places_of(cut)) >= 3 else grid


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
    return next(_LABELS[words] for words in _BEGINNINGS if text.startswith(words))


def places_of(grid: Grid) -> dict[str, tuple[int, int]]:
    """Where the first label of each field stands; nothing where no file and no items are named."""
    places: dict[str, tuple[int, int]] = {}
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            field = label(cell)
            if field and field != "other":
                places.setdefault(field, (row, column))
    return places if places.keys() & {"items", "name"} else {}


def heading_of(grid: Grid) -> int | None:
    """The row that heads a table with a row for each register."""
    for number, row in enumerate(grid):
        fields = {label(cell) for cell in row} - {None, "other"}
        if len(fields) >= 3 and "items" in fields:
            return number
    return None


def values_of(grid: Grid) -> dict[str, str]:
    """The texts beside the labels of a form, by field."""
    return {
        field: "\n".join(text for cells in beside(grid, row, column) for text in texts_of(cells))
        for field, (row, column) in places_of(grid).items()
    }


def forms_of(grid: Grid) -> list[Grid]:
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


def columns_of(form: Grid) -> list[Grid]:
    """The forms that stand side by side with their labels said once, else the form alone."""
    places = places_of(form)
    if not {"name", "items"} <= places.keys() or places["name"][1] != places["items"][1]:
        return [form]
    first, named, listed = places["name"][1], *(form[places[f][0]] for f in ("name", "items"))
    filled_in = [c for c in range(first + 1, len(named)) if named[c].strip()]
    apart = all(c < len(listed) and listed[c].strip() and not label(named[c]) for c in filled_in)
    if len(filled_in) < 2 or not apart or any(label(cell) for cell in listed[first + 1 :]):
        return [form]
    return [[[*row[: first + 1], *row[c : c + 1]] for row in form] for c in filled_in]


def beside(grid: Grid, row: int, column: int) -> list[Sequence[str]]:
    """The cells of a value: right of its label, else below, with unlabelled rows that follow."""
    right = grid[row][column + 1 :]
    beside = bool(texts_of(right))
    rows = [right] if beside else []
    for cells in grid[row + 1 :]:
        if not texts_of(cells) or any(label(cell) for cell in cells[: column + 1]):
            break
        if beside and column < len(cells) and cells[column].strip():
            break
        if any(label(cell) for cell in cells) and not _is_remark(cells):
            break
        rows.append(cells[column + 1 :] if beside else cells)
    return rows


def _is_remark(cells: Sequence[str]) -> bool:
    """Whether the only label of a row is 備考 at its end, which is an item there."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    return len(texts) > 1 and texts[-1] == "備考" and not any(map(label, texts[:-1]))


def texts_of(cells: Sequence[str]) -> list[str]:
    """The texts of a row up to the next label."""
    texts: list[str] = []
    for cell in cells:
        if label(cell) and not _is_remark(cells):
            break
        if cell.strip() and cell.strip() not in texts[-1:]:
            texts.append(cell.strip())
    return texts
