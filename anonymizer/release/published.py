"""Who can be found in a file with the help of a list that is out already, by value or by place."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from anonymizer.hierarchies.bands import age_span, read_range
from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.hierarchies.ladders import AGES, NUMBERS, OTHER, ladder
from core import Codes, ColumnType, Table, beat
from measure import STAR, canonical, code, combine, group

Held = Mapping[str, tuple[Sequence[str], Codes]]
"""Of each column of the file: its texts, and each row's number among them."""
Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
_BLOCK = 20_000_000
"""Pairs of a listed and a released combination that are compared at once."""
_SHIFTS = 20


def fits(
    texts: Sequence[str], labels: Sequence[str], kind: ColumnType, tree: Hierarchy | None
) -> Bools:
    """Whether each label of a file may stand for each text of a list, shape (texts, labels).

    >>> fits(["34", "70"], ["30～39歳", "*"], ColumnType.AGE, None).tolist()
    [[True, True], [False, True]]
    """
    found = np.zeros((len(texts), len(labels)), bool)
    found[:, [i for i, label in enumerate(labels) if label in (STAR, OTHER)]] = True
    number = {canonical(label): i for i, label in enumerate(labels)}
    rungs = ladder(kind, texts)
    read = age_span if kind in AGES else read_range if kind in NUMBERS else None
    spans = [read(label) if read else None for label in labels]
    for row, text in enumerate(texts):
        same = [text, *(tree.ways.get(canonical(text), ()) if tree else ())]
        same += [label for rung in rungs if (label := rung.label(text)) is not None]
        found[row, [number[c] for t in same if (c := canonical(t)) in number]] = True
        mine = read(text) if read else None
        for i, span in enumerate(spans if mine else ()):
            if span and mine and span[0] <= mine[1] and mine[0] <= span[1]:
                found[row, i] = True
    return found


def candidates(
    table: Table,
    held: Held,
    kinds: Mapping[str, ColumnType],
    hierarchies: Mapping[str, Hierarchy],
    owners: Codes | None,
) -> Counts:
    """For each row of a list, how many units of the file may be the one it tells of; (rows,)."""
    listed = [code(table[name]) for name in held]
    people = group(combine([c.codes for c in listed], [c.size for c in listed]))
    theirs = np.stack([c.codes[people.first_rows()] for c in listed], axis=1)
    columns = [codes for _, codes in held.values()]
    classes = group(combine(columns, [len(texts) for texts, _ in held.values()]))
    ours = np.stack([codes[classes.first_rows()] for codes in columns], axis=1)
    sizes = classes.sizes
    if owners is not None:
        pairs = group(combine([classes.index, owners], [len(classes), int(owners.max()) + 1]))
        sizes = np.bincount(classes.index[pairs.first_rows()], minlength=len(classes))
    may = [
        fits(c.labels, texts, kinds[name], hierarchies.get(name))
        for c, (name, (texts, _)) in zip(listed, held.items(), strict=True)
    ]
    found = np.zeros(len(people), np.int64)
    step = max(1, _BLOCK // max(len(classes), 1))
    for start in range(0, len(people), step):
        beat()
        some = theirs[start : start + step]
        agree = np.ones((len(some), len(classes)), bool)
        for j, matrix in enumerate(may):
            agree &= matrix[some[:, j]][:, ours[:, j]]
        found[start : start + step] = agree @ sizes
    return found[people.index]


def in_place(
    table: Table,
    held: Held,
    kinds: Mapping[str, ColumnType],
    hierarchies: Mapping[str, Hierarchy],
) -> int:
    """How many rows of the file agree with the row of a list at the same place, more than chance.

    Chance is what the best of some shifted lists reaches; 0 where the lists differ in length.
    """
    rows = len(next(iter(held.values()))[1])
    if rows != table.rows or rows <= 2 * _SHIFTS:
        return 0
    listed = {name: code(table[name]) for name in held}
    may = {
        name: fits(listed[name].labels, texts, kinds[name], hierarchies.get(name))
        for name, (texts, _) in held.items()
    }

    def agreeing(shift: int) -> int:
        every = [
            may[name][np.roll(listed[name].codes, shift), codes]
            for name, (_, codes) in held.items()
        ]
        return int(np.logical_and.reduce(every).sum())

    best = max(agreeing(shift) for shift in range(1, _SHIFTS + 1))
    mine = agreeing(0)
    return mine if mine > 1.2 * best + 5 else 0
