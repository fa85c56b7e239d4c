"""Where schema and data disagree, with how many rows."""

from collections.abc import Iterator, Mapping, Sequence

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


def check_schema(
    schema: Schema,
    table: Table,
    profiles: Mapping[str, Profile],
    reports: Sequence[ColumnReport],
    matches: Sequence[Match],
) -> tuple[tuple[SchemaCheck, ...], list[Alarm]]:
    """All disagreements, and the cells that break a declared list or range."""
    checks = [*_absent(schema, matches), *_undeclared(reports, matches)]
    alarms: list[Alarm] = []
    for match in matches:
        column, profile = table[match.column], profiles[match.column]
        for breach in breaches(match, profile):
            rows = profile.rows(breach.values)
            checks.append(_check(match, breach, rows))
            if breach.kind == _K.VALUE:
                alarms.append(_outside(table[column.key], breach.values, match.declared.name))
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


def _check(match: Match, breach: Breach, rows: int) -> SchemaCheck:
    ja, en = breach.said.ja, breach.said.en
    detail = breach.detail or Message(ja="", en="")
    return SchemaCheck(
        kind=breach.kind,
        declared=match.declared.name,
        column=match.column,
        rows=rows,
        match_confidence=match.confidence,
        message=Message(
            ja=f"「{match.column}」の{rows:,}件は、定義「{match.declared.name}」の{ja}{detail.ja}"
            if breach.kind != _K.REQUIRED
            else f"「{match.column}」の{rows:,}件は、定義「{match.declared.name}」では{ja}",
            en=f"{rows:,} rows of {match.column} {en} (declared {match.declared.name}). "
            f"{detail.en}".strip(),
        ),
    )


def _outside(column: Column, values: Mask, declared: str) -> Alarm:
    def reason(code: int, count: int) -> Message:
        return Message(
            ja=f"定義「{declared}」の値の一覧や範囲にない値です。",
            en=f"This value is outside the list or range declared for {declared}.",
        )

    return Alarm(
        column,
        CellKind.UNDECLARED_VALUE,
        "undeclared-value",
        0.7,
        reason,
        values=values,
        counted=True,
    )
