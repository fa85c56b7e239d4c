"""What makes a table impossible to use, all of it at once, each with what to do about it."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from anonymizer.tables.spec import Group, TableSpec, codes_of, coverage
from anonymizer.tables.system import System, link, listed_keys
from core import InputError, Message, Problem

MAX_CELLS = 200_000
TOLERANCE = 1e-6


def check(tables: Sequence[TableSpec], published: Sequence[TableSpec] = ()) -> System:
    """The linked system of tables that can be used.

    Raises:
        InputError: with every problem found.
    """
    problems = [p for spec in tables for p in _shape_problems(spec, withheld=False)]
    problems += [p for spec in published for p in _shape_problems(spec, withheld=True)]
    if not tables:
        problems.append(
            _problem(
                "tables.none",
                "表がありません。表を1つ以上渡してください。",
                "There is no table. Give at least one.",
            )
        )
    if problems:
        raise InputError(problems)
    problems = list(_disagreements(tables, published))
    system = link(tables, published)
    problems += _margins(system)
    if problems:
        raise InputError(problems)
    return system


def _problem(code: str, ja: str, en: str, source: str = "") -> Problem:
    return Problem(code=code, message=Message(ja=ja, en=en), source=source or None)


def _shape_problems(spec: TableSpec, *, withheld: bool) -> Iterator[Problem]:
    found = list(_dimension_problems(spec))
    yield from found
    if found:
        return
    size = 1
    for dimension in spec.dims:
        size *= len(codes_of(dimension))
    if size > MAX_CELLS:
        yield _problem(
            "tables.too_large",
            f"表のセルが {size:,} 個あり、上限の {MAX_CELLS:,} 個を超えています。"
            "分類をまとめるか、表を分けてください。",
            f"The table has {size:,} cells; the limit is {MAX_CELLS:,}. "
            "Collapse categories or split the table.",
            spec.name,
        )
        return
    yield from _cell_problems(spec, withheld)


def _dimension_problems(spec: TableSpec) -> Iterator[Problem]:
    if not spec.dims or not all(spec.dims):
        yield _problem(
            "tables.no_dimension",
            "分類（行・列）がありません。分類の列を1つ以上指定してください。",
            "The table has no dimension. Name at least one dimension column.",
            spec.name,
        )
        return
    if len(spec.names) != len(spec.dims):
        yield _problem(
            "tables.names",
            f"分類の名前（names）が {len(spec.names)} 個、分類（dims）が {len(spec.dims)} 個です。"
            "同じ数にしてください。",
            f"There are {len(spec.names)} names for {len(spec.dims)} dimensions. "
            "Give one name per dimension.",
            spec.name,
        )
        return
    for number, dimension in enumerate(spec.dims, 1):
        if _has_cycle(dimension):
            yield _problem(
                "hierarchy.cycle",
                f"{number} 番目の分類の階層が輪になっています（ある区分が、めぐって自分自身の"
                "内訳になっています）。親子の組を直してください。",
                f"The hierarchy of dimension {number} goes in a circle: a code is, by way of "
                "others, a part of itself. Correct the parent and child pairs.",
                spec.name,
            )
        elif any(not parts or len(set(parts)) < len(parts) for _, parts in dimension):
            yield _problem(
                "hierarchy.parts",
                f"{number} 番目の分類に、内訳のない親か、同じ内訳を二度書いた親があります。"
                "内訳を1つずつ書いてください。",
                f"In dimension {number} a parent has no children or names one twice. "
                "List each child once.",
                spec.name,
            )
        elif _overlaps(dimension):
            yield _problem(
                "hierarchy.overlap",
                f"{number} 番目の分類に、内訳どうしが重なる親があります（合計が内訳の和に"
                "なりません）。重なりをなくしてください。",
                f"In dimension {number} the children of a parent overlap, so that they cannot "
                "add up to it. Remove the overlap.",
                spec.name,
            )


def _has_cycle(dimension: Sequence[Group]) -> bool:
    children: dict[str, set[str]] = {}
    for parent, parts in dimension:
        children.setdefault(parent, set()).update(parts)
    left = dict(children)
    while left:
        ready = [p for p, parts in left.items() if not parts & left.keys()]
        if not ready:
            return True
        for parent in ready:
            del left[parent]
    return False


def _overlaps(dimension: Sequence[Group]) -> bool:
    cover = coverage(dimension)
    for _, parts in dimension:
        together = sum(len(cover[p]) for p in parts)
        union = frozenset().union(*(cover[p] for p in parts))
        if together != len(union):
            return True
    return False


def _cell_problems(spec: TableSpec, withheld: bool) -> Iterator[Problem]:
    if not spec.cells:
        yield _problem(
            "tables.empty",
            "表にセルがありません。件数の入った行を1行以上入れてください。",
            "The table has no cells. It needs at least one row with a count.",
            spec.name,
        )
    known = [set(codes_of(d)) for d in spec.dims]

    def fits(codes: tuple[str, ...]) -> bool:
        return len(codes) == len(known) and all(c in k for c, k in zip(codes, known, strict=True))

    bad: dict[str, list[int]] = {}
    for number, cell in enumerate(spec.cells, 1):
        value = cell.value
        if not fits(cell.codes):
            bad.setdefault("code", []).append(number)
        if value is None:
            if not withheld:
                bad.setdefault("missing", []).append(number)
        elif not np.isfinite(value):
            bad.setdefault("missing", []).append(number)
        elif value < 0:
            bad.setdefault("negative", []).append(number)
        elif spec.is_count and value != round(value):
            bad.setdefault("fractional", []).append(number)
        if any(t < 0 for t in cell.top) or (
            cell.top and value is not None and sum(cell.top) > value * (1 + TOLERANCE) + TOLERANCE
        ):
            bad.setdefault("top", []).append(number)
    twice = [c for c, n in Counter(c.codes for c in spec.cells).items() if n > 1]
    if twice:
        second = [n for n, c in enumerate(spec.cells, 1) if c.codes in set(twice)]
        bad["twice"] = second
    if stray := [n for n, codes in enumerate(spec.primary or (), 1) if not fits(codes)]:
        bad["primary"] = stray
    for kind, numbers in bad.items():
        ja, en = _CELL_MESSAGES[kind]
        where = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}…{numbers[-1]}"
        yield _problem(
            f"tables.{kind}",
            f"{ja}（{len(numbers)} 件、{where} 番目）",
            f"{en} ({len(numbers)}, number {where})",
            spec.name,
        )


_CELL_MESSAGES = {
    "code": (
        "分類にない区分のセルがあります。階層に区分を加えるか、セルの区分名を直してください。",
        "Cells use a code that their dimension does not have. Add it there or correct it.",
    ),
    "missing": (
        "値のないセルがあります。件数を入れてください（0 は 0 と書きます）。",
        "Cells have no value. Fill in the count (write 0 for zero).",
    ),
    "negative": (
        "負の値のセルがあります。件数は 0 以上です。値を直してください。",
        "Cells are negative. A count is 0 or more; correct the values.",
    ),
    "fractional": (
        "端数のある件数があります。件数は整数です。平均や割合なら元の件数を、"
        "金額などの集計なら各セルに件数 n を入れてください。",
        "Cells are fractions. A count is a whole number: give the counts behind an average or a "
        "rate, or state the contributors n of each cell if these are amounts.",
    ),
    "top": (
        "上位の寄与（top）が負か、合わせてセルの値を超えています。値を確かめてください。",
        "The largest contributions are negative or exceed their cell. Check them.",
    ),
    "twice": (
        "同じ区分のセルが二度以上あります。1つにまとめてください。",
        "The same cell is listed more than once. Keep one.",
    ),
    "primary": (
        "秘匿指定（primary）に、表にないセルがあります。区分名を直してください。",
        "The list of primary cells names a cell the table does not have. Correct its codes.",
    ),
}


def _disagreements(
    tables: Sequence[TableSpec], published: Sequence[TableSpec]
) -> Iterator[Problem]:
    """Cells that two tables both list, with different values."""
    seen: dict[object, tuple[float, str]] = {}
    different = 0
    names: set[str] = set()
    for key, value, name in listed_keys([*tables, *published]):
        first = seen.setdefault(key, (value, name))
        if abs(first[0] - value) > TOLERANCE * max(1.0, abs(value)):
            different += 1
            names |= {first[1], name} - {""}
    if different:
        yield _problem(
            "tables.disagree",
            f"複数の表に共通するセルのうち {different} 個の値が食い違っています。同じ集団の表なら"
            "値をそろえ、別の集団や別の時点の表なら、分けて実行するか、JSON の表の population に"
            "別の名前を付けてください。",
            f"{different} cells that several tables share have different values. Make them agree, "
            "or protect tables of other people or other times in a run of their own (or give them "
            "different `population` names in a JSON specification).",
            " / ".join(sorted(names)),
        )


def _margins(system: System) -> list[Problem]:
    values = system.values
    gap = system.relations @ np.nan_to_num(values)
    scale = np.maximum(1.0, abs(system.relations) @ np.abs(np.nan_to_num(values)))
    wrong = np.flatnonzero(np.abs(gap) > TOLERANCE * scale)
    if not len(wrong):
        return []
    row = system.relations[[int(wrong[0])]]
    parent = int(row.indices[row.data < 0][0])
    ref = system.refs()[parent]
    place = " × ".join(ref.codes)
    ja = (
        f"合計が内訳の和と合わない箇所が {len(wrong)} か所あります（最初は「{place}」）。"
        "合計か内訳を直すか、合計のセルを省いて計算させてください。"
    )
    en = (
        f"{len(wrong)} totals are not the sum of their parts (first: {place}). Correct the "
        "total or the parts, or leave the totals out to have them computed."
    )
    if len(system.tables) > 1:
        ja += (
            "同じ分類を持つ表は同じ集団の表として扱います。別の集団の表は、分けて実行するか、"
            "JSON の表の population に別の名前を付けてください。"
        )
        en += (
            " Tables that share a dimension are taken to describe the same people: protect others "
            "in a run of their own, or give them a `population` name in a JSON specification."
        )
    return [_problem("tables.margins", ja, en, ref.table)]
