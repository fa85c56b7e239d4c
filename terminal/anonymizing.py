"""`mekiki risk`, `plan` and `anonymize`."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import accumulate
from math import comb
from pathlib import Path
from typing import Any

import numpy as np

import anonymizer
from anonymizer import IN_FORCE, READERS, Aside, Hierarchy, LevelRisk, Plan, Step
from core import SUBJECTS, Message, Operation, Table, UsageError, listed, say
from measure import Measures, canonical, code, histories, measure_risk, owners_of, suda2
from terminal import opening
from terminal.output import add_common, emit, keep_inputs, remark, write, write_all

MODES = ("local", "full-domain", "mondrian")
L_KINDS = ("distinct", "entropy", "recursive")
MOST_COMBINATIONS = 1_100
"""Combinations of columns searched for special uniques: all of ten columns, in seconds."""


def declare_risk(risk: ArgumentParser) -> None:
    """The arguments of `mekiki risk`."""
    add_common(risk)
    risk.add_argument("data", nargs=1, metavar="DATA")
    risk.add_argument("--quasi", type=opening.names, required=True, metavar="a,b,c")
    risk.add_argument("--sensitive", type=opening.names, default=(), metavar="s")
    risk.add_argument(
        "--hierarchies",
        metavar="DIR",
        help="also measure the risk at every level of each column's hierarchy, and t over it",
    )
    risk.add_argument("--threshold", type=int)
    drawn = risk.add_mutually_exclusive_group()
    drawn.add_argument(
        "--sampling-fraction",
        type=float,
        metavar="SHARE",
        help="share of the population that is in the file, for the risk in the population",
    )
    drawn.add_argument("--weights", metavar="COLUMN", help="a column of sampling weights")
    opening.add_published(risk)
    opening.add_subject(risk)
    opening.add_reading(risk)
    risk.set_defaults(run=run_risk)


def run_risk(args: Namespace) -> int:
    """All measures over the named quasi-identifiers."""
    from rules import recognise

    table = opening.open_table(args)
    named = _known(table, opening.names(args.unit or ""))
    seen = recognise(table, opening.settings_of(args), Path(args.data[0]).name)
    found = seen.subject.unit.columns if seen.subject and seen.subject.unit else ()
    unit = named or found
    owners = owners_of(table, unit)
    subject = seen.subject
    if subject is not None and not (subject.kind.of_people and subject.sure):
        sort = "of_people" if subject.kind.of_people else "of_no_people"
        remark(say(f"terminal.risk.{sort}", subject=SUBJECTS[subject.kind]), args.lang)
    given = opening.hierarchies(args.hierarchies)
    if given and not set(given) & {*args.quasi, *args.sensitive}:
        columns = listed((*args.quasi, *args.sensitive))
        raise UsageError.of("terminal.risk.hierarchies-for-other-columns", columns=columns)
    measured = measure_risk(
        table,
        args.quasi,
        sensitive=args.sensitive,
        owners=owners,
        sampling_fraction=args.sampling_fraction,
        weights=args.weights,
        **({} if args.threshold is None else {"threshold": args.threshold}),
    )
    largest = _searchable(len(args.quasi))
    special = suda2([code(table[name], canonical) for name in args.quasi], largest, owners)
    alone = _units(special.smallest > 0, owners)
    told = histories(table, args.quasi, owners, measured.threshold) if owners is not None else ()
    kept = Plan(
        steps=[Step(column=c.name, operation=Operation.KEEP, type=c.type) for c in seen.columns],
        quasi=args.quasi,
        k=measured.threshold,
    )
    aside = Aside(owners=owners, published=opening.published(args), hierarchies=given)
    attacks = anonymizer.attacks_on(table, kept, aside)
    levels = anonymizer.risk_by_level(table, args.quasi, given, measured.threshold)
    data = {
        **measured.report().model_dump(mode="json"),
        "subject": subject.model_dump(mode="json") if subject else None,
        "unit": {"columns": unit if owners is not None else (), "units": measured.units},
        "histories": [asdict(h) for h in told],
        "attackers": [a.model_dump(mode="json") for a in attacks],
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
            "special_uniques": alone,
            "by_size": {str(size): n for size, n in special.by_size.items()},
            "by_column": special.by_column,
        },
    }
    emit(args, data, (m.text(args.lang) for m in _told(measured, alone, unit, levels)))
    return 0


def _searchable(columns: int) -> int:
    """The largest size of combination to search: all up to ten columns, fewer beyond.

    >>> _searchable(8), _searchable(10), _searchable(20)
    (8, 10, 2)
    """
    sizes = range(1, columns + 1)
    total = list(accumulate(comb(columns, size) for size in sizes))
    return max(2, sum(n <= MOST_COMBINATIONS for n in total)) if columns > 1 else columns


def _t_over(
    table: Table, quasi: Sequence[str], column: str, given: Mapping[str, Hierarchy]
) -> float | None:
    """The distance over a sensitive column's hierarchy; None where none was given."""
    if column not in given:
        return None
    return anonymizer.t_by_hierarchy(table, quasi, column, given[column])


