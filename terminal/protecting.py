"""`mekiki protect`."""

import secrets
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from anonymizer.tables import (
    PRESETS,
    Adjusted,
    Override,
    PrimaryRule,
    Protected,
    TableSpec,
    add_noise,
    check_format,
    export,
    load_table,
    mobile_statistics,
    parse_adjacency,
    prepare,
    protect,
    round_tables,
    tabulate,
    tabulate_contributions,
)
from core import PlanError, Table, UsageError, say
from intake import Upload, read
from terminal.opening import hierarchies, read_file
from terminal.output import add_common, complain, emit

TIME_LIMIT = 45.0
"""Seconds; with starting and reading the whole command stays below a minute."""


def declare_protect(parser: ArgumentParser) -> None:
    """The arguments of `mekiki protect`."""
    add_common(parser)
    parser.add_argument("table", nargs="+", metavar="TABLE")
    parser.add_argument("--threshold", type=int, default=None)
    parser.add_argument(
        "--rule", action="append", default=[], metavar="dominance:N,K|p:P|contributors:N"
    )
    parser.add_argument("--method", choices=["suppress", "round", "noise"], default="suppress")
    parser.add_argument("--base", type=int, default=None, metavar="N", help="round to multiples")
    parser.add_argument("--epsilon", type=float, default=None, help="Laplace noise of 1/epsilon")
    parser.add_argument("--cost", choices=["sum", "cells"], default="sum")
    parser.add_argument("--zeros", choices=["publish", "suppress"], default=None)
    parser.add_argument("--published", nargs="+", default=[], metavar="FILE")
    parser.add_argument("--hierarchies", metavar="DIR")
    parser.add_argument("--preset", choices=list(PRESETS), default="cheapest")
    parser.add_argument(
        "--dimensions", action="append", default=[], metavar="a,b", help="count records by these"
    )
    parser.add_argument("--identifier", metavar="COLUMN", help="whose record it is")
    parser.add_argument("--value", metavar="COLUMN", help="sum these amounts instead of counting")
    parser.add_argument("--area", metavar="COLUMN", help="the areas that may be merged")
    parser.add_argument(
        "--neighbour", action="append", default=[], metavar="SMALL=INTO", help="merge into this"
    )
    parser.add_argument(
        "--neighbours", metavar="FILE", help="per row an area and those that touch it"
    )
    parser.add_argument("--out", metavar="FILE", help="write .csv, .xlsx or .json")
    parser.add_argument("--certificate", metavar="FILE")
    parser.add_argument("--override-by", metavar="NAME")
    parser.add_argument("--override-reason", metavar="TEXT")
    parser.add_argument(
        "--time-limit",
        type=float,
        default=TIME_LIMIT,
        metavar="N",
        help="the most work to spend, counted and not timed: about N seconds of it",
    )
    parser.set_defaults(run=run_protect)


def _rule(args: Namespace) -> PrimaryRule:
    written: dict[str, Any] = {"threshold": args.threshold}
    for part in args.rule:
        name, _, value = part.partition(":")
        numbers = [float(n) for n in value.split(",") if _is_number(n)]
        if name == "dominance" and len(numbers) == 2:
            written["dominance"] = (int(numbers[0]), numbers[1])
        elif name == "p" and len(numbers) == 1:
            written["p_percent"] = numbers[0]
        elif name == "contributors" and len(numbers) == 1:
            written["contributors"] = int(numbers[0])
        else:
            raise UsageError.of("terminal.protect.rule")
    try:
        return PrimaryRule(**written)
    except ValidationError:
        raise UsageError.of("terminal.protect.rule") from None


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _load(paths: list[str], directory: str | None) -> list[TableSpec]:
    given = hierarchies(directory)
    return [
        spec for path in paths for spec in load_table(read_file(path), given, name=Path(path).name)
    ]


