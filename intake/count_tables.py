"""A table of counts as it stands, as specifications of tables to protect: one for each thing that
is counted, in the plain form in which `anonymizer.tables.TableSpec` reads them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from core import InputError, fold
from intake.read import read
from intake.table.count_table import Axis, CountTable, count_words, read_count_table
from intake.upload import ReadOptions, Upload

_VARYING = re.compile(r"\d+|男|女|(?:fe)?male")
"""What tells the columns of one sort apart."""
TOTAL = "計"
"""What a total is called that the file does not print."""
Specification = dict[str, Any]
"""`name`, `names`, `dims`, `cells` and `population` of a table."""
Group = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Tree:
    """What of an axis goes into one table: a total with its parts, or one code by itself."""

    root: str
    groups: tuple[Group, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """All of its codes; a total that is not printed is among them."""
        named = (code for parent, parts in self.groups for code in (parent, *parts))
        return tuple(dict.fromkeys(named)) or (self.root,)


def count_tables(name: str, content: bytes, *, withheld: bool = False) -> list[Specification]:
    """The tables of a file of counts, read as it stands: wide, with several rows of headers, notes,
    totals in rows and columns.

    None for a plain list of counts without totals, and for a specification in JSON: those are
    tables already.

    Args:
        name: the file's name, for messages.
        content: the file.
        withheld: whether cells may be withheld, as in an earlier publication.

    Raises:
        InputError: the file cannot be read, or a cell holds no number.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return []
    (dataset, *_) = read([Upload(name, content)], {name: ReadOptions(kind="data")})
    found = read_count_table(dataset.table) if dataset.table is not None else None
    if found is None or (len(found.counted) == 1 and not any(a.sums for a in found.axes)):
        return []
    return specifications(found, name, withheld=withheld)


def specifications(found: CountTable, name: str, *, withheld: bool = False) -> list[Specification]:
    """The tables that a table of counts holds.

    What is counted in columns that do not add up with the others (世帯数 beside 人口) is a table of
    its own.

    Args:
        found: the counts as they stand.
        name: what to call them in messages.
        withheld: whether cells may be withheld, as in an earlier publication.

    Raises:
        InputError: a cell that a row and a column name holds no number.
    """
    missing = np.isnan(found.values) & ~(found.withheld if withheld else False)
    there = (found.rows > 0).reshape(*found.rows.shape, *[1] * found.columns.ndim)
    if blank := int((missing & there).sum()):
        raise InputError.of("intake.count_tables.no_number", source=name, n=blank)
    across = found.rows.ndim
    trees = [_trees(axis, in_header=n >= across) for n, axis in enumerate(found.axes)]
    return [
        _table(found, name, chosen) | {"population": _population(chosen, trees)}
        for chosen in product(*trees)
    ]


def _population(chosen: Sequence[_Tree], trees: Sequence[Sequence[_Tree]]) -> str:
    """What is counted, where a file counts several things; the total of a file needs no name.

    Tables of one population are compared with each other and with earlier publications.
    """
    total = count_words("totals")
    several = [t.root for t, own in zip(chosen, trees, strict=True) if len(own) > 1]
    return "・".join(root for root in several if not total.search(fold(root)))


def _trees(axis: Axis, *, in_header: bool) -> list[_Tree]:
    """How the codes of an axis are shared out among tables."""
    groups: dict[str, list[Group]] = {}
    for s in axis.sums:
        parts = tuple(axis.codes[part] for part in s.parts)
        groups.setdefault(axis.codes[s.total], []).append((axis.codes[s.total], parts))
    below = {code for own in groups.values() for _, parts in own for code in parts}
    roots = [code for code in axis.codes if code not in below]
    single = [code for code in roots if code not in groups]
    if len(single) == len(roots) > 1 and not (in_header and _unlike(roots)):
        total = next(t for t in (TOTAL, f"（{TOTAL}）") if t not in roots)
        return [_Tree(total, ((total, tuple(roots)),))]
    return [_Tree(root, tuple(_under(root, groups))) for root in roots]


def _under(code: str, groups: Mapping[str, Sequence[Group]]) -> Iterator[Group]:
    """All ways in which a code is divided, and its parts in turn."""
    for group in groups.get(code, ()):
        yield group
        for part in group[1]:
            yield from _under(part, groups)


def _unlike(headers: Sequence[str]) -> bool:
    """Whether headers count things of different sorts, not bands or kinds of one.

    >>> [_unlike(h) for h in (["0〜4歳", "5〜9歳", "10〜14歳"], ["男", "女"], ["世帯数", "人口"])]
    [False, False, True]
    """
    forms = [_VARYING.sub("*", fold(header)) for header in headers]
    return max(map(forms.count, forms)) <= len(forms) / 2


def _table(found: CountTable, name: str, trees: Sequence[_Tree]) -> Specification:
    held = [n for n, tree in enumerate(trees) if tree.groups]
    places = [{code: i for i, code in enumerate(axis.codes)} for axis in found.axes]
    codes = [[c for c in t.codes if c in place] for t, place in zip(trees, places, strict=True)]
    cells = []
    for each in product(*codes):
        at = tuple(place[code] for place, code in zip(places, each, strict=True))
        number = None if np.isnan(found.values[at]) else float(found.values[at])
        if number is not None or found.withheld[at]:
            cells.append((tuple(each[n] for n in held), number))
    return {
        "name": " ".join((name, *(tree.root for tree in trees if not tree.groups))),
        "names": tuple(found.axes[n].name for n in held),
        "dims": tuple(trees[n].groups for n in held),
        "cells": cells,
    }
