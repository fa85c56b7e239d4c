"""A prefecture's published patient list with the published schema of such lists."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from core import CellKind, ColumnType, LegalCategory, Role, SchemaCheckKind
from intake import Upload, read
from rules import Inspection, inspect

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "data" / "aichi_patients.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def seen(shared: Path) -> Inspection:
    files = ("patient_schema_ja.yaml", "aichi_patients.csv")
    (dataset,) = read([Upload(f, (shared / "data" / f).read_bytes()) for f in files])
    return inspect(dataset)


def alone(rows: list[dict[str, str]], columns: tuple[str, ...]) -> int:
    """People whose combination nobody shares, counted without the product."""
    counts = Counter(tuple(r[c] for c in columns) for r in rows)
    return sum(1 for n in counts.values() if n == 1)


def test_people_who_are_alone(seen: Inspection, rows: list[dict[str, str]]) -> None:
    assert seen.quasi == ("年代・性別", "住居地")
    assert seen.quasi_extended == (("年代・性別", "住居地", "発表日"),)
    assert alone(rows, seen.quasi) == seen.cell_totals[CellKind.RARE_COMBINATION] == 29
    assert alone(rows, seen.quasi_extended[0]) == 108


def test_the_day_is_counted_once(seen: Inspection) -> None:
    assert dict(seen.redundant) == {"date": "発表日", "short_date": "発表日", "w": "発表日"}


@pytest.mark.parametrize(
    ("column", "type_", "role"),
    [
        ("No", ColumnType.SEQUENCE_NUMBER, Role.DIRECT_IDENTIFIER),
        ("発表日", ColumnType.DATE, Role.QUASI_IDENTIFIER),
        ("年代・性別", ColumnType.AGE_BAND, Role.QUASI_IDENTIFIER),
        ("国籍", ColumnType.NATIONALITY, Role.SENSITIVE),
        ("住居地", ColumnType.ADDRESS, Role.QUASI_IDENTIFIER),
        ("接触状況", ColumnType.FREE_TEXT, Role.SENSITIVE),
        ("#7", ColumnType.UNKNOWN, Role.OTHER),
        ("備考", ColumnType.FREE_TEXT, Role.OTHER),
    ],
)
def test_columns(seen: Inspection, column: str, type_: ColumnType, role: Role) -> None:
    report = next(c for c in seen.columns if c.name == column)
    assert (report.type, report.role) == (type_, role)
    assert report.why.ja and report.why.en


def test_two_things_in_one_column(seen: Inspection) -> None:
    report = next(c for c in seen.columns if c.name == "年代・性別")
    assert report.parts == (ColumnType.AGE_BAND, ColumnType.SEX)
    assert (report.support.n, report.support.of) == (143, 144)


def test_nationality_is_said_not_to_be_in_the_list(seen: Inspection) -> None:
    report = next(c for c in seen.columns if c.name == "国籍")
    assert LegalCategory.SENSITIVE_UNLISTED in report.categories
    assert LegalCategory.SPECIAL_CARE not in report.categories


def test_residences_that_occur_once(seen: Inspection, rows: list[dict[str, str]]) -> None:
    counts = Counter(r["住居地"] for r in rows)
    noted = {n.row for n in seen.cells if n.column == "住居地" and n.kind == CellKind.RARE_VALUE}
    assert noted == {i for i, r in enumerate(rows, 1) if counts[r["住居地"]] == 1}


def test_contacts_and_family_link_patients(seen: Inspection, rows: list[dict[str, str]]) -> None:
    noted = {
        n.row for n in seen.cells if n.column == "接触状況" and n.kind == "hidden_personal_data"
    }
    linked = {i for i, r in enumerate(rows, 1) if "No." in r["接触状況"]}
    assert linked <= noted
    abroad = {i for i, r in enumerate(rows, 1) if r["接触状況"] == "フランス"}
    assert abroad and abroad <= noted
    assert all(n.spans for n in seen.cells if n.kind == "hidden_personal_data")


def test_running_number_starts_half_way(seen: Inspection) -> None:
    starts = [n.row for n in seen.cells if n.column == "備考" and n.rule == "running-number"]
    assert starts == [112, 113]


def test_schema_against_data(seen: Inspection, rows: list[dict[str, str]]) -> None:
    renamed = {
        c.declared: (c.column, c.match_confidence)
        for c in seen.schema_check
        if c.kind == SchemaCheckKind.ABSENT and c.column
    }
    assert {d: c for d, (c, _) in renamed.items()} == {
        "公表_年月日": "発表日",
        "患者_年代": "年代・性別",
        "患者_性別": "年代・性別",
        "患者_居住地": "住居地",
    }
    assert all(0.7 <= (sure or 0) < 1 for _, sure in renamed.values())
    undeclared = {c.column for c in seen.schema_check if c.kind == SchemaCheckKind.UNDECLARED}
    assert undeclared == {"国籍", "接触状況", "#7", "date", "w", "short_date"}
    outside = {c.declared: c.rows for c in seen.schema_check if c.kind == SchemaCheckKind.VALUE}
    odd = sum(1 for r in rows if "90代" in r["年代・性別"] or r["年代・性別"] == "非公表")
    assert outside["患者_年代"] == odd


def test_no_cell_value_in_any_message(seen: Inspection, rows: list[dict[str, str]]) -> None:
    contacts = {r["接触状況"] for r in rows if len(r["接触状況"]) > 3}
    assert not any(c in n.reason.ja or c in n.masked for n in seen.cells for c in contacts)