def _tables(args: Namespace) -> list[TableSpec]:
    """Ready tables, or records counted by each `--dimensions`."""
    by = [tuple(n.strip() for n in d.split(",") if n.strip()) for d in args.dimensions]
    if args.preset == "mobile_statistics" and not (by and args.identifier):
        raise UsageError.of("terminal.protect.mobile")
    if not by:
        if args.identifier or args.value:
            raise UsageError.of("terminal.protect.records")
        return _load(args.table, args.hierarchies)
    key = secrets.token_bytes(32)
    return [_counted(args, _records(path), names, key) for path in args.table for names in by]


def _counted(args: Namespace, records: Table, names: tuple[str, ...], key: bytes) -> TableSpec:
    given, name = hierarchies(args.hierarchies), " × ".join(names)
    if args.preset == "mobile_statistics":
        return mobile_statistics(records, args.identifier, names, key, hierarchies=given, name=name)
    if args.identifier or args.value:
        return tabulate_contributions(
            records,
            names,
            identifier=args.identifier,
            value=args.value,
            hierarchies=given,
            name=name,
        )
    return tabulate(records, names, hierarchies=given, name=name)


def _records(path: str) -> Table:
    (dataset, *_) = read([Upload(Path(path).name, read_file(path))])
    if dataset.table is None:
        raise UsageError.of("terminal.protect.no-data")
    return dataset.table


def _prepared(args: Namespace, tables: list[TableSpec]) -> list[TableSpec]:
    if args.preset in ("merge_areas", "collapse") and args.threshold is None:
        raise UsageError.of("terminal.protect.preset_threshold")
    pairs = [pair.partition("=") for pair in args.neighbour]
    if any(not (small and into) for small, _, into in pairs):
        raise UsageError.of("terminal.protect.neighbour")
    into = {small: place for small, _, place in pairs}
    adjacent = None
    if args.neighbours:
        adjacent = parse_adjacency(read_file(args.neighbours), Path(args.neighbours).name)
    return [prepare(t, args.preset, args.threshold or 0, into, args.area, adjacent) for t in tables]


def _override(args: Namespace) -> Override | None:
    if args.override_by is None and args.override_reason is None:
        return None
    if not args.out:
        raise UsageError.of("terminal.protect.override")
    return Override.record(args.override_by or "", args.override_reason or "")


def _protected(args: Namespace, tables: list[TableSpec], rule: PrimaryRule) -> Protected | Adjusted:
    wanted = {"round": "--base", "noise": "--epsilon"}.get(args.method)
    stray = {"--base": args.base, "--epsilon": args.epsilon}
    missing = wanted is not None and stray.pop(wanted) is None
    if missing or any(value is not None for value in stray.values()):
        raise UsageError.of("terminal.protect.method")
    if args.method == "noise":
        return add_noise(tables, args.epsilon, None if rule.is_empty else rule)
    published = _load(args.published, args.hierarchies)
    if args.method == "round":
        own = None if rule.is_empty else rule
        return round_tables(tables, args.base, own, published=published, time_limit=args.time_limit)
    preset = PRESETS[args.preset]
    return protect(
        tables,
        rule,
        cost=args.cost,
        zeros=args.zeros or preset.zeros,
        published=published,
        complement=preset.complement,
        time_limit=args.time_limit,
    )


def run_protect(args: Namespace) -> int:
    """Protect the tables, print the pattern with its audits, write them where asked to."""
    rule, override = _rule(args), _override(args)
    tables = _prepared(args, _tables(args))
    if args.out:
        check_format(Path(args.out).suffix, len(tables))
    found = _protected(args, tables, rule)
    data = {**found.to_json(), "preset": args.preset, "written": []}
    refused = None
    if args.out:
        try:
            files = export(found, args.out, override=override, certificate_to=args.certificate)
            data["written"] = [file.name for file in files]
        except PlanError as error:
            refused = error
    lines = [
        found.summary(),
        *found.statements(),
        *([] if found.passed else [say("terminal.protect.ways_on")]),
    ]
    emit(args, data, [line.text(args.lang) for line in lines])
    if refused is not None:
        complain(refused, args.lang)
        return 1
    return 0
