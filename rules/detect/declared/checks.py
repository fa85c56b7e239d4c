"""Where schema and data disagree, with how many rows."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from core import (
    CellKind,
    Column,
    ColumnReport,
    Message,
    Schema,
    SchemaCheck,
    SchemaCheckKind,
    Table,
)
from rules.detect.cells.base import Alarm
from rules.detect.declared.breaches import Breach, breaches
from rules.detect.declared.matching import Match
from rules.detect.declared.register import about_register
from rules.detect.profile import Mask, Profile

_K = SchemaCheckKind
_ROWS = 20
"""How many rows a disagreement names."""
_SAID = {
    _K.VALUE: (
        CellKind.UNDECLARED_VALUE,
        "undeclared-value",
        0.7,
        Message(
            ja="定義「{}」の値の一覧や範囲にない値です。",
            en="This value is outside the list or range declared for {}.",
        ),
    ),
    _K.TYPE: (
        CellKind.FORMAT_BREAK,
        "declared-format",
        0.6,
        Message(
            ja="定義「{}」の型や書き方に合わない値です。",
            en="This value does not fit the type or format declared for {}.",
        ),
    ),
    _K.LENGTH: (
        CellKind.FORMAT_BREAK,
        "declared-length",
        0.55,
        Message(
            ja="定義「{}」の長さに合わない値です。",
            en="This value does not have the length declared for {}.",
        ),
    ),
}
"""How cells that break a declaration are noted; where most do, the declaration is what is off."""


def check_schema(
    schema: Schema,
    table: Table,
    profiles: Mapping[str, Profile],
    reports: Sequence[ColumnReport],
    matches: Sequence[Match],
) -> tuple[tuple[SchemaCheck, ...], list[Alarm]]:
    """All disagreements, and the cells that break what is declared of them."""
    checks = [*_absent(schema, matches), *_undeclared(reports, matches)]
    alarms: list[Alarm] = []
    for match in matches:
        column, profile = table[match.column], profiles[match.column]
        for breach in breaches(match, profile):
            rows = profile.rows(breach.values)
            checks.append(_check(match, breach, rows, _first(column, breach.values)))
            if breach.kind in _SAID and (breach.kind == _K.VALUE or 2 * rows < table.rows):
                alarms.append(_alarm(column, breach, match.declared.name))
    return (*checks, *about_register(schema, reports)), alarms


def _absent(schema: Schema, matches: Sequence[Match]) -> Iterator[SchemaCheck]:
    found = {m.declared.name: m for m in matches}
    for item in schema.columns:
        match = found.get(item.name)
        if match is None:
            must = "（必須）" if item.required else ""
            yield SchemaCheck(
                kind=_K.ABSENT,
                declared=item.name,
                message=Message(
                    ja=f"定義にある「{item.name}」{must}がデータにありません。",
                    en=f"The declared item {item.name} is not in the data.",
                ),
            )
        elif not match.same_name:
            within, part = ("の一部", "part of ") if match.part else ("", "")
            yield SchemaCheck(
                kind=_K.ABSENT,
                declared=item.name,
                column=match.column,
                match_confidence=match.confidence,
                message=Message(
                    ja=(
                        f"定義の「{item.name}」は、データでは「{match.column}」{within}と見ら"
                        f"れます（確からしさ{match.confidence:.0%}）。"
                    ),
                    en=(
                        f"The declared {item.name} seems to be {part}{match.column} in the data"
                        f" ({match.confidence:.0%} sure)."
                    ),
                ),
            )


def _undeclared(reports: Sequence[ColumnReport], matches: Sequence[Match]) -> Iterator[SchemaCheck]:
    known = {m.column for m in matches}
    for report in reports:
        if report.name not in known:
            yield SchemaCheck(
                kind=_K.UNDECLARED,
                column=report.name,
                message=Message(
                    ja=f"「{report.name}」は定義にない項目です。",
                    en=f"The column {report.name} is not declared.",
                ),
            )


def _first(column: Column, values: Mask) -> tuple[int, ...]:
    """The first rows that hold one of the values."""
    return tuple((np.flatnonzero(values[column.codes])[:_ROWS] + 1).tolist())


def _check(match: Match, breach: Breach, rows: int, at: tuple[int, ...]) -> SchemaCheck:
    ja, en = breach.said.ja, breach.said.en
    detail = breach.detail or Message(ja="", en="")
    return SchemaCheck(
        kind=breach.kind,
        declared=match.declared.name,
        column=match.column,
        rows=rows,
        at=at,
        match_confidence=match.confidence,
        message=Message(
            ja=f"「{match.column}」の{rows:,}件は、定義「{match.declared.name}」の{ja}{detail.ja}"
            if breach.kind != _K.REQUIRED
            else f"「{match.column}」の{rows:,}件は、定義「{match.declared.name}」では{ja}",
            en=f"{rows:,} rows of {match.column} {en} (declared {match.declared.name}). "
            f"{detail.en}".strip(),
        ),
    )


def _alarm(column: Column, breach: Breach, declared: str) -> Alarm:
    kind, rule, weight, said = _SAID[breach.kind]

    def reason(code: int, count: int) -> Message:
        return Message(ja=said.ja.format(declared), en=said.en.format(declared))

    return Alarm(column, kind, rule, weight, reason, values=breach.values, counted=True)
