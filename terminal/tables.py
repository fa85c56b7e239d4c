"""`mekiki protect`."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from anonymizer.tables import PrimaryRule, TableSpec, load_table, protect
from core import UsageError
from terminal.anonymizing import hierarchies
from terminal.opening import read_file
from terminal.output import emit


def add(commands: Any, common: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("protect", parents=[common], help="protect tables to publish")
    parser.add_argument("table", nargs="+", metavar="TABLE")
    parser.add_argument("--threshold", type=int, default=None)
    parser.add_argument(
        "--rule", action="append", default=[], metavar="dominance:N,K|p:P|contributors:N"
    )
    parser.add_argument("--cost", choices=["sum", "cells"], default="sum")
    parser.add_argument("--zeros", choices=["publish", "suppress"], default="publish")
    parser.add_argument("--published", nargs="+", default=[], metavar="FILE")
    parser.add_argument("--hierarchies", metavar="DIR")
    parser.add_argument("--time-limit", type=float, default=60.0, metavar="SECONDS")
    parser.set_defaults(run=run)


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
            raise _bad_rule()
    try:
        return PrimaryRule(**written)
    except ValidationError:
        raise _bad_rule() from None


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _bad_rule() -> UsageError:
    return UsageError.of(
        "tables.rule",
        ja="基準の書き方が正しくありません。--threshold 5、--rule dominance:1,85、--rule p:10、"
        "--rule contributors:2 のように指定してください。",
        en="The rule is not understood. Write --threshold 5, --rule dominance:1,85, --rule p:10 "
        "or --rule contributors:2.",
    )


def _load(paths: list[str], directory: str | None) -> list[TableSpec]:
    given = hierarchies(directory)
    return [
        spec for path in paths for spec in load_table(read_file(path), given, name=Path(path).name)
    ]


def run(args: Namespace) -> int:
    """Protect the tables and print the pattern with its audits."""
    rule = _rule(args)
    found = protect(
        _load(args.table, args.hierarchies),
        rule,
        cost=args.cost,
        zeros=args.zeros,
        published=_load(args.published, args.hierarchies),
        time_limit=args.time_limit,
    )
    emit(args, found.to_json(), [found.summary().text(args.lang)])
    return 0