def _known(table: Table, named: Sequence[str]) -> Sequence[str]:
    """The columns of a unit, all of which are there.

    Raises:
        UsageError: one is not.
    """
    if missing := [name for name in named if name not in table]:
        raise UsageError.of("terminal.risk.unknown-unit", columns=listed(missing))
    return named


def _units(rows: np.ndarray, owners: np.ndarray | None) -> int:
    """How many units some rows are of."""
    return int(rows.sum()) if owners is None else len(np.unique(owners[rows]))


def _told(
    m: Measures, special: int, unit: Sequence[str], levels: Sequence[LevelRisk]
) -> Iterator[Message]:
    """The measures in sentences."""
    if m.units < m.rows:
        yield say("terminal.risk.unit", columns=listed(unit), units=m.units, rows=m.rows)
    elif not unit:
        yield say("terminal.risk.rows_as_units")
    counted = {"rows": m.rows, "classes": m.classes}
    yield say("terminal.risk.quasi_identifiers", columns=listed(m.quasi), **counted)
    yield say("terminal.risk.smallest", k=m.k, wildcard=m.k_wildcard, all_rows=m.k_all_rows)
    yield say("terminal.risk.alone", count=m.uniques)
    yield say("terminal.risk.in_small_groups", threshold=m.threshold, share=m.share_at_risk)
    yield say("terminal.risk.source", source=m.threshold_source)
    yield say("terminal.risk.prosecutor", chance=m.prosecutor)
    yield say("terminal.risk.journalist", chance=m.journalist)
    yield say("terminal.risk.marketer", share=m.marketer)
    if m.population_risk is not None:
        yield say("terminal.risk.population", share=m.population_risk)
    yield say("terminal.risk.special_uniques", count=special)
    for d in m.diversity:
        yield say("terminal.risk.diversity", column=d.column, l=d.distinct_l, t=d.t, alike=d.alpha)
    for level in levels:
        if level.level:
            yield say(
                "terminal.risk.level",
                column=level.column,
                level=level.level,
                k=level.k,
                alone=level.uniques,
                threshold=m.threshold,
                share=level.share_at_risk,
            )


def declare_plan(plan: ArgumentParser) -> None:
    """The arguments of `mekiki plan`."""
    from desk import MAX_SUPPRESSION

    add_common(plan)
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
    plan.add_argument(
        "--attackers",
        type=opening.names,
        default=IN_FORCE,
        metavar="NAME,…",
        help=f"the readers it must hold against, of {', '.join(READERS)}",
    )
    opening.add_published(plan)
    opening.add_subject(plan)
    opening.add_reading(plan)
    plan.set_defaults(run=run_plan)


