"""Where schema and data disagree, with how many rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core import (
    CellKind,
    Column,
    ColumnReport,
    LegalCategory,
    Message,
    Schema,
    SchemaCheck,
    SchemaCheckKind,
    Table,
    fold,
)
from measure import read_date, read_number
from rules.detect.cells.base import Alarm
from rules.detect.composite import part_texts
from rules.detect.declared.matching import Match
from rules.detect.profile import Mask, Profile

_K = SchemaCheckKind
_REGISTERS = frozenset({"register", "pia"})


@dataclass(frozen=True)
class _Breach:
    kind: SchemaCheckKind
    values: Mask
    ja: str
    en: str


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
        for breach in _breaches(match, profile):
            rows = profile.rows(breach.values)
            checks.append(_check(breach.kind, match, rows, breach.ja, breach.en))
            if breach.kind == _K.VALUE:
                alarms.append(_outside(table[column.key], breach.values, match.declared.name))
    return (*checks, *about_register(schema, reports)), alarms


def about_register(schema: Schema, reports: Sequence[ColumnReport]) -> Iterator[SchemaCheck]:
    """What the register leaves out: its purpose, its recipients, and special-care content."""
    special = [r.name for r in reports if LegalCategory.SPECIAL_CARE in r.categories]
    if special and (
        schema.special_care is False
        or (schema.special_care is None and schema.layout in _REGISTERS)
    ):
        for name in special:
            yield SchemaCheck(
                kind=_K.UNDECLARED,
                declared="要配慮個人情報の有無",
                column=name,
                message=Message(
                    ja=(
                        f"「{name}」は要配慮個人情報に当たり得ますが、"
                        f"帳簿では有るとされていません。"
                    ),
                    en=(
                        f"{name} may be special-care information, but "
                        f"the register does not say there is any."
                    ),
                ),
            )
    if schema.layout in _REGISTERS:
        for value, ja, en in (
            (schema.purpose, "利用目的", "purpose"),
            (schema.record_scope, "記録範囲", "scope of the records"),
            (schema.collection, "収集方法", "way of collection"),
        ):
            if not value.strip():
                yield SchemaCheck(
                    kind=_K.REQUIRED,
                    declared=ja,
                    message=Message(ja=f"{ja}の記載がありません。", en=f"The {en} is missing."),
                )


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


def _check(kind: SchemaCheckKind, match: Match, rows: int, ja: str, en: str) -> SchemaCheck:
    return SchemaCheck(
        kind=kind,
        declared=match.declared.name,
        column=match.column,
        rows=rows,
        match_confidence=match.confidence,
        message=Message(
            ja=f"「{match.column}」の{rows}件が、定義「{match.declared.name}」{ja}",
            en=f"{rows} rows of {match.column} {en} (declared {match.declared.name}).",
        ),
    )


def _breaches(match: Match, profile: Profile) -> Iterator[_Breach]:
    item = match.declared
    texts = profile.texts.to_pylist() if len(profile) <= 200_000 else None
    part = part_texts(texts, match.part) if texts is not None and match.part else texts
    blank = profile.empty
    if (item.required or not item.blank_allowed) and blank.any():
        yield _Breach(_K.REQUIRED, blank, "では必須ですが空です。", "are empty though required")
    if item.length:
        long = profile.lengths > item.length
        if long.any():
            yield _Breach(
                _K.LENGTH,
                long,
                f"の長さ（{item.length}）を超えています。",
                f"are longer than {item.length}",
            )
    if part is None:
        return
    if item.allowed:
        allowed = {fold(a) for a in item.allowed}
        outside = ~blank & np.array([fold(p) not in allowed for p in part], dtype=np.bool_)
        if outside.any():
            kinds = int(outside.sum())
            yield _Breach(
                _K.VALUE,
                outside,
                f"の値の一覧にありません（{kinds}種類）。",
                f"hold {kinds} values outside the list",
            )
    wrong = _wrong_type(item.type_text, item.format, part)
    if wrong is not None and (wrong & ~blank).any():
        yield _Breach(
            _K.TYPE,
            wrong & ~blank,
            "の型や形式に合いません。",
            "do not fit the declared type or format",
        )
    if item.minimum is not None or item.maximum is not None:
        low = -np.inf if item.minimum is None else item.minimum
        high = np.inf if item.maximum is None else item.maximum
        numbers = np.array([n if (n := read_number(p)) is not None else np.nan for p in part])
        beyond = ~blank & ((numbers < low) | (numbers > high))
        if beyond.any():
            yield _Breach(
                _K.VALUE, beyond, "の範囲を外れています。", "are outside the declared range"
            )


def _wrong_type(type_text: str, form: str, texts: Sequence[str]) -> Mask | None:
    declared, form = type_text.lower(), form.lower()
    if form in ("date", "date-time"):
        size = 10 if form == "date" else 19
        return np.array([not _iso(t, size) for t in texts], dtype=np.bool_)
    if any(w in declared for w in ("date", "日付", "年月日", "timestamp")):
        return np.array([read_date(t) is None for t in texts], dtype=np.bool_)
    if any(
        w in declared
        for w in ("int", "number", "numeric", "decimal", "float", "double", "数値", "数字", "整数")
    ):
        return np.array([read_number(t) is None for t in texts], dtype=np.bool_)
    return None


def _iso(text: str, size: int) -> bool:
    return (
        len(text) >= size
        and text[4] == text[7] == "-"
        and read_date(text) is not None
        and (size > 10 or len(text) == 10)
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
