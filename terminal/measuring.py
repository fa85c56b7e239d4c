"""`mekiki risk`."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import accumulate
from math import comb
from typing import Any

import anonymizer
from anonymizer import Hierarchy, LevelRisk
from core import Language, Table, UsageError
from desk import THRESHOLD
from measure import Measures, Suda, canonical, code, measure_risk, suda2
from terminal import opening
from terminal.output import emit

_MOST_COMBINATIONS = 1_100


def add(commands: Any, common: Any) -> None:
    """Declare the command."""
    risk = commands.add_parser("risk", parents=[common], help="measure re-identification risk")
    risk.add_argument("data", nargs=1, metavar="DATA")
    risk.add_argument("--quasi", type=opening.names, required=True, metavar="a,b,c")
    risk.add_argument("--sensitive", type=opening.names, default=(), metavar="s")
    risk.add_argument(
        "--hierarchies",
        metavar="DIR",
        help="also measure the risk at every level of each column's hierarchy, and t over it",
    )
    risk.add_argument("--threshold", type=int, default=THRESHOLD)
    drawn = risk.add_mutually_exclusive_group()
    drawn.add_argument(
        "--sampling-fraction",
        type=float,
        metavar="SHARE",
        help="share of the population that is in the file, for the risk in the population",
    )
    drawn.add_argument("--weights", metavar="COLUMN", help="a column of sampling weights")
    opening.add_reading(risk)
    risk.set_defaults(run=run_risk)


def run_risk(args: Namespace) -> int:
    """All measures over the named quasi-identifiers."""
    session = opening.open_session(args)
    table = opening.table_of(session)
    given = opening.hierarchies(args.hierarchies)
    _refuse_unused(given, (*args.quasi, *args.sensitive))
    measured = measure_risk(
        table,
        args.quasi,
        threshold=args.threshold,
        sensitive=args.sensitive,
        sampling_fraction=args.sampling_fraction,
        weights=args.weights,
    )
    largest = _searchable(len(args.quasi))
    special = suda2([code(table[name], canonical) for name in args.quasi], largest)
    levels = anonymizer.risk_by_level(table, args.quasi, given, args.threshold)
    data = {
        **measured.report().model_dump(mode="json"),
        "k_wildcard": measured.k_wildcard,
        "k_all_rows": measured.k_all_rows,
        "suppressed": measured.suppressed,
        "prosecutor": measured.prosecutor,
        "journalist": measured.journalist,
        "marketer": measured.marketer,
        "population_risk": measured.population_risk,
        "average_class_size": measured.average_size,
        "class_sizes": {str(size): n for size, n in measured.histogram().items()},
        "l": min((d.distinct_l for d in measured.diversity), default=None),
        "t": max((d.t for d in measured.diversity), default=None),
        "sensitive": [
            asdict(d) | {"t_hierarchical": _t_over(table, args.quasi, d.column, given)}
            for d in measured.diversity
        ],
        "by_level": [asdict(level) for level in levels],
        "suda2": {
            "max_size": largest,
            "special_uniques": int((special.smallest > 0).sum()),
            "by_size": {str(size): n for size, n in special.by_size.items()},
            "by_column": special.by_column,
        },
    }
    emit(args, data, _lines(measured, special, levels, args.lang))
    return 0


def _searchable(columns: int) -> int:
    """The largest size of combination to search: all up to ten columns, fewer beyond.

    >>> _searchable(8), _searchable(10), _searchable(20)
    (8, 10, 2)
    """
    sizes = range(1, columns + 1)
    total = list(accumulate(comb(columns, size) for size in sizes))
    return max(2, sum(n <= _MOST_COMBINATIONS for n in total)) if columns > 1 else columns


def _t_over(
    table: Table, quasi: Sequence[str], column: str, given: Mapping[str, Hierarchy]
) -> float | None:
    """The distance over a sensitive column's hierarchy; None where none was given."""
    if column not in given:
        return None
    return anonymizer.t_by_hierarchy(table, quasi, column, given[column])


