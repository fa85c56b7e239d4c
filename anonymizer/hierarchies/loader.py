"""Hierarchies from a directory, in ARX's format: `*_<column>.csv`, `;`, from leaf to `*`.

Tabs or commas are taken where there is no `;`, and blanks around a value are dropped.
"""

import csv
import io
from pathlib import Path

from anonymizer.hierarchies.hierarchy import Hierarchy, check_paths
from core import Column, InputError, Message, Problem, mask
from measure import canonical


def parse_hierarchy(name: str, content: bytes) -> Hierarchy:
    """A hierarchy from a file's content. Raises InputError saying what is wrong, and where.

    >>> parse_hierarchy("sex", "Male;*\\nFemale;*\\n".encode()).leaves
    ('Male', 'Female')
    """
    return Hierarchy.of(name, _rows(name, content))


def load_hierarchies(directory: str | Path) -> dict[str, Hierarchy]:
    """Every hierarchy in a directory by its column. All problems of all files are raised together.

    The column is what follows the last `_` that leaves a name; a file `h_native-country.csv` is for
    the column native-country.
    """
    folder = Path(directory)
    files = sorted(folder.glob("*_*.csv")) if folder.is_dir() else []
    if not files:
        raise InputError.of(
            "no_hierarchies",
            ja="階層のファイルが見つかりません。「名前_列名.csv」の形で置いてください。",
            en="No hierarchy files were found. Name them “name_column.csv”.",
            source=folder.name,
        )
    found: dict[str, Hierarchy] = {}
    problems: list[Problem] = []
    for file in files:
        column = _column_of(file.stem)
        try:
            found[column] = parse_hierarchy(file.name, file.read_bytes())
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return found


def _column_of(stem: str) -> str:
    """`adult_hierarchy_age` is for the column age; `x_hierarchy_a_b` for a_b."""
    _, mark, rest = stem.partition("_hierarchy_")
    return rest if mark else stem.partition("_")[2]


def _rows(name: str, content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InputError.of(
            "hierarchy_encoding",
            ja="階層の文字コードを読めません。UTF-8で保存し直してください。",
            en="The hierarchy's encoding is not readable. Save it as UTF-8.",
            source=name,
        )
    mark = next((mark for mark in ";\t," if mark in text), ";")
    lines = csv.reader(io.StringIO(text), delimiter=mark)
    rows = [[cell.strip() for cell in row] for row in lines if row]
    problems = check_paths(name, rows)
    if problems:
        raise InputError(problems)
    return rows


def check_covers(hierarchy: Hierarchy, column: Column) -> None:
    """Raise InputError where a column holds values that its hierarchy lacks."""
    lacking = [
        i
        for i, text in enumerate(column.texts)
        if text.strip() and canonical(text) not in hierarchy.places
    ]
    if lacking:
        shapes = list(dict.fromkeys(mask(column.texts[i]) for i in lacking))[:3]
        rows = int(column.counts[lacking].sum())
        raise InputError(missing_values(column.key, rows, shapes))


def missing_values(name: str, rows: int, shapes: list[str]) -> Problem:
    """The problem of values that a hierarchy does not hold."""
    shown = "、".join(shapes)
    return Problem(
        code="hierarchy_misses_values",
        source=name,
        message=Message(
            ja=f"項目「{name}」の{rows}行の値が階層にありません（形：{shown}）。"
            "階層にその値の行を加えてください。",
            en=f"{rows} rows of column “{name}” hold values that its hierarchy lacks "
            f"(shapes: {shown}). Add a row for each to the hierarchy.",
        ),
    )
