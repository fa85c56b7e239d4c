"""`mekiki plan` and `anonymize`."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anonymizer
from anonymizer import Plan
from core import UsageError
from desk import MAX_SUPPRESSION, alternatives, goal_of
from terminal import opening
from terminal.output import emit
from terminal.writing import keep_inputs, write, write_all

MODES = ("local", "full-domain", "mondrian")
L_KINDS = ("distinct", "entropy", "recursive")


def add(commands: Any, common: Any) -> None:
    """Declare the commands."""
    plan = commands.add_parser("plan", parents=[common], help="propose safe versions")
    plan.add_argument("data", nargs=1, metavar="DATA")
    plan.add_argument("--k", type=int, required=True)
    plan.add_argument("--l", type=int, default=None)
    plan.add_argument("--l-kind", choices=L_KINDS, default="distinct", help="what l counts")
    plan.add_argument("--c", type=float, default=None, help="for recursive l")
    plan.add_argument("--t", type=float, default=None)
    plan.add_argument("--max-suppression", type=float, default=MAX_SUPPRESSION)
    plan.add_argument("--hierarchies", metavar="DIR")
    plan.add_argument("--mode", choices=MODES, default="local")
    plan.add_argument("--quasi", type=opening.names, default=None, metavar="a,b,c")
    plan.add_argument("--sensitive", type=opening.names, default=(), metavar="s")
    plan.add_argument("--choose", type=int, default=1, metavar="N")
    plan.add_argument("--out", metavar="PLAN.yaml")
    opening.add_reading(plan)
    plan.set_defaults(run=run_plan)

    apply = commands.add_parser("anonymize", parents=[common], help="apply a plan to a file")
    apply.add_argument("data", nargs=1, metavar="DATA")
    apply.add_argument("--plan", required=True, metavar="PLAN.yaml")
    apply.add_argument("--out", required=True, metavar="FILE")
    apply.add_argument("--hierarchies", metavar="DIR")
    apply.add_argument("--certificate", metavar="FILE")
    apply.add_argument(
        "--key-file",
        type=_key_file,
        action="append",
        default=[],
        metavar="RECIPIENT=FILE",
        help="the secret behind one recipient's pseudonyms; keep it apart from the data",
    )
    apply.add_argument(
        "--allow-unmet", action="store_true", help="write the file though the goal is not met"
    )
    opening.add_reading(apply)
    apply.set_defaults(run=run_anonymize)


def _key_file(text: str) -> tuple[str, str]:
    recipient, mark, path = text.partition("=")
    if not (mark and path):
        raise ArgumentTypeError("RECIPIENT=FILE")
    return recipient.strip(), path


def _keys(named: Sequence[tuple[str, str]], *data: str) -> dict[str, bytes]:
    """Each recipient's key.

    Raises:
        UsageError: a key lies in the folder of the data or the result, or two recipients share one.
    """
    keys = {recipient: opening.read_file(path).strip() for recipient, path in named}
    beside = {Path(path).resolve().parent for path in data}
    if any(Path(path).resolve().parent in beside for _, path in named):
        raise UsageError.of(
            "key-beside-data",
            ja="仮名の鍵を、元のデータや加工後のデータと同じフォルダーに置かないでください。"
            "鍵は別の場所に置いて指定してください。",
            en="Do not keep a pseudonym key in the folder of the data or of the result. "
            "Put it elsewhere and name it there.",
        )
    if len(set(keys.values())) < len(keys):
        raise UsageError.of(
            "key-shared",
            ja="二つの提供先に同じ鍵が指定されています。突き合わせを防ぐため、"
            "提供先ごとに別の鍵を使ってください。",
            en="Two recipients have the same key. Give each its own, "
            "so that they cannot join their files.",
        )
    return keys


def run_plan(args: Namespace) -> int:
    """Two or three alternatives; `--out` writes the chosen one."""
    keep_inputs([args.out], args.data)
    session = opening.open_session(args)
    goal = goal_of(
        k=args.k,
        l=args.l,
        l_kind=args.l_kind,
        c=args.c,
        t=args.t,
        max_suppression=args.max_suppression,
        mode=args.mode,
        sensitive=args.sensitive,
    )
    given = opening.hierarchies(args.hierarchies)
    found = alternatives(session, goal, args.quasi or None, given)
    if not 1 <= args.choose <= len(found):
        raise UsageError.of(
            "unknown-alternative",
            ja=f"--choose は1から{len(found)}までの番号で指定してください。",
            en=f"--choose takes a number from 1 to {len(found)}.",
        )
    if args.out:
        write(args.out, found[args.choose - 1].plan.to_yaml())
    data = {"alternatives": [_alternative(a) for a in found], "chosen": args.choose}
    lines = [
        line
        for a in found
        for line in (
            f"{a.number}. {a.title.text(args.lang)}  k={a.preview.after.k}  "
            f"{a.difference.text(args.lang)}",
            *(f"   - {w.text(args.lang)}" for w in a.preview.warnings),
        )
    ]
    emit(args, data, lines)
    return 0


def _alternative(alternative: anonymizer.Alternative) -> dict[str, Any]:
    seen = alternative.preview
    return {
        "number": alternative.number,
        "title": alternative.title.model_dump(),
        "difference": alternative.difference.model_dump(),
        "optimal": alternative.optimal,
        "plan": alternative.plan.model_dump(mode="json"),
        "risk": {
            "before": seen.before.model_dump(mode="json"),
            "after": seen.after.model_dump(mode="json"),
        },
        "utility": {
            "granularity": seen.loss.granularity,
            "suppressed_rows": seen.loss.suppressed_rows,
            "suppressed_cells": seen.loss.suppressed_cells,
            "classes": seen.after.classes,
            "average_class_size": seen.after_measures.average_size,
            "columns": [asdict(c) for c in seen.loss.columns],
        },
        "warnings": [w.model_dump() for w in seen.warnings],
    }


def run_anonymize(args: Namespace) -> int:
    """Write the processed file with its certificate; nothing where the goal is not met."""
    keep_inputs([args.out, args.certificate], [*args.data, args.plan])
    session = opening.open_session(args)
    plan = Plan.from_yaml(opening.read_file(args.plan).decode("utf-8-sig", "replace"))
    table, given = opening.table_of(session), opening.hierarchies(args.hierarchies)
    keys = _keys(args.key_file, args.out, *args.data)
    processed = anonymizer.apply(table, plan, hierarchies=given, keys=keys)
    content, notes = anonymizer.encode(processed.table, Path(args.out).suffix.lower())
    certificate = anonymizer.certify_content(Path(args.out).name, content, plan)
    if not args.allow_unmet:
        anonymizer.check_met(processed.met, certificate)
    files: dict[str | Path, bytes | str] = {args.out: content}
    if args.certificate:
        files[args.certificate] = certificate.model_dump_json(indent=2)
    write_all(files)
    written = anonymizer.Written.of(args.out, processed.table, content, notes)
    data = {
        "file": written.model_dump(mode="json"),
        "certificate": certificate.model_dump(mode="json"),
        "suppressed_rows": processed.suppressed_rows,
        "granularity": processed.granularity,
        "met": processed.met,
        "warnings": [w.model_dump() for w in processed.warnings],
    }
    lines = [f"{written.name}  k={certificate.k}  {written.sha256[:12]}"]
    lines += [w.text(args.lang) for w in certificate.failures]
    lines += [w.text(args.lang) for w in (*processed.warnings, *written.notes)]
    emit(args, data, lines)
    return 0
