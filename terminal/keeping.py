"""`mekiki knowledge` and `mekiki rules`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from core import RuleError, home, own_rules
from terminal.output import add_common, emit


def declare_knowledge(parser: ArgumentParser) -> None:
    """The subcommands of `mekiki knowledge`."""
    kept = parser.add_subparsers(required=True, metavar="add|list|remove|search")
    new = _subcommand(kept, "add", run_add)
    new.add_argument("files", nargs="+", metavar="FILE")
    new.add_argument("--revision", metavar="R")
    _subcommand(kept, "list", run_list)
    _subcommand(kept, "remove", run_remove).add_argument("id")
    _subcommand(kept, "search", run_search).add_argument("query")


def declare_rules(parser: ArgumentParser) -> None:
    """The subcommands of `mekiki rules`."""
    ruled = parser.add_subparsers(required=True, metavar="check|list")
    _subcommand(ruled, "check", run_check).add_argument("directory", nargs="?", metavar="DIR")
    _subcommand(ruled, "list", run_rules)


def _subcommand(commands: Any, name: str, run: Callable[[Namespace], int]) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name)
    add_common(parser)
    parser.set_defaults(run=run)
    return parser


def _library() -> Any:
    from knowledge import Library

    place = home() / "library"
    place.mkdir(parents=True, exist_ok=True)
    return Library(place)


def run_add(args: Namespace) -> int:
    """Import documents."""
    progress = None if args.json else _progress
    added = _library().add([Path(f) for f in args.files], args.revision, progress)
    data = {"documents": [d.model_dump(mode="json") for d in added]}
    emit(args, data, [_line(d) for d in added])
    return 0


def _progress(done: int, steps: int, name: str) -> None:
    print(f"{done}/{steps} {name}".rstrip(), file=sys.stderr)  # noqa: T201


def _line(document: Any) -> str:
    revision = f"  ({document.revision})" if document.revision else ""
    return f"{document.id}  {document.name}{revision}"


def run_list(args: Namespace) -> int:
    """List the imported documents."""
    held = _library().list()
    data = {"documents": [d.model_dump(mode="json") for d in held]}
    emit(args, data, [_line(d) for d in held])
    return 0


def run_remove(args: Namespace) -> int:
    """Remove an imported document."""
    _library().remove(args.id)
    emit(args, {"removed": args.id}, [args.id])
    return 0


def run_search(args: Namespace) -> int:
    """Search cards and documents, in one list by relevance."""
    import knowledge

    found = knowledge.merged(args.query, _library(), lang=args.lang)
    data = {"passages": [p.model_dump(mode="json") for p in found]}
    emit(args, data, [f"{p.source} {p.locator}: {p.quote}" for p in found])
    return 0


def run_check(args: Namespace) -> int:
    """Explain what is wrong in a directory of rules; 2 where something is."""
    import rules

    own = own_rules() if any(own_rules().glob("*.y*ml")) else rules.CATALOG
    problems = rules.check_pack(Path(args.directory) if args.directory else own)
    data = {"problems": [p.model_dump(mode="json") for p in problems]}
    if problems:
        emit(args, data, [])
        raise RuleError(problems)
    emit(args, data, ["OK"])
    return 0


def run_rules(args: Namespace) -> int:
    """List the rules in force today."""
    import rules

    today = date.today()  # noqa: DTZ011
    pack = rules.in_force(own_rules())
    found = [
        {
            "id": c.rule.id,
            "title": c.rule.title.model_dump(),
            "severity": c.rule.severity.value,
            "cards": list(c.rule.cards),
        }
        for c in pack.on(today)
    ]
    data = {"revision": pack.revision, "rules": found}
    lines = [f"{c.rule.id}  {c.rule.title.text(args.lang)}" for c in pack.on(today)]
    emit(args, data, lines)
    return 0
