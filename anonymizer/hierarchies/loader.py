"""Hierarchies from a directory, in ARX's format: `*_<column>.csv`, `;`, from leaf to `*`.

Tabs or commas are taken where there is no `;`, and blanks around a value are dropped.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from anonymizer.hierarchies.hierarchy import Hierarchy
from core import Column, Counts, InputError, Problem, mask
from language import decode
from measure import canonical


def parse_hierarchy(name: str, content: bytes) -> Hierarchy:
    """A hierarchy from a file's content. Raises InputError saying what is wrong, and where.

    >>> parse_hierarchy("sex", "Male;*\\nFemale;*\\n".encode()).leaves
    ('Male', 'Female')
    """
    try:
        text = str(decode(content))
    except InputError:
        raise InputError.of("anonymizer.loader.hierarchy_encoding", source=name) from None
    mark = next((mark for mark in ";\t," if mark in text), ";")
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    return Hierarchy.of(name, ([cell.strip() for cell in row] for row in rows if row))


def load_hierarchies(directory: str | Path) -> dict[str, Hierarchy]:
    """Every hierarchy in a directory by its column. All problems of all files are raised together.

    The column is what follows the last `_` that leaves a name; a file `h_native-country.csv` is for
    the column native-country.
    """
    folder = Path(directory)
    files = sorted(folder.glob("*_*.csv")) if folder.is_dir() else []
    if not files:
        raise InputError.of("anonymizer.loader.no_hierarchies", source=folder.name)
    found: dict[str, Hierarchy] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            found[_column_of(file.stem)] = parse_hierarchy(file.name, file.read_bytes())
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return found


def _column_of(stem: str) -> str:
    """`adult_hierarchy_age` is for the column age; `x_hierarchy_a_b` for a_b."""
    _, mark, rest = stem.partition("_hierarchy_")
    return rest if mark else stem.partition("_")[2]


def check_covers(hierarchy: Hierarchy, column: Column) -> None:
    """Raise InputError where a column holds values that its hierarchy lacks."""
    lacking = [
        i
        for i, text in enumerate(column.texts)
        if text.strip() and canonical(text) not in hierarchy.places
    ]
    if lacking:
        raise InputError(missing_values(column.key, column.texts, column.counts, lacking))


def missing_values(
    name: str, texts: Sequence[str], counts: Counts, lacking: Sequence[int]
) -> Problem:
    """The problem of texts that the hierarchy of a column does not hold, told by their shapes."""
    return Problem.of(
        "anonymizer.loader.hierarchy_misses_values",
        source=name,
        name=name,
        rows=int(counts[list(lacking)].sum()),
        shapes="、".join(list(dict.fromkeys(mask(texts[i]) for i in lacking))[:3]),
    )