def run_plan(args: Namespace) -> int:
    """Two or three alternatives; `--out` writes the chosen one."""
    from desk import alternatives, goal_of, need_people, subject_line

    keep_inputs([args.out], args.data)
    session = opening.open_session(args)
    subject = session.examined.inspection.subject
    if subject is not None and not (subject.kind.of_people and subject.sure):
        remark(subject_line(subject), args.lang)
    parts = ("k", "l", "l_kind", "c", "t", "max_suppression", "mode", "sensitive", "attackers")
    unit = opening.names(args.unit or "") or session.unit
    goal = goal_of(**{part: getattr(args, part) for part in parts}, unit=unit)
    if args.quasi is None:
        need_people(session)
    given = opening.hierarchies(args.hierarchies)
    found = alternatives(session, goal, args.quasi or None, given)
    if not 1 <= args.choose <= len(found):
        raise UsageError.of("terminal.plan.unknown-alternative", most=len(found))
    if args.out:
        write(args.out, found[args.choose - 1].plan.to_yaml())
    table = session.need_table()
    owners = owners_of(table, unit)
    units = table.rows if owners is None else int(owners.max()) + 1
    data = {
        "subject": subject.model_dump(mode="json") if subject else None,
        "alternatives": [_alternative(a) for a in found],
        "chosen": args.choose,
        "unit": {"columns": unit, "units": units},
    }
    about = (
        say("terminal.risk.unit", columns=listed(unit), units=units, rows=table.rows)
        if unit
        else say("terminal.risk.rows_as_units")
    )
    lines = [about.text(args.lang)]
    lines += [
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


def declare_anonymize(apply: ArgumentParser) -> None:
    """The arguments of `mekiki anonymize`."""
    add_common(apply)
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
    apply.add_argument(
        "--secret-file", metavar="FILE", help="to make the same file again; else drawn anew"
    )
    opening.add_unit(apply)
    opening.add_published(apply)
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
        raise UsageError.of("terminal.anonymize.key-beside-data")
    if len(set(keys.values())) < len(keys):
        raise UsageError.of("terminal.anonymize.key-shared")
    return keys


def run_anonymize(args: Namespace) -> int:
    """Write the processed file with its certificate; nothing where the goal is not met."""
    keep_inputs([args.out, args.certificate], [*args.data, args.plan])
    table = opening.open_table(args)
    plan = Plan.from_yaml(opening.read_file(args.plan).decode("utf-8-sig", "replace"))
    given = opening.hierarchies(args.hierarchies)
    keys = _keys(args.key_file, args.out, *args.data)
    if args.unit:
        plan = plan.model_copy(update={"unit": tuple(_known(table, opening.names(args.unit)))})
    made = anonymizer.leave(
        table,
        plan,
        Path(args.out).name,
        hierarchies=given,
        keys=keys,
        secret=opening.read_file(args.secret_file).strip() if args.secret_file else None,
        published=opening.published(args),
    )
    processed, certificate, written = made.processed, made.certificate, made.written
    if not args.allow_unmet:
        anonymizer.check_met(processed.met, certificate)
    files: dict[str | Path, bytes | str] = {args.out: made.content}
    if args.certificate:
        files[args.certificate] = certificate.model_dump_json(indent=2)
    write_all(files)
    data = {
        "file": written.model_dump(mode="json"),
        "certificate": certificate.model_dump(mode="json"),
        "suppressed_rows": processed.suppressed_rows,
        "granularity": processed.granularity,
        "met": processed.met,
        "warnings": [w.model_dump() for w in processed.warnings],
    }
    lines = [f"{written.name}  k={certificate.k}  {written.sha256[:12]}"]
    found = anonymizer.not_held([a for a in certificate.attackers if not a.in_force])
    assumed = () if plan.unit else (say("terminal.risk.rows_as_units"),)
    notes_said = (*certificate.failures, *found, *assumed, *processed.warnings, *written.notes)
    emit(args, data, [*lines, *(note.text(args.lang) for note in notes_said)])
    return 0