def _refuse_unused(given: Mapping[str, Hierarchy], named: Sequence[str]) -> None:
    """Say so where no hierarchy is for a column that was named.

    Raises:
        UsageError: none of them would be used.
    """
    if given and not set(given) & set(named):
        raise UsageError.of(
            "hierarchies-for-other-columns",
            ja=f"階層のファイルはどれも、指定した列（{'、'.join(named)}）のものではありません。"
            "ファイル名を「名前_列名.csv」の形にしてください。",
            en=f"None of the hierarchies is for a named column ({', '.join(named)}). "
            "Name the files “name_column.csv”.",
        )


def _lines(
    measured: Measures, special: Suda, levels: Sequence[LevelRisk], lang: Language
) -> list[str]:
    return _ja(measured, special, levels) if lang == "ja" else _en(measured, special, levels)


def _ja(m: Measures, special: Suda, levels: Sequence[LevelRisk]) -> list[str]:
    said = [
        f"準識別子：{'、'.join(m.quasi)}（{m.rows:,}行、{m.classes:,}通りの組合せ）",
        f"最も小さい集まり：{m.k:,}人（k={m.k}。「*」を何にでも合うとみれば{m.k_wildcard:,}、"
        f"秘匿された行も一つの集まりに数えれば{m.k_all_rows:,}）",
        f"一人しかいない人：{m.uniques:,}人",
        f"{m.threshold}人未満の集まりにいる人：{m.share_at_risk:.1%}",
        f"（{m.threshold_source.ja}）",
        f"本人がいると知る人が当てる確率の最大：{m.prosecutor:.3g}",
        f"いるかどうか知らない人が当てる確率の最大：{m.journalist:.3g}",
        f"全員を照合したときに当たる割合：{m.marketer:.3g}",
    ]
    if m.population_risk is not None:
        said.append(f"母集団でみた再識別の期待割合：{m.population_risk:.3g}")
    said.append(f"少ない項目だけで一人に絞られる行：{int((special.smallest > 0).sum()):,}行")
    said += [
        f"「{d.column}」：集まりごとに少なくとも{d.distinct_l}種類（l）、"
        f"全体との隔たりは最大{d.t:.3f}（t）、同じ値の割合は最大{d.alpha:.0%}"
        for d in m.diversity
    ]
    return said + [
        f"「{x.column}」を{x.level}段階粗くすると：k={x.k}、一人しかいない人{x.uniques:,}人、"
        f"{m.threshold}人未満{x.share_at_risk:.1%}"
        for x in levels
        if x.level
    ]


def _en(m: Measures, special: Suda, levels: Sequence[LevelRisk]) -> list[str]:
    said = [
        f"Quasi-identifiers: {', '.join(m.quasi)} ({m.rows:,} rows, {m.classes:,} combinations)",
        f"Smallest group: {m.k:,} (k = {m.k}; {m.k_wildcard:,} if “*” matches anything, "
        f"{m.k_all_rows:,} with suppressed rows as one group)",
        f"People who are alone: {m.uniques:,}",
        f"People in groups under {m.threshold}: {m.share_at_risk:.1%}",
        f"({m.threshold_source.en})",
        f"Highest chance of a right guess, presence known: {m.prosecutor:.3g}",
        f"Highest chance of a right guess, presence unknown: {m.journalist:.3g}",
        f"Expected share of right matches: {m.marketer:.3g}",
    ]
    if m.population_risk is not None:
        said.append(f"Expected share re-identified, in the population: {m.population_risk:.3g}")
    said.append(f"Rows singled out by few columns: {int((special.smallest > 0).sum()):,}")
    said += [
        f"“{d.column}”: at least {d.distinct_l} values in a group (l), at most {d.t:.3f} "
        f"from the whole (t), at most {d.alpha:.0%} alike"
        for d in m.diversity
    ]
    return said + [
        f"“{x.column}” {x.level} level(s) coarser: k = {x.k}, alone {x.uniques:,}, "
        f"in groups under {m.threshold} {x.share_at_risk:.1%}"
        for x in levels
        if x.level
    ]
