"""Where schema and data disagree, with how many rows, and what a register leaves out."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core import (
    CellKind,
    ColumnReport,
    ColumnType,
    DeclaredColumn,
    LegalCategory,
    Schema,
    SchemaCheck,
    SchemaCheckKind,
    Table,
    fold,
    say,
)
from rules.detect.cells import Alarm
from rules.detect.cells import alarms as cell_alarms
from rules.detect.columns import decide_declared
from rules.detect.names import bare_name
from rules.detect.profile import Profile
from rules.detect.schema_check.breaches import Breach, breaches
from rules.detect.schema_check.value_forms import DECLARATIONS

_K = SchemaCheckKind
_GENERIC = frozenset(
    {
        ColumnType.FREE_TEXT, ColumnType.CATEGORY, ColumnType.SEQUENCE_NUMBER, ColumnType.FLAG,
        ColumnType.UNKNOWN, ColumnType.QUANTITY,
    }
)  # fmt: skip
_ENOUGH, _OTHER_NAME = 0.7, 0.95
"""How sure a match must be; how sure one by the logical or physical name in the description is."""
_ROWS = 20
"""How many rows a disagreement names."""
_NOTED = {
    _K.VALUE: (CellKind.UNDECLARED_VALUE, "undeclared-value", 0.7),
    _K.TYPE: (CellKind.FORMAT_BREAK, "declared-format", 0.6),
    _K.LENGTH: (CellKind.FORMAT_BREAK, "declared-length", 0.55),
}
"""How cells that break a declaration are noted; where most do, the declaration is what is off."""
_ENTRIES = ("purpose", "record_scope", "collection", "special_care", "recipients")
"""What a register must say, in the order of the form."""
_NONE_IS_SAID = {"special_care", "recipients"}
"""Entries where "none" is an answer and a blank is not."""


@dataclass(frozen=True)
class _Match:
    """A declared item found in the data, whole or as a part of a composite column."""

    declared: DeclaredColumn
    column: str
    confidence: float
    part: ColumnType | None = None

    @property
    def same_name(self) -> bool:
        """Whether data and schema call it the same."""
        return self.confidence == 1.0


def check_schema(
    schema: Schema,
    table: Table,
    profiles: Mapping[str, Profile],
    reports: Sequence[ColumnReport],
    follows: Mapping[str, str],
) -> tuple[tuple[SchemaCheck, ...], list[Alarm]]:
    """All disagreements, and the cells that break what is declared of them.

    Args:
        schema: what is declared.
        table: the data; `profiles` and `reports` tell of its columns.
        profiles: their distinct values.
        reports: what they hold.
        follows: columns whose values follow from another, which are matched by their name only.
    """
    matches = _match_columns(schema.columns, reports, follows)
    checks = [*_absent(schema, matches), *_undeclared(reports, matches)]
    alarms: list[Alarm] = []
    for match in matches:
        column, profile = table[match.column], profiles[match.column]
        for breach in breaches(match.declared, profile, match.part):
            rows = profile.rows(breach.values)
            at = np.flatnonzero(breach.values[column.codes])[:_ROWS] + 1
            checks.append(_check(match, breach, rows, tuple(at.tolist())))
            if breach.kind in _NOTED and (breach.kind == _K.VALUE or 2 * rows < table.rows):
                kind, rule, weight = _NOTED[breach.kind]
                name = f"rules.schema_check.{rule.replace('-', '_')}"
                said = say(name, declared=match.declared.name)
                alarms += cell_alarms(column, kind, rule, weight, breach.values, said, counted=True)
    return (*checks, *about_register(schema, reports)), alarms


def _match_columns(
    declared: Sequence[DeclaredColumn],
    reports: Sequence[ColumnReport],
    follows: Mapping[str, str],
) -> tuple[_Match, ...]:
    """The best assignment found greedily; each column is used once, each composite part once."""
    kinds = {item.name: decide_declared(item).type for item in declared}
    scored = [
        match
        for item in declared
        for report in reports
        if (match := _score(item, kinds[item.name], report, redundant=report.name in follows))
    ]
    taken: set[tuple[str, ColumnType | None]] = set()
    done: dict[str, _Match] = {}
    for match in sorted(scored, key=lambda m: (-m.confidence, m.declared.position)):
        if match.declared.name not in done and (match.column, match.part) not in taken:
            done[match.declared.name] = match
            taken.add((match.column, match.part))
    return tuple(done[d.name] for d in declared if d.name in done)


def _score(
    item: DeclaredColumn, kind: ColumnType, report: ColumnReport, *, redundant: bool
) -> _Match | None:
    """How well a column of the data fits an item of a kind; None where it hardly does."""
    if fold(item.name) == fold(report.name):
        return _Match(item, report.name, 1.0)
    if fold(report.name) in item.other_names:
        return _Match(item, report.name, _OTHER_NAME)
    likeness = _likeness(item.name, report.name)
    part = kind if kind in report.parts else None
    if part:
        return _Match(item, report.name, round(0.85 + 0.1 * likeness, 2), part)
    if report.parts or redundant:
        return None
    if kind == report.type and kind not in _GENERIC:
        score = 0.55 + 0.4 * likeness
    else:
        score = 0.9 * likeness
    return _Match(item, report.name, round(score, 2)) if score >= _ENOUGH else None


def _likeness(left: str, right: str) -> float:
    """Dice likeness of the characters of two names without owners and marks, 0–1."""
    a, b = _canonical(left), _canonical(right)
    if not a or not b:
        return 0.0
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b))


def _canonical(name: str) -> str:
    text = bare_name(unicodedata.normalize("NFKC", name))
    for word, same in DECLARATIONS["same_words"]:
        text = text.replace(word, same)
    return text


def _absent(schema: Schema, matches: Sequence[_Match]) -> Iterator[SchemaCheck]:
    found = {m.declared.name: m for m in matches}
    for item in schema.columns:
        match = found.get(item.name)
        if match is None:
            name = "absent_though_required" if item.required else "absent"
            said = say(f"rules.schema_check.{name}", declared=item.name)
            yield SchemaCheck(kind=_K.ABSENT, declared=item.name, message=said)
        elif not match.same_name:
            name, column = "part_of_another" if match.part else "other_name", match.column
            sure = match.confidence
            said = say(f"rules.schema_check.{name}", declared=item.name, column=column, sure=sure)
            yield SchemaCheck(
                kind=_K.ABSENT,
                declared=item.name,
                column=column,
                match_confidence=sure,
                message=said,
            )


def _undeclared(
    reports: Sequence[ColumnReport], matches: Sequence[_Match]
) -> Iterator[SchemaCheck]:
    known = {m.column for m in matches}
    for name in (report.name for report in reports if report.name not in known):
        said = say("rules.schema_check.undeclared", column=name)
        yield SchemaCheck(kind=_K.UNDECLARED, column=name, message=said)


def _check(match: _Match, breach: Breach, rows: int, at: tuple[int, ...]) -> SchemaCheck:
    name = "empty" if breach.kind == _K.REQUIRED else "breach"
    message = say(
        f"rules.schema_check.{name}" + ("" if breach.detail is None else "_in_detail"),
        column=match.column,
        declared=match.declared.name,
        rows=rows,
        said=breach.said,
        detail=breach.detail,
    )
    return SchemaCheck(
        kind=breach.kind,
        declared=match.declared.name,
        column=match.column,
        rows=rows,
        at=at,
        match_confidence=match.confidence,
        message=message,
    )


def about_register(schema: Schema, reports: Sequence[ColumnReport]) -> Iterator[SchemaCheck]:
    """Special-care content that is denied or not mentioned, and entries left blank."""
    yield from _special_care(schema, reports)
    for entry in _blank(schema):
        what = say(f"rules.register.{entry}")
        optional = entry in _NONE_IS_SAID
        yield SchemaCheck(
            kind=_K.REQUIRED,
            declared=what.ja,
            message=say(f"rules.register.{'blank_none' if optional else 'blank'}", entry=what),
        )


def _special_care(schema: Schema, reports: Sequence[ColumnReport]) -> Iterator[SchemaCheck]:
    silent = schema.special_care is None and schema.layout == "register"
    if schema.special_care is not False and not silent:
        return
    name = "special_care_unsaid" if silent else "special_care_denied"
    for report in reports:
        if LegalCategory.SPECIAL_CARE in report.categories:
            yield SchemaCheck(
                kind=_K.UNDECLARED,
                declared=say("rules.register.special_care").ja,
                column=report.name,
                message=say(f"rules.register.{name}", column=report.name),
            )


def _blank(schema: Schema) -> Iterator[str]:
    """The entries that a register must have and has not, in the order of the form.

    The annex of an impact assessment lists items only; the rest stands elsewhere in it.
    """
    texts = {
        "purpose": schema.purpose,
        "record_scope": schema.record_scope,
        "collection": schema.collection,
    }
    annex_alone = schema.layout == "pia" and not any(text.strip() for text in texts.values())
    if schema.layout not in ("register", "pia") or annex_alone:
        return
    for entry in _ENTRIES:
        if entry in schema.blank_fields or not texts.get(entry, "given").strip():
            yield entry
